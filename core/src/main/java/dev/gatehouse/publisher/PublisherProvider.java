package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import dev.gatehouse.oidc.IdentityClaims;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The table of one build service's claims: what an owner registers, which claims have to say so, and which ids are pinned.
 *
 * <p>{@link #github}, {@link #gitlab}, {@link #google}, {@link #activeState}, {@link #circleCi} and {@link #buildkite} come with the
 * library; a host builds its own with the same builder. A table says nothing of a token's signature, issuer's keys, audience or time.
 *
 * <p><strong>Names and ids.</strong> Names are compared as the provider compares them. Behind a name that can be given up and taken
 * by somebody else stands an immutable id: it is pinned when a publisher is registered, if the host knows it, or with its first use.
 * With the same name another id is refused ({@code OTHER_ID}). With the same id another name was renamed, which is accepted and
 * told, unless the table ({@link #refusingRenames}) or the publisher (setting {@code renames}) refuses it ({@code RENAMED}).
 *
 * <p>{@link #match} never throws for claims, whatever their types; its work is linear in their length. Immutable and thread-safe.
 */
public final class PublisherProvider {
    /** Longest pinned id in UTF-16 units. */
    public static final int MAX_PIN = 255;

    private final String id;
    private final String displayName;
    private final Template issuer;
    private final boolean ownIssuers;
    private final boolean renames;
    private final RunClaims run;
    private final List<ClaimRule> rules;
    private final List<PublisherSetting> settings;
    private final List<LookupKey> keys;
    private final List<PublisherSite> sites;
    private final Template description;
    private final Builder origin;

    private PublisherProvider(Builder b) {
        this.id = b.id;
        this.displayName = b.displayName;
        this.issuer = b.issuer;
        this.ownIssuers = b.ownIssuers;
        this.renames = b.renames;
        this.keys = List.copyOf(b.keys);
        this.run = b.run;
        this.sites = List.copyOf(b.sites);
        this.description = b.description;
        this.rules = run.around(b.rules);
        this.settings = run.behind(b.settings, rules);
        this.origin = b.copy();
    }

    /**
     * GitHub Actions. What is compared is {@code job_workflow_ref}, the workflow that the job runs: the registered file in the
     * registered repository; with {@code reusable-repository} and {@code reusable-workflow} that one, and {@code workflow_ref} has to
     * be the registered file. {@code pull_request_target} never counts; {@code workflow_run} does, as on PyPI, unless
     * {@link #refusingEvents} or a publisher refuses it.
     */
    public static PublisherProvider github() {
        return StandardProviders.GITHUB;
    }

    /** GitLab CI/CD, on gitlab.com and on instances of one's own. */
    public static PublisherProvider gitlab() {
        return StandardProviders.GITLAB;
    }

    /** Google: a service account, by its address. */
    public static PublisherProvider google() {
        return StandardProviders.GOOGLE;
    }

    /** ActiveState's platform. */
    public static PublisherProvider activeState() {
        return StandardProviders.ACTIVE_STATE;
    }

    /** CircleCI; the issuer is built from the organization's id that an owner registers. */
    public static PublisherProvider circleCi() {
        return StandardProviders.CIRCLE_CI;
    }

    /** Buildkite Pipelines; all organizations have one issuer. */
    public static PublisherProvider buildkite() {
        return StandardProviders.BUILDKITE;
    }

    /**
     * A builder of a table.
     *
     * @param id a lower-case word of 32 characters at most, which is stored
     * @param displayName the service's name, as people read it
     * @param issuer the issuer's URL, to the letter; <code>{organization-id}</code> stands for a setting
     * @throws IllegalArgumentException if the id is no such word or the issuer no template
     */
    public static Builder builder(String id, String displayName, String issuer) {
        return new Builder(id, displayName, Template.of(issuer));
    }

    /**
     * The same table for another issuer, such as a GitHub server of one's own or a demonstration. No address on the web is
     * verified for its publishers.
     *
     * @param newId the new table's id
     * @param newName the new table's name
     * @param url the issuer's URL, to the letter
     */
    public PublisherProvider forIssuer(String newId, String newName, String url) {
        Builder b = new Builder(newId, newName, Template.of(url));
        b.take(origin);
        b.sites.clear();
        b.ownIssuers = false;
        return b.build();
    }

    /** The same table, refusing runs whose repository or owner has been renamed since it was registered. */
    public PublisherProvider refusingRenames() {
        Builder b = origin.copy();
        b.renames = false;
        return b.build();
    }

    /**
     * The same table, refusing runs that one of these events started, such as {@code workflow_run}; {@code pull_request_target} is
     * always refused.
     *
     * @throws IllegalStateException if the provider has no claim with the event
     */
    public PublisherProvider refusingEvents(Set<String> events) {
        if (run.eventClaim().isEmpty()) {
            throw new IllegalStateException("events: " + id + " does not tell them");
        }
        Builder b = origin.copy();
        b.run = run.refusingEvents(events);
        return b.build();
    }

    /** The id, which is stored. */
    public String id() {
        return id;
    }

    /** The service's name, as people read it. */
    public String displayName() {
        return displayName;
    }

    Template issuerTemplate() {
        return issuer;
    }

    /** The issuer's URL, if it is the same for all publishers; with {@link #ownIssuers} it is the one by default. */
    public Optional<String> issuer() {
        return issuer.settings().isEmpty() ? Optional.of(issuer.toString()) : Optional.empty();
    }

    /** Whether organizations may register issuers of their own for this table. */
    public boolean ownIssuers() {
        return ownIssuers;
    }

    /** The fields of a form, those that have to be filled in first, then the constraints; unmodifiable. */
    public List<PublisherSetting> settings() {
        return settings;
    }

    /** The rows of the table in the order of comparison; unmodifiable. */
    public List<ClaimRule> rules() {
        return rules;
    }

    /** The claims with immutable ids that are pinned; unmodifiable. */
    public SortedSet<String> pinned() {
        TreeSet<String> names = new TreeSet<>();
        rules.stream().filter(ClaimRule::pins).map(ClaimRule::claim).forEach(names::add);
        return Collections.unmodifiableSortedSet(names);
    }

    /** Reads what a person typed, for the issuer that is the provider's own; see {@link #read(Map, String)}. */
    public SettingsReading read(Map<String, String> form) {
        return SettingsReader.read(this, form, null);
    }

    /**
     * Reads what a person typed and brings it into its normal form.
     *
     * @param form the settings by name; an empty one is none, one that the table does not know is a problem. The host takes its own
     *     fields out before.
     * @param url the issuer's URL: the provider's own, or, where {@link #ownIssuers} holds, one that the host has on its list
     */
    public SettingsReading read(Map<String, String> form, String url) {
        return SettingsReader.read(this, form, Objects.requireNonNull(url, "url"));
    }

    /**
     * The keys under which a store finds the publisher: by name, and by each immutable id that is pinned, so that a renamed
     * repository is found. 64 hexadecimal digits each; opaque (they hold digests); the best first.
     */
    public Set<String> keys(PublisherSettings of, Map<String, String> pins) {
        return LookupKey.all(id, keys, LookupKey::registered, new SettingsValues(of, pins));
    }

    /** The keys under which the publishers are found that a token may be of; see {@link #keys(PublisherSettings, Map)}. */
    public Set<String> keys(IdentityClaims of) {
        return LookupKey.all(id, keys, LookupKey::claimed, new ClaimValues(of));
    }

    /**
     * Whether the claims of a verified token are those of a publisher; never throws for claims or settings.
     *
     * @param of the publisher's settings
     * @param pins the immutable ids that are pinned for it, by claim
     */
    public PublisherMatch match(PublisherSettings of, Map<String, String> pins, IdentityClaims claims) {
        return new TableMatch(this, issuer, renames).match(of, pins, claims);
    }

    /**
     * What is wrong with the claims whoever the publisher is: a claim that the table requires is missing, or the trigger is one that
     * never counts. It names the claim where no publisher is found because of it.
     */
    public Optional<PublisherMatch.Mismatch> unfit(IdentityClaims claims) {
        return new TableMatch(this, issuer, renames).unfit(claims);
    }

    /**
     * What is recorded of a run with the token that is minted for it, 16 entries of at most 255 characters:
     *
     * <ul>
     *   <li>{@code provider}, {@code event}, {@code ref} (in full), {@code ref-type} ({@code branch} or {@code tag}; not there for a
     *       pull request's ref), {@code sha}, {@code environment}, {@code runner}, {@code actor}, {@code actor-id}, {@code run-id},
     *       {@code run-attempt}, {@code workflow}, {@code source} (the repository or project), each if the token says it;
     *   <li>{@code flags}, divided by blanks and sorted: {@code environment} (it deploys to one), {@code ref-protected},
     *       {@code reusable-workflow} (the job's workflow is not the one that was started), {@code self-hosted-runner}.
     * </ul>
     *
     * A policy's facts about a run are {@code provider}, {@code event}, {@code ref-type} (as the run's ref) and {@code flags}. What is
     * not printable is escaped, what is longer cut.
     */
    public SortedMap<String, String> run(IdentityClaims claims) {
        TreeMap<String, String> recorded = new TreeMap<>();
        run.record(claims).forEach((key, value) -> recorded.put(key, ClaimText.record(value, 255)));
        recorded.put("provider", id);
        return Collections.unmodifiableSortedMap(recorded);
    }

    /** The publisher in one line for a person, such as {@code octo-org/octo-repo, release.yml, environment pypi}. */
    public String describe(PublisherSettings of) {
        return TableTexts.describe(this, description, of);
    }

    /**
     * The environment that a run was for while its publisher allows any: worth a mail to the owners that they can demand it. As on
     * PyPI, a host says so only where the publisher serves one project. It is the text of the claim, cut at 255 characters: escape it
     * where it is shown, and take it through {@link #read} before it is registered.
     */
    public Optional<String> unusedEnvironment(PublisherSettings of, IdentityClaims claims) {
        return run.environmentClaim()
                .filter(claim -> of.value(RunSettings.ENVIRONMENT).isEmpty())
                .flatMap(claims::text)
                .filter(text -> !text.isEmpty())
                .map(text -> ClaimText.cut(text, 255));
    }

    /**
     * Whether an address on the web belongs to the publisher: its repository and what is below it, and the pages that the provider
     * serves for it. Anything that could be read in two ways does not. Never throws for a text; the work is linear.
     */
    public boolean verifies(PublisherSettings of, String url) {
        return url.length() <= 2_048 && sites.stream().anyMatch(site -> site.covers(of, url));
    }

    @Override
    public String toString() {
        return "PublisherProvider[" + id + ", " + rules.size() + " rules]";
    }

    /** Builds a {@link PublisherProvider}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String id;
        private final String displayName;
        private final Template issuer;
        private boolean ownIssuers;
        private boolean renames = true;
        private final List<PublisherSetting> settings = new ArrayList<>();
        private final List<ClaimRule> rules = new ArrayList<>();
        private final List<LookupKey> keys = new ArrayList<>();
        private RunClaims run = RunClaims.none();
        private final List<PublisherSite> sites = new ArrayList<>();
        private Template description = Template.of("");

        private Builder(String id, String displayName, Template issuer) {
            if (!PublisherSettings.WORD.matcher(id).matches()) {
                throw new IllegalArgumentException("id: a lower-case word of 32 characters at most");
            }
            this.id = id;
            this.displayName = Objects.requireNonNull(displayName, "displayName");
            this.issuer = issuer;
        }

        /** Organizations may register issuers of their own, which have the same claims. */
        public Builder ownIssuers() {
            this.ownIssuers = true;
            return this;
        }

        /** The fields of the form, in order; the constraints of {@link #run} follow. */
        public Builder settings(List<PublisherSetting> all) {
            this.settings.clear();
            this.settings.addAll(all);
            return this;
        }

        /** The rows of the table, in order; the constraints of {@link #run} follow. */
        public Builder rules(List<ClaimRule> all) {
            this.rules.clear();
            this.rules.addAll(all);
            return this;
        }

        /**
         * A key under which publishers are found; the first should be by name, one for each immutable id follows.
         *
         * @param kind what it finds by: a lower-case word
         * @param registered its text from a publisher: a template of settings and pinned ids (<code>{pin.repository_id}</code>)
         * @param claimed the same text from a token: a template of claims
         */
        public Builder lookup(String kind, String registered, String claimed) {
            if (!PublisherSettings.WORD.matcher(kind).matches()) {
                throw new IllegalArgumentException("kind: a lower-case word");
            }
            this.keys.add(new LookupKey(kind, Template.of(registered), Template.of(claimed)));
            return this;
        }

        /** What the provider says of a run; nothing by default. */
        public Builder run(RunClaims claims) {
            this.run = Objects.requireNonNull(claims, "claims");
            return this;
        }

        /** An address on the web that is the publisher's, with all below it: a template of settings. */
        public Builder site(String template) {
            return site(PublisherSite.below(template));
        }

        Builder site(PublisherSite site) {
            this.sites.add(site);
            return this;
        }

        /** How a publisher is written in one line: a template of settings. */
        public Builder description(String template) {
            this.description = Template.of(template);
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalStateException if no claim that is required is compared with a setting that is required ("No required
         *     verifiable claims"), if a rule, a key or the issuer names a setting that is not there, if a setting is there twice, or
         *     if there is no key
         */
        public PublisherProvider build() {
            PublisherProvider provider = new PublisherProvider(this);
            TableChecks.check(provider, keys);
            return provider;
        }

        private Builder copy() {
            Builder b = new Builder(id, displayName, issuer);
            b.take(this);
            return b;
        }

        private void take(Builder other) {
            ownIssuers = other.ownIssuers;
            renames = other.renames;
            settings(other.settings);
            rules(other.rules);
            keys.addAll(other.keys);
            run = other.run;
            sites.addAll(other.sites);
            description = other.description;
        }
    }
}

package dev.gatehouse.publisher;

import dev.gatehouse.oidc.IdentityClaims;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which claims of a provider say how a run was started, for what and where: from them come the constraints that an owner can set,
 * and what is recorded of a run.
 *
 * <p>Constraints are settings of {@link PublisherProvider#settings}, each only where the provider has the claim:
 * {@code environment}; {@code ref-type} ({@code branch} or {@code tag}) and {@code ref-pattern} ({@code *} stands for any
 * characters); {@code ref-protected}; {@code events} and {@code events-refused}; {@code runner}; {@code actor-id}. Immutable and
 * thread-safe.
 */
public final class RunClaims {
    private static final RunClaims NONE = builder().build();

    private final @Nullable String ref;
    private final @Nullable String branch;
    private final @Nullable String tag;
    private final @Nullable String refProtected;
    private final @Nullable String environment;
    private final boolean environmentIgnoringCase;
    private final @Nullable String event;
    private final TreeSet<String> neverEvents;
    private final @Nullable String runner;
    private final List<String> runners;
    private final @Nullable String actorId;
    private final @Nullable String startedWorkflow;
    private final @Nullable String jobWorkflow;
    private final SortedMap<String, String> recorded;

    private RunClaims(Builder b) {
        this.ref = b.ref;
        this.branch = b.branch;
        this.tag = b.tag;
        this.refProtected = b.refProtected;
        this.environment = b.environment;
        this.environmentIgnoringCase = b.environmentIgnoringCase;
        this.event = b.event;
        this.neverEvents = new TreeSet<>(b.neverEvents);
        this.runner = b.runner;
        this.runners = b.runners;
        this.actorId = b.actorId;
        this.startedWorkflow = b.startedWorkflow;
        this.jobWorkflow = b.jobWorkflow;
        this.recorded = new TreeMap<>(b.recorded);
    }

    /** A builder of a provider that says nothing of its runs. */
    public static Builder builder() {
        return new Builder();
    }

    static RunClaims none() {
        return NONE;
    }

    /** The same, with further events that never count. */
    RunClaims refusingEvents(Set<String> further) {
        Builder b = new Builder();
        b.ref = ref;
        b.branch = branch;
        b.tag = tag;
        b.refProtected = refProtected;
        b.environment = environment;
        b.environmentIgnoringCase = environmentIgnoringCase;
        b.event = event;
        b.neverEvents.addAll(neverEvents);
        b.neverEvents.addAll(further);
        b.runner = runner;
        b.runners = runners;
        b.actorId = actorId;
        b.startedWorkflow = startedWorkflow;
        b.jobWorkflow = jobWorkflow;
        b.recorded.putAll(recorded);
        return b.build();
    }

    Optional<String> environmentClaim() {
        return Optional.ofNullable(environment);
    }

    Optional<String> eventClaim() {
        return Optional.ofNullable(event);
    }

    Optional<RunRef> runRef(IdentityClaims claims) {
        if (ref != null) {
            return claims.text(ref).flatMap(RunRef::ofFull);
        }
        if (branch == null || tag == null) {
            return Optional.empty();
        }
        Optional<RunRef> tagged = claims.text(tag).flatMap(name -> RunRef.of(RunRef.TAG, name));
        return tagged.isPresent() ? tagged : claims.text(branch).flatMap(name -> RunRef.of(RunRef.BRANCH, name));
    }

    /** The rows of a table: no dangerous trigger before all others, the constraints behind them. */
    List<ClaimRule> around(List<ClaimRule> rules) {
        List<ClaimRule> table = new ArrayList<>(first());
        table.addAll(rules);
        table.addAll(constraints());
        return List.copyOf(table);
    }

    /** The fields of a table: the constraints behind its own. */
    List<PublisherSetting> behind(List<PublisherSetting> own, List<ClaimRule> table) {
        List<PublisherSetting> fields = new ArrayList<>(own);
        fields.addAll(settings());
        if (table.stream().anyMatch(ClaimRule::renames)) {
            fields.add(RunSettings.renames());
        }
        return List.copyOf(fields);
    }

    private List<ClaimRule> first() {
        if (event == null || neverEvents.isEmpty()) {
            return List.of();
        }
        return List.of(new ClaimRule(
                event,
                ClaimRule.Need.REQUIRED,
                ClaimRule.Comparison.WORDS,
                new ClaimCheck.Never(Collections.unmodifiableSortedSet(neverEvents))));
    }

    private List<ClaimRule> constraints() {
        List<ClaimRule> rules = new ArrayList<>();
        if (environment != null) {
            String place = "{" + RunSettings.ENVIRONMENT + "}";
            rules.add(
                    environmentIgnoringCase
                            ? ClaimRule.equalIgnoringCase(environment, place).optional()
                            : ClaimRule.equal(environment, place).optional());
        }
        String named = ref != null ? ref : branch;
        if (named != null) {
            rules.add(optional(named, ClaimRule.Comparison.REF, new RefCheck(this)));
        }
        if (refProtected != null) {
            rules.add(ClaimRule.equal(refProtected, "{" + RunSettings.REF_PROTECTED + "}")
                    .optional());
        }
        if (event != null) {
            rules.add(words(event, RunSettings.EVENTS, true));
            rules.add(words(event, RunSettings.EVENTS_REFUSED, false));
        }
        if (runner != null) {
            rules.add(ClaimRule.equal(runner, "{" + RunSettings.RUNNER + "}").optional());
        }
        if (actorId != null) {
            rules.add(words(actorId, RunSettings.ACTOR_ID, true));
        }
        return rules;
    }

    private static ClaimRule words(String claim, String setting, boolean among) {
        return optional(claim, ClaimRule.Comparison.WORDS, new ClaimCheck.Words(setting, among));
    }

    private static ClaimRule optional(String claim, ClaimRule.Comparison comparison, ClaimCheck check) {
        return new ClaimRule(claim, ClaimRule.Need.OPTIONAL, comparison, check);
    }

    private List<PublisherSetting> settings() {
        List<PublisherSetting> all = new ArrayList<>();
        if (environment != null) {
            all.add(RunSettings.environment(environmentIgnoringCase));
        }
        if (ref != null || branch != null) {
            all.add(RunSettings.refType());
            all.add(RunSettings.refPattern());
        }
        if (refProtected != null) {
            all.add(RunSettings.refProtected());
        }
        if (event != null) {
            all.add(RunSettings.events(neverEvents));
            all.add(RunSettings.eventsRefused());
        }
        if (runner != null) {
            all.add(RunSettings.runner(runners));
        }
        if (actorId != null) {
            all.add(RunSettings.actorId());
        }
        return all;
    }

    /** What is recorded of a run; see {@link PublisherProvider#run}. */
    SortedMap<String, String> record(IdentityClaims claims) {
        TreeMap<String, String> run = new TreeMap<>();
        recorded.forEach((key, claim) -> value(claims, claim).ifPresent(value -> run.put(key, value)));
        Optional<RunRef> runRef = runRef(claims);
        runRef.ifPresent(known -> run.put("ref-type", known.kind()));
        runRef.ifPresent(known -> run.putIfAbsent("ref", known.full()));
        TreeSet<String> flags = new TreeSet<>();
        addIf(flags, "ref-protected", is(claims, refProtected, "true"));
        addIf(flags, "self-hosted-runner", is(claims, runner, "self-hosted"));
        addIf(
                flags,
                "environment",
                environment != null && !claims.text(environment).orElse("").isEmpty());
        addIf(flags, "reusable-workflow", isReusable(claims));
        if (!flags.isEmpty()) {
            run.put("flags", String.join(" ", flags));
        }
        return run;
    }

    private boolean isReusable(IdentityClaims claims) {
        return startedWorkflow != null
                && jobWorkflow != null
                && !claims.text(startedWorkflow).equals(claims.text(jobWorkflow));
    }

    private static boolean is(IdentityClaims claims, @Nullable String claim, String value) {
        return claim != null && claims.text(claim).orElse("").equals(value);
    }

    private static void addIf(Set<String> flags, String flag, boolean holds) {
        if (holds) {
            flags.add(flag);
        }
    }

    private static Optional<String> value(IdentityClaims claims, String claim) {
        Optional<String> text = claims.text(claim);
        if (text.isPresent()) {
            return text.filter(value -> !value.isEmpty());
        }
        return claims.number(claim).isPresent()
                ? Optional.of(Long.toString(claims.number(claim).getAsLong()))
                : Optional.empty();
    }

    /** Builds {@link RunClaims}; not thread-safe, may be reused. */
    public static final class Builder {
        private @Nullable String ref;
        private @Nullable String branch;
        private @Nullable String tag;
        private @Nullable String refProtected;
        private @Nullable String environment;
        private boolean environmentIgnoringCase;
        private @Nullable String event;
        private final TreeSet<String> neverEvents = new TreeSet<>();
        private @Nullable String runner;
        private List<String> runners = List.of();
        private @Nullable String actorId;
        private @Nullable String startedWorkflow;
        private @Nullable String jobWorkflow;
        private final TreeMap<String, String> recorded = new TreeMap<>();

        private Builder() {}

        /** The claim with the full ref, such as {@code refs/tags/v1}. */
        public Builder ref(String claim) {
            this.ref = Objects.requireNonNull(claim, "claim");
            this.recorded.put("ref", claim);
            return this;
        }

        /** The two claims with the names of branch and tag, where there is none with the full ref; a run with a tag is for the tag. */
        public Builder branchAndTag(String branchClaim, String tagClaim) {
            this.branch = Objects.requireNonNull(branchClaim, "branchClaim");
            this.tag = Objects.requireNonNull(tagClaim, "tagClaim");
            return this;
        }

        /** The claim that is the text {@code true} where the branch or tag is protected. */
        public Builder refProtected(String claim) {
            this.refProtected = Objects.requireNonNull(claim, "claim");
            return this;
        }

        /** The claim with the deployment environment, and whether the provider compares its names without case. */
        public Builder environment(String claim, boolean ignoringCase) {
            this.environment = Objects.requireNonNull(claim, "claim");
            this.environmentIgnoringCase = ignoringCase;
            this.recorded.put("environment", claim);
            return this;
        }

        /** The claim with the event, and those events that never count because strangers choose what such a run does. */
        public Builder event(String claim, Set<String> never) {
            this.event = Objects.requireNonNull(claim, "claim");
            this.neverEvents.clear();
            this.neverEvents.addAll(never);
            this.recorded.put("event", claim);
            return this;
        }

        /** The claim with the kind of machine, and the values it can have. */
        public Builder runner(String claim, List<String> values) {
            this.runner = Objects.requireNonNull(claim, "claim");
            this.runners = List.copyOf(values);
            this.recorded.put("runner", claim);
            return this;
        }

        /** The claim with the immutable id of whoever started the run. */
        public Builder actorId(String claim) {
            this.actorId = Objects.requireNonNull(claim, "claim");
            this.recorded.put("actor-id", claim);
            return this;
        }

        /** The claims with the workflow that was started and the one that the job runs; where they differ it is a reusable one. */
        public Builder workflow(String started, String job) {
            this.startedWorkflow = Objects.requireNonNull(started, "started");
            this.jobWorkflow = Objects.requireNonNull(job, "job");
            this.recorded.put("workflow", job);
            return this;
        }

        /**
         * Further claims that are recorded: the keys {@code sha}, {@code run-id}, {@code run-attempt}, {@code actor},
         * {@code source}, or up to two of the host's own, lower-case words all.
         *
         * @param claims the claim by key
         */
        public Builder recorded(Map<String, String> claims) {
            this.recorded.putAll(claims);
            return this;
        }

        public RunClaims build() {
            return new RunClaims(this);
        }
    }
}

package dev.gatehouse.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token to be made: whose, how far it reaches, how long it lives. Immutable and thread-safe.
 *
 * <p>Without {@link Builder#projects} it reaches all that an account or organisation may; a publisher's token always names
 * projects. Whether such a token may be made is asked of the policy before.
 */
public final class MintRequest {
    private final TokenOwner owner;
    private final long ownerVersion;
    private final Requester by;
    private final TokenReach reach;
    private final @Nullable String name;
    private final @Nullable Duration lifetime;
    private final @Nullable Duration idleTimeout;
    private final Set<String> labels;
    private final boolean madeWithTwoFactor;
    private final Map<String, String> run;
    private final List<TokenProject> projects;
    private final List<Caveat> restrictions;

    private MintRequest(Builder b, TokenReach reach) {
        this.owner = b.owner;
        this.ownerVersion = b.ownerVersion;
        this.by = b.by;
        this.reach = reach;
        this.name = b.name;
        this.lifetime = b.lifetime;
        this.idleTimeout = b.idleTimeout;
        this.labels = b.labels;
        this.madeWithTwoFactor = b.madeWithTwoFactor;
        this.run = b.run;
        this.projects = b.projects;
        this.restrictions = b.restrictions;
    }

    /**
     * A request with what every one has.
     *
     * @param ownerVersion {@link ApiTokens#ownerState} as it was <em>before</em> the policy was asked; if it has changed since,
     *     nothing is minted
     */
    public static Builder builder(TokenOwner owner, long ownerVersion, Requester by) {
        return new Builder(owner, ownerVersion, by);
    }

    TokenOwner owner() {
        return owner;
    }

    long ownerVersion() {
        return ownerVersion;
    }

    Requester by() {
        return by;
    }

    List<TokenProject> projects() {
        return projects;
    }

    /** All restrictions, the scope first. */
    List<Caveat> restrictions(java.util.function.UnaryOperator<String> names) {
        List<Caveat> all = new ArrayList<>();
        if (owner instanceof TokenOwner.Publisher publisher) {
            all.add(Caveats.publisher(publisher.id()));
        }
        if (!projects.isEmpty()) {
            all.add(Caveats.projectNames(projects.stream()
                    .map(project -> Objects.requireNonNull(names.apply(project.name()), "names"))
                    .toList()));
            if (projects.stream().allMatch(project -> project.id().isPresent())) {
                all.add(Caveats.projectIds(projects.stream()
                        .map(project -> project.id().orElseThrow())
                        .toList()));
            }
        } else if (owner instanceof TokenOwner.Account account) {
            all.add(Caveats.requestUser(account.id()));
        }
        all.addAll(restrictions);
        return all;
    }

    ApiToken.Builder record(String id, java.time.Instant created) {
        ApiToken.Builder record = ApiToken.builder(id, owner, reach, created)
                .labels(labels)
                .madeWithTwoFactor(madeWithTwoFactor)
                .run(run);
        if (name != null) {
            record.name(name);
        }
        if (lifetime != null) {
            record.lifetime(lifetime);
        }
        if (idleTimeout != null) {
            record.idleTimeout(idleTimeout);
        }
        return record;
    }

    /** Builds a {@link MintRequest}; not thread-safe, may be reused. */
    public static final class Builder {
        private final TokenOwner owner;
        private final long ownerVersion;
        private final Requester by;
        private @Nullable String name;
        private @Nullable Duration lifetime;
        private @Nullable Duration idleTimeout;
        private Set<String> labels = Set.of();
        private boolean madeWithTwoFactor;
        private Map<String, String> run = Map.of();
        private List<TokenProject> projects = List.of();
        private List<Caveat> restrictions = List.of();
        private @Nullable TokenReach reach;

        private Builder(TokenOwner owner, long ownerVersion, Requester by) {
            this.owner = Objects.requireNonNull(owner, "owner");
            this.ownerVersion = ownerVersion;
            this.by = Objects.requireNonNull(by, "by");
        }

        /** The name, needed unless the owner is a publisher: 1 to 100 characters, unique among the owner's live tokens. */
        public Builder name(String text) {
            this.name = Objects.requireNonNull(text, "text");
            return this;
        }

        /** How long it lives, in whole seconds; without end by default. */
        public Builder lifetime(Duration known) {
            this.lifetime = Objects.requireNonNull(known, "known");
            return this;
        }

        /** After how long without use it dies, in whole seconds; never by default. */
        public Builder idleTimeout(Duration known) {
            this.idleTimeout = Objects.requireNonNull(known, "known");
            return this;
        }

        /** The labels that a policy may ask for, without the prefix of the credential's kind. */
        public Builder labels(Set<String> all) {
            this.labels = Set.copyOf(all);
            return this;
        }

        /** Records that the owner has proven a second factor; not so by default. */
        public Builder madeWithTwoFactor() {
            this.madeWithTwoFactor = true;
            return this;
        }

        /** What is to be recorded of a publisher's run. */
        public Builder run(Map<String, String> claims) {
            this.run = Map.copyOf(claims);
            return this;
        }

        /** The only projects it is for; their ids, where all are known, bind as well as their names. */
        public Builder projects(List<TokenProject> only) {
            this.projects = List.copyOf(only);
            return this;
        }

        /** Further restrictions, in the token and on record. */
        public Builder restrictions(List<? extends Caveat> further) {
            this.restrictions = List.copyOf(further);
            return this;
        }

        /**
         * Records that the further restrictions hold it to the projects of a pattern or of one organisation.
         *
         * @param narrower {@code PATTERN} or {@code ORGANIZATION}
         */
        public Builder reach(TokenReach narrower) {
            if (narrower != TokenReach.PATTERN && narrower != TokenReach.ORGANIZATION) {
                throw new IllegalArgumentException(
                        "narrower: PATTERN or ORGANIZATION; the others follow from projects");
            }
            this.reach = narrower;
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalStateException if {@code name} is missing, {@code projects} is missing for a publisher, or {@code reach}
         *     is given with {@code projects} or without {@code restrictions}
         */
        public MintRequest build() {
            boolean publisher = owner instanceof TokenOwner.Publisher;
            check(name != null || publisher, "name: missing");
            check(!projects.isEmpty() || !publisher, "projects: none, for a publisher");
            check(reach == null || projects.isEmpty(), "reach and projects: one of them");
            check(reach == null || !restrictions.isEmpty(), "reach: no restrictions that hold it");
            return new MintRequest(this, reach != null ? reach : scope());
        }

        private TokenReach scope() {
            return switch (projects.size()) {
                case 0 -> owner instanceof TokenOwner.Account ? TokenReach.ACCOUNT : TokenReach.ORGANIZATION;
                case 1 -> TokenReach.PROJECT;
                default -> TokenReach.PROJECTS;
            };
        }

        private static void check(boolean holds, String message) {
            if (!holds) {
                throw new IllegalStateException(message);
            }
        }
    }
}

package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the caller presented, already verified by the host or by a validator of this library.
 *
 * <p>Kind, labels, creation, lifetime and reach of a token come only from the server's record of its minting; caveats can
 * refuse but never feed a policy. Immutable and thread-safe.
 */
public final class Credential {
    private static final Credential ANONYMOUS =
            builder(CredentialKind.ANONYMOUS).build();
    private static final Credential PASSWORD = builder(CredentialKind.PASSWORD).build();
    private static final Credential SESSION = builder(CredentialKind.SESSION).build();
    private static final Credential TRUSTED_PUBLISHER =
            builder(CredentialKind.TRUSTED_PUBLISHER).build();
    private static final Credential SERVICE_ACCOUNT =
            builder(CredentialKind.SERVICE_ACCOUNT).build();

    private final CredentialKind kind;
    private final Set<String> labels;
    private final boolean ownerless;
    private final boolean passwordChecked;
    private final Fact<Instant> created;
    private final @Nullable Fact<Duration> age;
    private final Fact<Instant> lastUsed;
    private final @Nullable Fact<Duration> idle;
    private final Fact<Lifetime> lifetime;
    private final Fact<Reach> reach;

    private Credential(Builder b) {
        this.kind = b.kind;
        this.labels = Set.copyOf(b.labels);
        this.ownerless = b.ownerless;
        this.passwordChecked = b.passwordChecked;
        this.created = b.created;
        this.age = b.age;
        this.lastUsed = b.lastUsed;
        this.idle = b.idle;
        this.lifetime = b.lifetime;
        this.reach = b.reach;
    }

    /** No credential was presented. */
    public static Credential anonymous() {
        return ANONYMOUS;
    }

    /** A user name and password that nobody has checked; the account behind it stays unknown. */
    public static Credential password() {
        return PASSWORD;
    }

    /** A browser session without labels. */
    public static Credential session() {
        return SESSION;
    }

    /** A run that exchanged its identity token, or presented it directly. */
    public static Credential trustedPublisher() {
        return TRUSTED_PUBLISHER;
    }

    /** A machine account without an owner. */
    public static Credential serviceAccount() {
        return SERVICE_ACCOUNT;
    }

    /** An API token of an account; its facts are unknown until set. */
    public static Builder apiToken() {
        return builder(CredentialKind.API_TOKEN);
    }

    public static Builder builder(CredentialKind kind) {
        return new Builder(kind);
    }

    public CredentialKind kind() {
        return kind;
    }

    /** The labels, without the kind's prefix. */
    public Set<String> labels() {
        return labels;
    }

    /** Whether no account can be behind it: trusted publisher, service account, or a token recorded without an owner. */
    public boolean isWithoutAccount() {
        return ownerless || kind == CredentialKind.TRUSTED_PUBLISHER || kind == CredentialKind.SERVICE_ACCOUNT;
    }

    /** Whether the account is unknown because nobody proved to be it: anonymous, or an unchecked password. */
    public boolean isUnproven() {
        return kind == CredentialKind.ANONYMOUS || (kind == CredentialKind.PASSWORD && !passwordChecked);
    }

    public Fact<Instant> created() {
        return created;
    }

    /** The age: as given, or the time since {@link #created}. */
    public Fact<Duration> age(Instant now) {
        return age != null ? age : Facts.since(created, now);
    }

    /** The time since the last use before this one: as given, or since the recorded last use. */
    public Fact<Duration> idle(Instant now) {
        return idle != null ? idle : Facts.since(lastUsed, now);
    }

    public Fact<Lifetime> lifetime() {
        return lifetime;
    }

    public Fact<Reach> reach() {
        return reach;
    }

    @Override
    public String toString() {
        return kind.id() + (labels.isEmpty() ? "" : new TreeSet<>(labels));
    }

    /** Builds a {@link Credential}; not thread-safe, may be reused. */
    public static final class Builder {
        private final CredentialKind kind;
        private Set<String> labels = Set.of();
        private boolean ownerless;
        private boolean passwordChecked;
        private Fact<Instant> created = Fact.unknown();
        private @Nullable Fact<Duration> age;
        private Fact<Instant> lastUsed = Fact.unknown();
        private @Nullable Fact<Duration> idle;
        private Fact<Lifetime> lifetime = Fact.unknown();
        private Fact<Reach> reach = Fact.unknown();

        private Builder(CredentialKind kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
        }

        public Builder labels(Set<String> all) {
            this.labels = Set.copyOf(all);
            return this;
        }

        /** A token recorded without an owner, as an organisation's key. */
        public Builder withoutOwner() {
            this.ownerless = true;
            return this;
        }

        /** The host has checked the password, so that the account is who it says. */
        public Builder passwordChecked() {
            this.passwordChecked = true;
            return this;
        }

        public Builder created(Instant instant) {
            this.created = Fact.of(instant);
            return this;
        }

        public Builder age(Duration known) {
            this.age = Fact.of(known);
            return this;
        }

        public Builder lastUsed(Instant instant) {
            this.lastUsed = Fact.of(instant);
            return this;
        }

        public Builder idle(Duration known) {
            this.idle = Fact.of(known);
            return this;
        }

        public Builder lifetime(Lifetime known) {
            this.lifetime = Fact.of(known);
            return this;
        }

        public Builder reach(Reach known) {
            this.reach = Fact.of(known);
            return this;
        }

        public Credential build() {
            return new Credential(this);
        }
    }
}

package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.state.AccountVersions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen when an account was won back by other means than its factors: whoever had it before must be left with nothing.
 *
 * <p>In this order: an event {@code gatehouse:account:recovered}; the owner's tokens are suspended until the owner confirms them; the
 * account's version is advanced, so that pending logins, known devices and decided changes are void; all its sessions end; the
 * version is advanced once more, for what was decided in a session that was about to end; its known devices are revoked. Each step records its own event. All of them are tried even if one fails, and then the first failure
 * is thrown, so that what is left open is as little as can be. Only if none has failed, and somebody of the index has helped, kinds of
 * factors that were {@linkplain Builder#limits suspended} open again.
 *
 * <p>Where the recovery writes a new credential (a new password after a reset), give the writing to {@link #take(Recovery, Supplier)}:
 * the old one is good until it is replaced, so that whoever logged in with it between the steps and the writing would stay. Where it
 * writes none, call {@link #take(Recovery)} before it takes effect: before the session of the recovery code's login begins (with
 * {@link SessionCutoff#beginning}). If either throws, the recovery must not go on; calling it again does what is left, and again
 * what was done. Immutable and thread-safe, as far as the steps are.
 */
public final class AfterRecovery {
    private final Step tokens;
    private final AccountVersions versions;
    private final SessionCutoff sessions;
    private final Step devices;
    private final @Nullable AttemptLimits limits;
    private final AuditSink events;
    private final InstantSource clock;

    private AfterRecovery(Builder b) {
        this.tokens = b.tokens;
        this.versions = b.versions;
        this.sessions = b.sessions;
        this.devices = b.devices;
        this.limits = b.limits;
        this.events = b.events;
        this.clock = b.clock;
    }

    /** By what an account was won back. */
    public enum Cause {
        PASSWORD_RESET,
        RECOVERY_CODE,
        /** Somebody of the index has helped, without any of the account's factors. */
        ACCOUNT_RECOVERY;

        /** In the words of the audit, such as {@code password-reset}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A step that the host wires to a part which this one does not know. It records its own event, and does nothing twice.
     *
     * <p>That of API tokens is {@code recovery -> tokens.suspendAll(TokenOwner.account(recovery.account()), by(recovery))}.
     */
    @FunctionalInterface
    public interface Step {
        /** Takes the step; what it throws reaches the caller after all other steps were tried. */
        void take(Recovery recovery);

        /** There is nothing of the kind at this index. */
        static Step none() {
            return recovery -> {};
        }
    }

    /**
     * One recovery of an account. Immutable and thread-safe.
     *
     * @param account the host's immutable id of the account
     * @param cause by what it was won back
     * @param actor who did it: the account itself, or whoever has helped
     * @param address where it came from, as the host knows it; empty if it does not
     */
    public record Recovery(String account, Cause cause, String actor, String address) {
        /** Checks that all are there. */
        public Recovery {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(address, "address");
        }

        private AuditEvent.Builder addTo(AuditEvent.Builder event) {
            event.actor(actor).attribute("cause", cause.id());
            return address.isEmpty() ? event : event.address(address);
        }
    }

    /**
     * A builder.
     *
     * @param tokens suspends the tokens of an account; {@link Step#none} at an index without
     * @param versions of the store that keeps the factors
     */
    public static Builder builder(Step tokens, AccountVersions versions, SessionCutoff sessions) {
        return new Builder(tokens, versions, sessions);
    }

    /**
     * Takes every step, lets the recovery take effect, and then closes once more what may have been opened with the old credential
     * meanwhile, also if the effect throws: tokens are suspended, the version is advanced, all sessions end. What is begun with the
     * new credential begins after this has returned.
     *
     * @param effect writes the new credential; not run if a step failed
     * @return what the effect answered
     * @throws RuntimeException what the first step that failed has thrown, or the effect; those of later steps are suppressed in it.
     *     A step that fails after the effect leaves the new credential written
     */
    public <T> T take(Recovery recovery, Supplier<T> effect) {
        Objects.requireNonNull(effect, "effect");
        take(recovery);
        T answer;
        try {
            answer = effect.get();
        } catch (RuntimeException | Error e) {
            RuntimeException open = tried(closing(recovery));
            if (open != null && open != e) {
                e.addSuppressed(open);
            }
            throw e;
        }
        orThrow(tried(closing(recovery)));
        return answer;
    }

    /**
     * Takes every step, before a recovery that writes no new credential takes effect.
     *
     * @throws RuntimeException what the first step that failed has thrown; those of later ones are suppressed in it
     */
    public void take(Recovery recovery) {
        List<Runnable> steps = new ArrayList<>();
        steps.add(() -> events.record(recovery.addTo(AuditEvent.of(AuditTag.ACCOUNT_RECOVERED, clock.instant()))
                .account(recovery.account())
                .build()));
        steps.addAll(closing(recovery));
        steps.add(() -> devices.take(recovery));
        orThrow(tried(steps));
        if (limits != null && recovery.cause() == Cause.ACCOUNT_RECOVERY) {
            limits.clearAll(recovery.account(), NetworkAddress.of(recovery.address()));
        }
    }

    private List<Runnable> closing(Recovery recovery) {
        // Advanced before the sessions end, so that no pending login completes after; and once more, because a session
        // that was not
        // over yet may have been asked meanwhile about a change that knows the new version.
        return List.of(
                () -> tokens.take(recovery),
                () -> versions.advance(recovery.account()),
                () -> sessions.endAll(recovery.account(), recovery::addTo),
                () -> versions.advance(recovery.account()));
    }

    private static void orThrow(@Nullable RuntimeException first) {
        if (first != null) {
            throw first;
        }
    }

    /** Tries all of them, and gives the first failure. */
    private static @Nullable RuntimeException tried(List<Runnable> steps) {
        RuntimeException first = null;
        for (Runnable step : steps) {
            first = tried(step, first);
        }
        return first;
    }

    private static @Nullable RuntimeException tried(Runnable step, @Nullable RuntimeException first) {
        try {
            step.run();
            return first;
        } catch (RuntimeException e) {
            if (first == null) {
                return e;
            }
            if (first != e) {
                first.addSuppressed(e);
            }
            return first;
        }
    }

    /** Builds {@link AfterRecovery}; not thread-safe, may be reused. */
    public static final class Builder {
        private final Step tokens;
        private final AccountVersions versions;
        private final SessionCutoff sessions;
        private Step devices = Step.none();
        private @Nullable AttemptLimits limits;
        private AuditSink events = AuditSink.slf4j();
        private InstantSource clock = InstantSource.system();

        private Builder(Step tokens, AccountVersions versions, SessionCutoff sessions) {
            this.tokens = Objects.requireNonNull(tokens, "tokens");
            this.versions = Objects.requireNonNull(versions, "versions");
            this.sessions = Objects.requireNonNull(sessions, "sessions");
        }

        /** Revokes the known devices of an account; by default there are none. They are void by the version in any case. */
        public Builder devices(Step revocation) {
            this.devices = Objects.requireNonNull(revocation, "revocation");
            return this;
        }

        /**
         * The limits of logins, by default none. After {@link Cause#ACCOUNT_RECOVERY} the failures of the account are cleared, so that
         * a kind of factor that was suspended can be set up and used anew. A password reset proves no factor and clears nothing, and
         * {@link SignIn} opens what was suspended after a recovery code.
         */
        public Builder limits(AttemptLimits cleared) {
            this.limits = Objects.requireNonNull(cleared, "cleared");
            return this;
        }

        /** Where the recovery itself is recorded, SLF4J by default. */
        public Builder events(AuditSink sink) {
            this.events = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** The source of time, the system clock by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        public AfterRecovery build() {
            return new AfterRecovery(this);
        }
    }
}

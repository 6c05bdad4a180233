package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.TwoFactorPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Proves something anew in a running session, so that a demand of the policy for a fresh proof ({@code demand.proven} with
 * {@code within}) is met.
 *
 * <p>Where the policy refuses a request, {@link #helpful} says which kinds of proof would bring it further. {@link #prove} verifies one
 * under the {@link AttemptLimits} that logins have, for the account of the session and no other, and gives evidence to keep with the
 * session; the request is then decided again. How long a proof is fresh enough is the policy's business, and no boundary is
 * kept here. A recovery code is used up at once, and {@link AfterRecovery} is the host's next step.
 *
 * <p>A failure is recorded as {@code account:reauthenticate:failure}. Immutable and thread-safe. What a store or a verifier throws
 * reaches the caller; nothing is proven then.
 */
public final class Reauthentication {
    private final AttemptLimits limits;
    private final Map<FactorKind, FactorVerifier> verifiers;
    private final AuditSink events;
    private final InstantSource clock;

    private Reauthentication(
            AttemptLimits limits, Map<FactorKind, FactorVerifier> verifiers, AuditSink events, InstantSource clock) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.verifiers = verifiers;
        this.events = Objects.requireNonNull(events, "events");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Re-authentication by these verifiers.
     *
     * @param limits those of the logins
     * @param verifiers one of each kind; that of passwords is {@link PasswordCheck#verifier}
     * @param events where failures are recorded
     * @throws IllegalArgumentException if two are of one kind, or there is none
     */
    public static Reauthentication of(
            AttemptLimits limits,
            Collection<? extends FactorVerifier> verifiers,
            AuditSink events,
            InstantSource clock) {
        Map<FactorKind, FactorVerifier> byKind = new LinkedHashMap<>();
        for (FactorVerifier verifier : verifiers) {
            if (byKind.put(verifier.kind(), verifier) != null) {
                throw new IllegalArgumentException("verifiers: two of " + verifier.kind());
            }
        }
        if (byKind.isEmpty()) {
            throw new IllegalArgumentException("verifiers: none");
        }
        return new Reauthentication(limits, byKind, events, clock);
    }

    /**
     * Verifies a proof in a session.
     *
     * @param account the host's immutable id of the account whose session it is
     * @param session the session, by the handle that its evidence has
     * @param kind of the proof, one that has a verifier here
     * @param text the answer as received; secret
     * @param address where it comes from
     * @throws IllegalArgumentException if the carrier is no session, or the kind has no verifier
     */
    public Reauthenticated prove(
            String account, Carrier session, FactorKind kind, String text, NetworkAddress address) {
        if (session.kind() != Carrier.Kind.SESSION) {
            throw new IllegalArgumentException("session: not of a session");
        }
        FactorVerifier verifier = verifiers.get(kind);
        if (verifier == null) {
            throw new IllegalArgumentException("kind: " + kind + " has no verifier");
        }
        FactorResponse response = new FactorResponse(account, session, text);
        Attempt attempt = kind.equals(FactorKind.PASSWORD)
                ? Attempt.ofPassword(account, address)
                : Attempt.afterFirstFactor(account, kind, address);
        return limits.admit(attempt)
                .fold(
                        admitted -> verified(verifier, response, admitted.ticket(), address),
                        throttled -> new Reauthenticated.Throttled(throttled.retryAfter()),
                        suspended -> new Reauthenticated.Suspended(suspended.kind()));
    }

    private Reauthenticated verified(
            FactorVerifier verifier, FactorResponse response, AttemptTicket ticket, NetworkAddress address) {
        Verification verification = verifier.verify(response);
        if (verification instanceof Verification.Verified verified
                && isBelieved(verified.evidence(), verifier, response)) {
            verification = verifier.settle(verified.evidence());
        } else if (verification instanceof Verification.Verified) {
            verification = new Verification.Rejected(SignInRejection.VERIFIER_UNTRUSTED);
        }
        if (verification instanceof Verification.Verified verified
                && isBelieved(verified.evidence(), verifier, response)) {
            ticket.succeeded();
            return new Reauthenticated.Proven(verified.evidence());
        }
        RejectionCode code = verification instanceof Verification.Rejected rejected
                ? rejected.code()
                : SignInRejection.VERIFIER_UNTRUSTED;
        if (code.retryAfter().isPresent()) {
            ticket.notAnAttempt();
            return new Reauthenticated.Throttled(code.retryAfter().get());
        }
        ticket.failed();
        events.record(AuditEvent.of(AuditTag.REAUTHENTICATION_FAILURE, clock.instant())
                .account(response.account())
                .actor(response.account())
                .address(address.text())
                .attribute("method", verifier.kind().id())
                .attribute("reason", code.code())
                .build());
        return new Reauthenticated.Rejected(code);
    }

    private static boolean isBelieved(Evidence evidence, FactorVerifier verifier, FactorResponse response) {
        return evidence.account().equals(response.account())
                && evidence.kind().equals(verifier.kind())
                && evidence.carrier().equals(response.carrier());
    }

    /**
     * The kinds a proof of which would leave fewer requirements in the way of a request: all that stand in the way, where one proof
     * is enough, or some of them. Empty if the request is permitted, or no proof helps.
     *
     * <p>Only kinds that have a verifier here are looked at, and of factors those which the account has set up. The policy's listener is
     * told nothing. The host's facts are asked several times.
     *
     * @param asked the request, with the evidence that its session has now; a request without session is brought further by none
     */
    public Set<FactorKind> helpful(TwoFactorPolicy policy, AccessRequest asked) {
        Set<FactorKind> helpful = new LinkedHashSet<>();
        if (asked.session().isEmpty() || !(policy.suppose(asked) instanceof Decision.Refused refused)) {
            return helpful;
        }
        Fact<String> id = asked.account().id();
        if (id == null || !id.isKnown()) {
            return helpful;
        }
        Carrier session = asked.session().get();
        Instant now = clock.instant();
        int most = refused.refusals().size();
        for (FactorKind kind : verifiers.keySet()) {
            for (EnrolledFactor factor : provable(kind, asked.account().enrolled())) {
                AccessRequest proven = RequestCopy.of(asked)
                        .evidence(Evidence.asserted(id.value(), factor, now, session, "supposed"))
                        .build();
                int left = policy.suppose(proven)
                        .fold(permitted -> 0, still -> still.refusals().size());
                if (left < most) {
                    helpful.add(kind);
                }
            }
        }
        return helpful;
    }

    /** What of a kind an account could prove. */
    private static List<EnrolledFactor> provable(FactorKind kind, Fact<EnrolledFactors> enrolled) {
        if (!kind.needsEnrolment() || kind.equals(FactorKind.RECOVERY_CODE)) {
            return List.of(EnrolledFactor.of(kind));
        }
        if (enrolled == null || !enrolled.isKnown()) {
            return List.of();
        }
        return enrolled.value().list().stream()
                .filter(factor -> factor.kind().equals(kind))
                .toList();
    }
}

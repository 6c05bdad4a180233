package dev.gatehouse.benchmarks;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * What somebody would write who needs today's rules of PyPI once, for the timed requests: the same checks of the same facts,
 * in {@code if} and {@code switch}, with a boolean for an answer.
 */
final class HandWritten {
    private static final FactorSelector ANY = FactorSelector.ofClasses(FactorClass.ANY);
    private static final FactorSelector ANY_OR_CODE =
            FactorSelector.of(List.of(FactorClass.ANY), List.of(FactorKind.RECOVERY_CODE));
    private static final FactorSelector PASSWORD = FactorSelector.ofKinds(FactorKind.PASSWORD);
    private static final Instant UPLOAD_NEEDS_TOKEN = Instant.parse("2024-01-01T05:00:00Z");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final InstantSource clock;
    private int warned;

    HandWritten(InstantSource clock) {
        this.clock = clock;
    }

    boolean permits(AccessRequest q) {
        Instant now = clock.instant();
        if (now.isBefore(UPLOAD_NEEDS_TOKEN)) {
            return false;
        }
        return switch (q.action().id()) {
            case "read.public", "read.private" -> true;
            case "publish.release" -> upload(q);
            case "project.settings", "token.view" ->
                manage(q, now) && enrolled(q) && proven(q, PASSWORD, HALF_AN_HOUR, now);
            default -> false;
        };
    }

    private boolean upload(AccessRequest q) {
        CredentialKind kind = q.credential().kind();
        if (kind == CredentialKind.TRUSTED_PUBLISHER) {
            return true;
        }
        if (kind != CredentialKind.API_TOKEN || !enrolled(q) || !verified(q)) {
            return false;
        }
        Fact<Set<String>> flags = q.project().flags();
        if (!flags.isKnown() || flags.value().contains("has-publisher")) {
            warned++;
        }
        return true;
    }

    /** How often a warning was due: read by whoever times this, so that the work for it is not left out. */
    int warned() {
        return warned;
    }

    private static boolean manage(AccessRequest q, Instant now) {
        if (q.credential().kind() != CredentialKind.SESSION) {
            return false;
        }
        if (enrolled(q)
                && !q.credential().labels().contains("remembered-device")
                && !proven(q, ANY_OR_CODE, null, now)) {
            return false;
        }
        return verified(q);
    }

    private static boolean verified(AccessRequest q) {
        Fact<Boolean> verified = q.account().emailVerified();
        return verified.isKnown() && verified.value();
    }

    private static boolean enrolled(AccessRequest q) {
        Fact<EnrolledFactors> enrolled = q.account().enrolled();
        return enrolled.isKnown() && ANY.acceptsAny(enrolled.value());
    }

    private static boolean proven(
            AccessRequest q, FactorSelector factor, @org.jspecify.annotations.Nullable Duration within, Instant now) {
        Fact<String> id = q.account().id();
        Carrier session = q.session().orElse(null);
        if (!id.isKnown()) {
            return false;
        }
        for (Evidence proof : q.evidence()) {
            if (proof.account().equals(id.value())
                    && proof.carrier().equals(session)
                    && proof.isAcceptedBy(factor)
                    && !proof.at().isAfter(now.plus(SKEW))
                    && (within == null || now.isBefore(proof.at().plus(within)))
                    && stillEnrolled(q, proof)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stillEnrolled(AccessRequest q, Evidence proof) {
        if (!proof.kind().needsEnrolment() || proof.kind().equals(FactorKind.RECOVERY_CODE)) {
            return true;
        }
        Fact<EnrolledFactors> enrolled = q.account().enrolled();
        return enrolled.isKnown() && enrolled.value().list().contains(proof.factor());
    }
}

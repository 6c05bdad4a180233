package dev.gatehouse.benchmarks;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The questions that are timed: the {@code pypi} preset with everything in force, and requests of each sort. */
final class DecisionCases {
    static final Instant NOW = Instant.parse("2026-08-22T12:00:00Z");
    static final Instant WARNING = Instant.parse("2023-09-01T12:00:00Z");
    private static final Carrier SESSION = Carrier.session("s1");
    private static final Map<String, Boolean> SWITCHES =
            Map.of("project-requirement", true, "mandate-available", true, "mandate-enabled", false);

    private DecisionCases() {}

    static TwoFactorPolicy pypi(InstantSource clock) {
        return policy(Presets.load("pypi/1"), clock, SWITCHES);
    }

    static TwoFactorPolicy policy(PolicyDefinition definition, InstantSource clock, Map<String, Boolean> switches) {
        return TwoFactorPolicy.builder(definition)
                .clock(clock)
                .supplies(Supplied.everything(definition.vocabulary()))
                .controls(PolicyControls.of(switches))
                .build();
    }

    static AccessRequest read(int factClass) {
        return AccessRequest.of(Action.READ_PUBLIC, Credential.anonymous())
                .account(HostAccounts.of(factClass, "a1", NOW, EnrolledFactors.none(), true))
                .build();
    }

    /** An upload by token of an account that has all. */
    static AccessRequest upload(int factClass) {
        return upload(factClass, FactorKind.TOTP);
    }

    static AccessRequest upload(int factClass, FactorKind... enrolled) {
        return AccessRequest.of(
                        Action.PUBLISH_RELEASE,
                        Credential.builder(CredentialKind.API_TOKEN).build())
                .account(HostAccounts.of(factClass, "a1", registered(), EnrolledFactors.of(enrolled), true))
                .project(project("owners-require-2fa"))
                .build();
    }

    /** A change of a project's settings in a session that has proven all. */
    static AccessRequest settings(int factClass) {
        return settings(factClass, Action.PROJECT_SETTINGS);
    }

    static AccessRequest settings(int factClass, Action action) {
        return settings(factClass, action, NOW);
    }

    static AccessRequest settings(int factClass, Action action, Instant now) {
        return AccessRequest.of(action, Credential.session())
                .account(HostAccounts.of(factClass, "a1", registered(), EnrolledFactors.of(FactorKind.TOTP), true))
                .session(SESSION)
                .evidence(List.of(proof(FactorKind.PASSWORD, now), proof(FactorKind.TOTP, now)))
                .project(project("owners-require-2fa"))
                .build();
    }

    /** A request that is refused for so many reasons, 1 to 4. */
    static AccessRequest refused(int refusals) {
        return switch (refusals) {
            case 1 -> publish(CredentialKind.PASSWORD, EnrolledFactors.of(FactorKind.TOTP), true);
            case 2 -> publish(CredentialKind.PASSWORD, EnrolledFactors.none(), true);
            case 3 -> publish(CredentialKind.PASSWORD, EnrolledFactors.none(), false);
            default ->
                AccessRequest.of(
                                Action.TOKEN_CREATE,
                                Credential.builder(CredentialKind.API_TOKEN).build())
                        .account(HostAccounts.of(0, "a1", registered(), EnrolledFactors.none(), false))
                        .build();
        };
    }

    private static AccessRequest publish(CredentialKind kind, EnrolledFactors enrolled, boolean verified) {
        return AccessRequest.of(Action.PUBLISH_RELEASE, Credential.builder(kind).build())
                .account(HostAccounts.of(0, "a1", registered(), enrolled, verified))
                .project(project())
                .build();
    }

    /** An upload in September 2023 of an old account without a factor to a project of the mandate: two warnings. */
    static AccessRequest warned() {
        return AccessRequest.of(
                        Action.PUBLISH_RELEASE,
                        Credential.builder(CredentialKind.API_TOKEN).build())
                .account(HostAccounts.of(0, "a1", registered(), EnrolledFactors.none(), true))
                .project(project("mandated"))
                .build();
    }

    /** Sixteen permitted requests over four actions and four classes of accounts. */
    static AccessRequest[] mixed() {
        List<AccessRequest> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(read(i));
            all.add(upload(i));
            all.add(settings(i));
            all.add(settings(i, Action.TOKEN_VIEW));
        }
        return all.toArray(new AccessRequest[0]);
    }

    /** Requests of the timed actions, each without some of what is asked of it. */
    static List<AccessRequest> lacking() {
        List<AccessRequest> all = new ArrayList<>(List.of(mixed()));
        for (Action action : List.of(Action.PUBLISH_RELEASE, Action.PROJECT_SETTINGS, Action.TOKEN_VIEW)) {
            for (CredentialKind kind :
                    List.of(CredentialKind.SESSION, CredentialKind.API_TOKEN, CredentialKind.PASSWORD)) {
                for (int lack = 0; lack < 32; lack++) {
                    all.add(lacking(action, kind, lack));
                }
            }
        }
        return all;
    }

    /** Bits of what is lacking: factor, address, proof of the password, proof of the factor; or the password is stale. */
    private static AccessRequest lacking(Action action, CredentialKind kind, int lack) {
        EnrolledFactors enrolled = (lack & 1) == 0 ? EnrolledFactors.of(FactorKind.TOTP) : EnrolledFactors.none();
        List<Evidence> proofs = new ArrayList<>();
        if ((lack & 4) == 0) {
            proofs.add(proof(FactorKind.PASSWORD, (lack & 16) == 0 ? NOW : NOW.minusSeconds(1800)));
        }
        if ((lack & 8) == 0) {
            proofs.add(proof(FactorKind.TOTP, NOW));
        }
        return AccessRequest.of(action, Credential.builder(kind).build())
                .account(HostAccounts.of(0, "a1", registered(), enrolled, (lack & 2) == 0))
                .session(SESSION)
                .evidence(proofs)
                .project(project())
                .build();
    }

    private static Instant registered() {
        return Instant.parse("2015-01-01T00:00:00Z");
    }

    private static ThingValues project(String... flags) {
        return ThingValues.builder("p1", "sampleproject").flags(Set.of(flags)).build();
    }

    private static Evidence proof(FactorKind kind, Instant now) {
        return Evidence.asserted("a1", EnrolledFactor.of(kind), now.minusSeconds(60), SESSION, "host");
    }
}

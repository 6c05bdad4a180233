package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.TotpInventory;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import dev.gatehouse.webauthn.WebAuthnInventory;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Removals through the policy, over stores each of whose calls goes wrong once in each way. */
class FactorChangesFaultsTest {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final AuditEvent EVENT =
            AuditEvent.of(AuditTag.FACTOR_REMOVED, T0).build();
    private static final String BOB = "bob";
    private static final String MALLORY = "mallory";
    private static final TwoFactorPolicy POLICY = TwoFactorPolicy.of(
            PolicyDocuments.withoutPresets().read("one-stays.toml", """
                            gatehouse-policy = 1
                            name = "one-stays"
                            revision = 1
                            zone = "UTC"
                            ungated = ["read", "sign-in", "account", "token", "publisher", "project", "release", "member", "organization", "admin", "publish"]

                            [requirement.one-stays]
                            actions = ["factor.remove"]
                            demand.factors-left = "any"
                            message = "Keep one."
                            """).definition(), () -> T0);

    /** Mallory has an app and a key; Bob has an app, and perhaps a key. */
    private static final class World implements Ceremony {
        final InMemoryAuditLog audit = InMemoryAuditLog.create();
        final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        final TotpRepository apps = InMemoryTotpRepository.create(audit, versions);
        final WebAuthnRepository keys = InMemoryWebAuthnRepository.create(audit, versions);
        final TotpRepository watched;
        final FactorChanges changes;
        private final boolean hasKey;

        World(StoreFaults faults, boolean hasKey) {
            this.hasKey = hasKey;
            watched = faults.in(TotpRepository.class, apps);
            changes = FactorChanges.of(
                    POLICY,
                    faults.in(AccountVersions.class, versions),
                    List.of(
                            new TotpInventory(watched),
                            new WebAuthnInventory(faults.in(WebAuthnRepository.class, keys))));
            for (String account : List.of(MALLORY, BOB)) {
                apps.add(LastTwoFactorsContract.app(account, "app-of-" + account), 0, EVENT);
                if (hasKey || account.equals(MALLORY)) {
                    keys.add(WebAuthnRepositoryOperations.credential(account, "key-of-" + account), 1, EVENT);
                }
            }
            assertThat(remove(MALLORY)).isEqualTo(Outcome.GRANTED);
            apps.add(LastTwoFactorsContract.app(MALLORY, "app-of-" + MALLORY), 3, EVENT);
            watched.ofAccount(MALLORY);
        }

        private Outcome remove(String account) {
            String id = "app-of-" + account;
            FactorChange<String> change = changes.remove(
                    account, action -> asked(action, account), FactorKind.TOTP, id, version -> switch (watched.remove(
                            account, id, version, EVENT)) {
                        case REMOVED -> new FactorWrite.Written<>(id);
                        case NOT_FOUND -> new FactorWrite.NotFound<>();
                        case CONFLICT -> new FactorWrite.Conflict<>();
                    });
            return change instanceof FactorChange.Made<String> ? Outcome.GRANTED : Outcome.REFUSED;
        }

        private static AccessRequest asked(Action action, String account) {
            return AccessRequest.of(action, Credential.session())
                    .account(AccountValues.builder(account, account).build())
                    .build();
        }

        @Override
        public Outcome run() {
            return remove(BOB);
        }

        @Override
        public void check() {
            int left = apps.ofAccount(BOB).size() + keys.ofAccount(BOB).size();
            assertThat(left).as("one stays").isEqualTo(1);
            assertThat(versions.of(BOB)).isEqualTo(hasKey ? 3 : 1);
            assertThat(apps.ofAccount(MALLORY)).hasSize(1);
        }
    }

    @Test
    void remove_whateverTheStoresDo_isMadeOnceAndOnlyOnTheirWord() {
        FaultSweep.of(faults -> new World(faults, true)).withLiesThatLast().run();
    }

    @Test
    void remove_ofTheLastOne_isRefusedWhateverTheStoresDo() {
        FaultSweep.ofRefusal(faults -> new World(faults, false)).run();
    }
}

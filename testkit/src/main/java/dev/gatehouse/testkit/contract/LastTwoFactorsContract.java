package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpInventory;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.webauthn.WebAuthnInventory;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The last two factors of an account, of two kinds, removed at once through the policy and the repositories of one store: one
 * removal is made, the other is refused by the policy.
 */
public abstract class LastTwoFactorsContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final AuditEvent EVENT =
            AuditEvent.of(AuditTag.FACTOR_REMOVED, T0).build();

    /** What is left over of each race makes a store in memory slow. */
    private static final int ROUNDS_OF_ONE_STORE = 250;

    private static final Sealer SEALER =
            new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                    .build());

    private final TwoFactorPolicy policy = TwoFactorPolicy.of(
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

    /** For subclasses, which say what is under test. */
    protected LastTwoFactorsContract() {}

    /**
     * What one store keeps of accounts.
     *
     * @param versions advanced by both repositories
     * @param totp the one kind
     * @param webAuthn the other
     */
    public record Factors(AccountVersions versions, TotpRepository totp, WebAuthnRepository webAuthn) {}

    /** A store without a row. */
    protected abstract Factors create();

    /** How many times two removals race, 10,000 unless a subclass says otherwise. */
    protected int rounds() {
        return 10_000;
    }

    static TotpCredential app(String account, String id) {
        return TotpCredential.of(
                id,
                account,
                TotpParameters.standard(),
                SEALER.seal(SecretBytes.copyOf(new byte[20]), TotpCredential.placeOfSecret(account, id)),
                T0);
    }

    private static AccessRequest asked(Action action, String account) {
        return AccessRequest.of(action, Credential.session())
                .account(AccountValues.builder(account, account).build())
                .build();
    }

    private static String removeApp(FactorChanges changes, TotpRepository totp, String account, String id) {
        return answer(changes.remove(
                account, action -> asked(action, account), FactorKind.TOTP, id, version -> switch (totp.remove(
                        account, id, version, EVENT)) {
                    case REMOVED -> new FactorWrite.Written<>(id);
                    case NOT_FOUND -> new FactorWrite.NotFound<>();
                    case CONFLICT -> new FactorWrite.Conflict<>();
                }));
    }

    private static String removeKey(FactorChanges changes, WebAuthnRepository webAuthn, String account, String id) {
        return answer(changes.remove(
                account, action -> asked(action, account), FactorKind.WEBAUTHN, id, version -> switch (webAuthn.remove(
                        account, id, version, EVENT)) {
                    case REMOVED -> new FactorWrite.Written<>(id);
                    case NOT_FOUND -> new FactorWrite.NotFound<>();
                    case CONFLICT -> new FactorWrite.Conflict<>();
                }));
    }

    private static String answer(FactorChange<String> change) {
        return change.fold(
                made -> "MADE",
                refused -> refused.decision().first().requirement(),
                rejected -> rejected.code().code(),
                () -> "NOT_FOUND",
                () -> "CONFLICT");
    }

    @Test
    void removals_ofTwoKindsAtOnce_leaveOne() {
        for (int done = 0; done < rounds(); done += ROUNDS_OF_ONE_STORE) {
            race(create(), Math.min(ROUNDS_OF_ONE_STORE, rounds() - done));
        }
    }

    private void race(Factors store, int rounds) {
        TotpRepository totp = store.totp();
        WebAuthnRepository webAuthn = store.webAuthn();
        FactorChanges changes = FactorChanges.of(
                policy, store.versions(), List.of(new TotpInventory(totp), new WebAuthnInventory(webAuthn)));
        for (int round = 0; round < rounds; round++) {
            String account = "owner-" + round;
            String id = "id-" + round;
            totp.add(app(account, id), 0, EVENT);
            var key = WebAuthnRepositoryOperations.credential(account, id);
            webAuthn.add(key, 1, EVENT);

            List<String> answers = Race.of(
                    2,
                    i -> i == 0
                            ? removeApp(changes, totp, account, id)
                            : removeKey(changes, webAuthn, account, key.id()));

            assertThat(answers).as(account).containsExactlyInAnyOrder("MADE", "one-stays");
            assertThat(totp.ofAccount(account).size()
                            + webAuthn.ofAccount(account).size())
                    .as(account)
                    .isEqualTo(1);
        }
    }
}

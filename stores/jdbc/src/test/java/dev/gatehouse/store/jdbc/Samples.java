package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.recovery.RecoveryCodeSet;
import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.signin.GivenWaiver;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenReach;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.webauthn.NewCredential;
import dev.gatehouse.webauthn.WebAuthnCredential;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Values to keep. */
final class Samples {
    static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123456789Z");
    static final String ALICE = "alice";
    static final AuditEvent EVENT =
            AuditEvent.of(AuditTag.FACTOR_ADDED, T0).account(ALICE).build();

    private static final Sealer SEALER =
            new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                    .build());

    private Samples() {}

    static AuditEvent event(int number) {
        return AuditEvent.of(AuditTag.TOKEN_ADDED, T0.plusSeconds(number))
                .account(ALICE)
                .subject("token-" + number)
                .actor("admin")
                .address("2001:db8::1")
                .attribute("reason", "line\nbreak")
                .build();
    }

    static GivenWaiver waiver(String id) {
        return new GivenWaiver(
                id,
                new Waiver(
                        "two-factor",
                        Waiver.Subject.ACCOUNT,
                        ALICE,
                        T0,
                        T0.plus(Duration.ofDays(1)),
                        "on a train",
                        "admin"));
    }

    static TotpCredential credential(String id) {
        SealedSecret secret = SEALER.seal(SecretBytes.copyOf(new byte[20]), TotpCredential.placeOfSecret(ALICE, id));
        return TotpCredential.of(id, ALICE, TotpParameters.standard(), secret, T0);
    }

    static WebAuthnCredential key(String id) {
        NewCredential made = NewCredential.builder(id, new byte[] {1, 2, 3})
                .transports(List.of("usb"))
                .build();
        return WebAuthnCredential.of(ALICE, "aGFuZGxl", made, T0).withLabel(id);
    }

    static RecoveryCodeSet recoveryCodes(String id) {
        List<SecretBytes> hashes =
                Collections.nCopies(RecoveryCodeSet.CODES, SecretBytes.copyOf(new byte[Argon2Gate.HASH_BYTES]));
        SecretBytes salt = SecretBytes.copyOf(new byte[RecoveryCodeSet.SALT_BYTES]);
        return RecoveryCodeSet.of(id, ALICE, new Argon2Cost(1024, 6, 6), salt, hashes, T0);
    }

    static ApiToken token(String id) {
        return ApiToken.builder(id, TokenOwner.account(ALICE), TokenReach.ACCOUNT, T0)
                .restrictions(List.of("[1,[\"a\"]]", "[1,[\"b\"]]"))
                .build();
    }

    static SealedSecret rootKey(ApiToken token) {
        return SEALER.seal(
                SecretBytes.copyOf(new byte[32]),
                new SealContext(ApiTokenRepository.PURPOSE, token.owner().text(), token.id()));
    }
}

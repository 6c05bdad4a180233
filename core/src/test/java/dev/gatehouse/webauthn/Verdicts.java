package dev.gatehouse.webauthn;

import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.webauthn.VectorRow.Site;
import dev.gatehouse.webauthn.VectorRow.Stored;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Gatehouse says of a row: {@code ACCEPTED}, or the code of the rejection. */
final class Verdicts {
    static final String ACCEPTED = "ACCEPTED";
    static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");

    private Verdicts() {}

    static RelyingParty relyingParty(Site site) {
        return builder(site).build();
    }

    static RelyingParty.Builder builder(Site site) {
        Set<String> origins = new HashSet<>(site.origins());
        Set<String> apps = new HashSet<>(site.origins());
        origins.removeIf(origin -> !origin.startsWith("http"));
        apps.removeIf(origin -> origin.startsWith("http"));
        RelyingParty.Builder builder = RelyingParty.builder(site.id(), "Index", origins)
                .appOrigins(apps)
                .algorithms(site.algorithms().stream()
                        .flatMap(id -> CoseAlgorithm.of(id).stream())
                        .toList())
                .userVerification(site.userVerification() ? UserVerification.REQUIRED : UserVerification.DISCOURAGED);
        return site.topOrigins().isEmpty() ? builder : builder.allowCrossOriginFrom(site.topOrigins());
    }

    static String ours(VectorRow row) {
        return ours(row, WebAuthnVerifier.of(relyingParty(row.site())));
    }

    static String ours(VectorRow row, WebAuthnVerifier verifier) {
        Challenge challenge = Challenge.ofAnySize(Base64Url.decode(row.challenge(), 0));
        String json = row.response().json();
        if (row.isRegistration()) {
            return verifier.verifyRegistration(RegistrationExpectation.of(challenge, NOW), json)
                    .fold(registered -> ACCEPTED, refused -> refused.reason().code());
        }
        return AssertionResponse.read(json)
                .map(response -> verifier.verifyAssertion(
                                AssertionExpectation.ofIdentifiedUser(challenge, credential(row.stored())), response)
                        .fold(asserted -> ACCEPTED, refused -> refused.reason().code()))
                .orElse("MALFORMED");
    }

    static WebAuthnCredential credential(Stored stored) {
        return WebAuthnCredential.of(
                "account",
                stored.userHandle(),
                NewCredential.builder(stored.id(), Base64Url.decode(stored.publicKey(), 0))
                        .signCount(stored.signCount())
                        .backup(stored.backupEligible(), stored.backedUp())
                        .transports(List.of())
                        .build(),
                NOW);
    }
}

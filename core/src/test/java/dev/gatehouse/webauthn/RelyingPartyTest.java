package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which names and origins a relying party takes, and what it and the expectations say of themselves. */
class RelyingPartyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ID = "example.org";
    private static final String ORIGIN = "https://example.org";
    private static final Challenge CHALLENGE = Challenge.read("A".repeat(43)).orElseThrow();

    private static RelyingParty.Builder party() {
        return RelyingParty.builder(ID, "Example", Set.of(ORIGIN));
    }

    private static String domain(int length) {
        String start = ("a".repeat(63) + ".").repeat(3);
        return start + "b".repeat(length - start.length() - 4) + ".org";
    }

    @Test
    void builder_idAndName_endAtTheirBounds() {
        String longest = domain(253);
        String name = "n".repeat(RelyingParty.MAX_NAME);

        assertThat(RelyingParty.builder(longest, name, Set.of("https://" + longest))
                        .build()
                        .name())
                .isEqualTo(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SiteNames.checkedId(domain(254)))
                .withMessageStartingWith("id:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SiteNames.checkedId("intranet"))
                .withMessageContaining("public suffix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelyingParty.builder(ID, name + "n", Set.of(ORIGIN)))
                .withMessageStartingWith("name:");
    }

    @Test
    void builder_port_endsAt65535() {
        String last = ORIGIN + ":65535";

        assertThat(RelyingParty.builder(ID, "Example", Set.of(last)).build().origins())
                .containsExactly(last);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelyingParty.builder(ID, "Example", Set.of(ORIGIN + ":65536")))
                .withMessageContaining("port");
    }

    @Test
    void appOrigins_visibleAsciiWithinBounds_areTaken() {
        for (String good : List.of("!", "~", "a".repeat(512))) {
            assertThat(party().appOrigins(Set.of(good)).build().origins()).containsExactly(ORIGIN, good);
        }
        for (String bad : List.of("", "a b", "a\u007f", "a".repeat(513), "https://example.org")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> party().appOrigins(Set.of(bad)))
                    .withMessageStartingWith("appOrigins:");
        }
    }

    @Test
    void allowCrossOriginFrom_malformed_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> party().allowCrossOriginFrom(Set.of("https://shop.example/")))
                .withMessageStartingWith("topOrigins:");
    }

    @Test
    void toString_partyAndPolicy_sayWhatTheyAsk() {
        assertThat(AttestationPolicy.none()).hasToString("AttestationPolicy[none, 0 anchors]");
        assertThat(party().build())
                .hasToString("RelyingParty[example.org, [https://example.org], user verification preferred, "
                        + "AttestationPolicy[none, 0 anchors]]");
        assertThat(party().counters(CounterPolicy.REPORT)
                        .allowCrossOriginFrom(Set.of("https://shop.example"))
                        .build())
                .hasToString("RelyingParty[example.org, [https://example.org], user verification preferred, "
                        + "AttestationPolicy[none, 0 anchors], counters reported only, "
                        + "allows cross-origin from [https://shop.example]]");
    }

    @Test
    void toString_expectations_sayWhoIsAskedAndHideTheChallenge() {
        WebAuthnCredential credential = WebAuthnCredential.of(
                "alice", "AA", NewCredential.builder("AAAA", new byte[] {1}).build(), NOW);
        RegistrationExpectation registration = RegistrationExpectation.of(CHALLENGE, NOW);

        assertThat(AssertionExpectation.ofIdentifiedUser(CHALLENGE, credential))
                .hasToString("AssertionExpectation[" + credential + "]");
        assertThat(AssertionExpectation.ofUnknownUser(CHALLENGE, credential))
                .hasToString("AssertionExpectation[" + credential + ", user unknown, user verified]");
        assertThat(registration).hasToString("RegistrationExpectation[2026-01-01T00:00:00Z]");
        assertThat(registration.requiringUserVerification())
                .hasToString("RegistrationExpectation[2026-01-01T00:00:00Z, user verified]");
        assertThat(registration.requiresUserVerification()).isFalse();
        assertThat(registration.requiringUserVerification().requiresUserVerification())
                .isTrue();
        assertThat(new CeremonyStart.Begun("{\"challenge\":\"secret\"}", NOW))
                .hasToString("Begun[until 2026-01-01T00:00:00Z]");
    }

    @Test
    void creation_residentKey_isRequiredInBothWordsOrInNone() {
        for (ResidentKey wish : ResidentKey.values()) {
            String options = CeremonyOptions.creation(
                    party().build(), CHALLENGE, new CeremonyOptions.User("AA", "alice", "Alice"), List.of(), wish);

            assertThat(options)
                    .contains("\"residentKey\":\"" + wish.id() + '"')
                    .contains("\"requireResidentKey\":" + (wish == ResidentKey.REQUIRED));
        }
    }

    @Test
    void checkName_lengthAtTheBound_isTaken() {
        Labels.checkName("abc", "account", 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labels.checkName("abcd", "account", 3))
                .withMessageStartingWith("account:");
    }

    @Test
    void syncableModels_hold_aKnownPasswordManagerOnly() {
        assertThat(SyncableModels.contains(UUID.fromString("bada5566-a7aa-401f-bd96-45619a55120d")))
                .isTrue();
        assertThat(SyncableModels.contains(NewCredential.NO_AAGUID)).isFalse();
    }
}

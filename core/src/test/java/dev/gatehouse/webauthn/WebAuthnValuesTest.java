package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.testing.EqualsTester;
import dev.gatehouse.factor.FactorClass;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the values of a registration and of a store keep, where they end, and what makes two the same. */
class WebAuthnValuesTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] KEY = {1, 2, 3};
    private static final long MAX_COUNT = 0xFFFF_FFFFL;

    private static final List<UnaryOperator<NewCredential.Builder>> PARTS = List.of(
            b -> b.signCount(1),
            b -> b.userVerified(true),
            b -> b.backup(true, false),
            b -> b.backup(true, true),
            b -> b.transports(List.of("usb")),
            b -> b.aaguid(new UUID(1, 2)),
            b -> b.strength(FactorClass.HARDWARE_BOUND));

    private static String id(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }

    private static NewCredential.Builder registered() {
        return NewCredential.builder(id(16), KEY);
    }

    private static WebAuthnCredential stored() {
        return WebAuthnCredential.of(
                "alice", id(64), registered().backup(true, false).build(), CREATED);
    }

    @Test
    void equals_ofARegistration_comparesEveryPart() {
        EqualsTester tester = new EqualsTester()
                .addEqualityGroup(registered().build(), registered().build())
                .addEqualityGroup(NewCredential.builder(id(17), KEY).build())
                .addEqualityGroup(
                        NewCredential.builder(id(16), new byte[] {1, 2, 4}).build());
        for (UnaryOperator<NewCredential.Builder> part : PARTS) {
            tester.addEqualityGroup(
                    part.apply(registered()).build(), part.apply(registered()).build());
        }
        tester.testEquals();
        assertThat(registered().build())
                .doesNotHaveSameHashCodeAs(NewCredential.builder(id(17), KEY).build());
    }

    @Test
    void equals_ofAStoredCredential_comparesEveryPart() {
        NewCredential eligible = registered().backup(true, false).build();

        new EqualsTester()
                .addEqualityGroup(stored(), stored())
                .addEqualityGroup(WebAuthnCredential.of("bob", id(64), eligible, CREATED))
                .addEqualityGroup(WebAuthnCredential.of("alice", id(63), eligible, CREATED))
                .addEqualityGroup(
                        WebAuthnCredential.of("alice", id(64), registered().build(), CREATED))
                .addEqualityGroup(WebAuthnCredential.of("alice", id(64), eligible, CREATED.plusMillis(1)))
                .addEqualityGroup(stored().withLabel("key"), stored().withLabel("key"))
                .addEqualityGroup(stored().usedAt(0, false, false, CREATED))
                .addEqualityGroup(stored().usedAt(1, false, false, CREATED))
                .addEqualityGroup(stored().usedAt(0, true, false, CREATED))
                .addEqualityGroup(stored().usedAt(0, false, true, CREATED))
                .addEqualityGroup(stored().usedAt(0, false, false, CREATED.plusMillis(1)))
                .testEquals();
        assertThat(stored()).doesNotHaveSameHashCodeAs(WebAuthnCredential.of("bob", id(64), eligible, CREATED));
        assertThat(stored()).hasToString("WebAuthnCredential[" + id(16) + ", phishing-resistant]");
        assertThat(eligible)
                .hasToString("NewCredential[" + id(16) + ", 00000000-0000-0000-0000-000000000000, phishing-resistant]");
    }

    @Test
    void backup_whatIsSaid_isKept() {
        NewCredential eligible = registered().backup(true, false).build();

        assertThat(eligible.isBackupEligible()).isTrue();
        assertThat(eligible.isBackedUp()).isFalse();
        assertThat(registered().backup(true, true).build().isBackedUp()).isTrue();
        assertThat(registered().build().isBackupEligible()).isFalse();
    }

    @Test
    void builder_idAndKey_endAtTheirBounds() {
        byte[] longest = new byte[NewCredential.MAX_KEY_BYTES];

        assertThat(NewCredential.builder(id(1023), longest).build().publicKey()).isEqualTo(longest);
        for (String bad : List.of("", id(1024), "A", "AA=", "A+")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NewCredential.builder(bad, KEY))
                    .withMessageStartingWith("id:");
        }
        for (int size : new int[] {0, NewCredential.MAX_KEY_BYTES + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NewCredential.builder(id(16), new byte[size]))
                    .withMessageStartingWith("publicKey:");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, MAX_COUNT + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void signCount_outOfBounds_isRefused(long count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registered().signCount(count))
                .withMessageStartingWith("count:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stored().usedAt(count, true, false, CREATED))
                .withMessageStartingWith("count:");
    }

    @Test
    void signCount_atTheBounds_isKept() {
        assertThat(registered().signCount(MAX_COUNT).build().signCount()).isEqualTo(MAX_COUNT);
        assertThat(stored().usedAt(MAX_COUNT, true, false, CREATED).signCount()).isEqualTo(MAX_COUNT);
        assertThat(stored().usedAt(0, true, false, CREATED).signCount()).isZero();
    }

    @Test
    void transports_asTheAuthenticatorSays_areKeptWithinBounds() {
        List<String> many = IntStream.rangeClosed(1, 17).mapToObj(i -> "t" + i).toList();

        assertThat(registered()
                        .transports(List.of("usb", "", "a b", "a,b", "\u007f", "usb", "t".repeat(32), "t".repeat(33)))
                        .build()
                        .transports())
                .containsExactly("usb", "t".repeat(32));
        assertThat(registered().transports(List.of(" ", "~", "!")).build().transports())
                .containsExactly("~", "!");
        assertThat(registered().transports(many).build().transports()).isEqualTo(many.subList(0, 16));
    }

    @Test
    void build_backedUpOrBoundAgainstItsFlags_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> registered().backup(false, true).build())
                .withMessageStartingWith("backup:");
        assertThatIllegalStateException()
                .isThrownBy(() -> registered()
                        .backup(true, false)
                        .strength(FactorClass.HARDWARE_BOUND)
                        .build())
                .withMessageStartingWith("strength:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebAuthnCredential.of(
                                "alice", id(64), registered().build(), CREATED)
                        .usedAt(1, true, true, CREATED))
                .withMessageStartingWith("nowBackedUp:");
    }

    @Test
    void of_aStoredCredential_keepsItsNamesWithinBounds() {
        NewCredential registered = registered().build();

        assertThat(WebAuthnCredential.of("a".repeat(255), id(1), registered, CREATED)
                        .account())
                .hasSize(255);
        for (String account : List.of("", " ", "a".repeat(256))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WebAuthnCredential.of(account, id(64), registered, CREATED))
                    .withMessageStartingWith("account:");
        }
        for (String handle : List.of("", id(65), "A", "AA==")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WebAuthnCredential.of("alice", handle, registered, CREATED))
                    .withMessageStartingWith("userHandle:");
        }
        assertThat(stored().withLabel("l".repeat(64)).label()).hasSize(64);
        for (String label : List.of("l".repeat(65), "a\nb", "\u0085")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stored().withLabel(label))
                    .withMessageStartingWith("label:");
        }
    }

    @Test
    void usedAt_anAssertion_changesWhatItSaysAndKeepsTheRest() {
        WebAuthnCredential used = stored().withLabel("key").usedAt(5, true, true, CREATED.plusSeconds(9));

        assertThat(used.signCount()).isEqualTo(5);
        assertThat(used.isUserVerified()).isTrue();
        assertThat(used.isBackedUp()).isTrue();
        assertThat(used.isBackupEligible()).isTrue();
        assertThat(used.lastUsedAt()).contains(CREATED.plusSeconds(9));
        assertThat(used.label()).isEqualTo("key");
        assertThat(used.createdAt()).isEqualTo(CREATED);
        assertThat(used.account()).isEqualTo("alice");
        assertThat(used.userHandle()).isEqualTo(id(64));
        assertThat(used.publicKey()).isEqualTo(KEY);
        assertThat(used.aaguid()).isEqualTo(NewCredential.NO_AAGUID);
        assertThat(used.transports()).isEmpty();
    }

    @Test
    void challenge_readFromItsText_isTheSameWithinBounds() {
        String text = id(32);
        Challenge challenge = Challenge.read(text).orElseThrow();

        assertThat(challenge.text()).isEqualTo(text);
        assertThat(challenge).hasToString("Challenge[hidden]");
        assertThat(Challenge.read(id(16))).isPresent();
        assertThat(Challenge.read(id(64))).isPresent();
        for (String other : List.of("", id(15), id(65), text + "=", text.replace('A', '+'))) {
            assertThat(Challenge.read(other)).isEmpty();
        }
        new EqualsTester()
                .addEqualityGroup(challenge, Challenge.read(text).orElseThrow())
                .addEqualityGroup(Challenge.read(id(33)).orElseThrow())
                .testEquals();
        assertThat(challenge)
                .doesNotHaveSameHashCodeAs(
                        Challenge.read("B" + text.substring(1)).orElseThrow());
    }
}

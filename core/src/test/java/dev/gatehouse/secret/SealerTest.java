package dev.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealing after NIST SP 800-38D with random 96-bit nonces, and what must not open. */
class SealerTest {
    private static final SecretBytes KEY_A = key(1);
    private static final SecretBytes KEY_B = key(2);
    private static final SealContext PLACE = new SealContext("totp", "account-1", "row-1");
    private static final SecretBytes SECRET =
            SecretBytes.copyOf("12345678901234567890".getBytes(StandardCharsets.UTF_8));

    private final Sealer sealer = new Sealer(KeyRing.sealingWith("a", KEY_A).build());

    private static SecretBytes key(int fill) {
        byte[] bytes = new byte[KeyRing.KEY_BYTES];
        Arrays.fill(bytes, (byte) fill);
        return SecretBytes.copyOf(bytes);
    }

    @Test
    void seal_largestSecretUnderTheLongestKeyId_fitsTheDocumentedColumn() {
        Sealer longId = new Sealer(KeyRing.sealingWith("k".repeat(32), KEY_A).build());
        SealedSecret sealed = longId.seal(SecretBytes.copyOf(new byte[Sealer.MAX_SECRET]), PLACE);

        assertThat(sealed.text()).hasSizeLessThanOrEqualTo(SealedSecret.MAX_TEXT);
        assertThat(SealedSecret.parse(sealed.text())).isEqualTo(sealed);
        assertThatThrownBy(() -> longId.seal(SecretBytes.copyOf(new byte[Sealer.MAX_SECRET + 1]), PLACE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seal_theSameTwice_usesAnotherNonce() {
        assertThat(sealer.seal(SECRET, PLACE)).isNotEqualTo(sealer.seal(SECRET, PLACE));
    }

    @Test
    void seal_providerThatTakesNoNonceToSealWith_isPassedOverForBoth() {
        Provider fussy = new FussyProvider();
        Security.insertProviderAt(fussy, 1);
        try {
            Sealer beside = new Sealer(KeyRing.sealingWith("a", KEY_A).build());
            assertThat(beside.open(beside.seal(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
            assertThat(sealer.open(beside.seal(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
        } finally {
            Security.removeProvider(fussy.getName());
        }
    }

    @Test
    void seal_nonce_comesFromTheGivenSource() {
        SecureRandom fixed = new FixedRandom();
        Sealer predictable = new Sealer(KeyRing.sealingWith("a", KEY_A).build(), fixed);
        byte[] body = Base64.getUrlDecoder()
                .decode(predictable.seal(SECRET, PLACE).text().substring("gs1.a.".length()));

        assertThat(Arrays.copyOf(body, 12)).containsOnly(7);
        assertThat(body).hasSize(12 + 20 + 16);
    }

    @Test
    void open_everyBitOfTheTextFlipped_isRefused() {
        String text = sealer.seal(SECRET, PLACE).text();
        for (int at = 0; at < text.length(); at++) {
            for (int bit = 0; bit < 16; bit++) {
                char[] chars = text.toCharArray();
                chars[at] ^= (char) (1 << bit);
                String altered = new String(chars);

                assertThatThrownBy(() -> sealer.open(SealedSecret.parse(altered), PLACE))
                        .as("character %d, bit %d", at, bit)
                        .isInstanceOf(UnsealingException.class);
            }
        }
    }

    @Test
    void open_everyBitOfTheBytesFlipped_isRefused() {
        String text = sealer.seal(SECRET, PLACE).text();
        String head = "gs1.a.";
        byte[] body = Base64.getUrlDecoder().decode(text.substring(head.length()));
        for (int bit = 0; bit < 8 * body.length; bit++) {
            byte[] altered = body.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            SealedSecret value = SealedSecret.parse(
                    head + Base64.getUrlEncoder().withoutPadding().encodeToString(altered));

            assertThat(causeOf(value, PLACE)).isEqualTo(UnsealingException.Cause.ALTERED_OR_ELSEWHERE);
        }
    }

    @Test
    void open_atAnotherPlace_isRefused() {
        SealedSecret sealed = sealer.seal(SECRET, PLACE);

        for (SealContext elsewhere : List.of(
                new SealContext("token", "account-1", "row-1"),
                new SealContext("totp", "account-2", "row-1"),
                new SealContext("totp", "account-1", "row-2"),
                new SealContext("totp", "row-1", "account-1"),
                new SealContext("totpaccount-1", "r", "ow-1"),
                new SealContext("totp", "account-1row-1", "x"))) {
            assertThat(causeOf(sealed, elsewhere))
                    .as(elsewhere.toString())
                    .isEqualTo(UnsealingException.Cause.ALTERED_OR_ELSEWHERE);
        }
    }

    @Test
    void open_placesWhosePartsJoinToTheSameText_areDifferentPlaces() {
        SealedSecret sealed = sealer.seal(SECRET, new SealContext("t", "ab", "c"));

        assertThat(causeOf(sealed, new SealContext("t", "a", "bc")))
                .isEqualTo(UnsealingException.Cause.ALTERED_OR_ELSEWHERE);
        assertThat(causeOf(sealed, new SealContext("ta", "b", "c")))
                .isEqualTo(UnsealingException.Cause.ALTERED_OR_ELSEWHERE);
    }

    @Test
    void context_partsThatNoEncodingKeepsApart_areRefused() {
        assertThatThrownBy(() -> new SealContext("totp", "a\uD800", "row")).hasMessageStartingWith("ownerId:");
        assertThatThrownBy(() -> new SealContext("totp", "a", "\uDC00")).hasMessageStartingWith("rowId:");
        assertThatThrownBy(() -> new SealContext("", "a", "row")).hasMessageStartingWith("purpose:");
        assertThatThrownBy(() -> new SealContext("totp", "a".repeat(SealContext.MAX_PART + 1), "row"))
                .hasMessageStartingWith("ownerId:");
    }

    @Test
    void open_sameKeyUnderAnotherId_isRefused() {
        SealedSecret sealed = sealer.seal(SECRET, PLACE);
        Sealer renamed = new Sealer(KeyRing.sealingWith("b", KEY_A).build());
        SealedSecret relabelled = SealedSecret.parse(sealed.text().replace("gs1.a.", "gs1.b."));

        assertThat(catchThrowableOfType(UnsealingException.class, () -> renamed.open(relabelled, PLACE))
                        .unsealingCause())
                .isEqualTo(UnsealingException.Cause.ALTERED_OR_ELSEWHERE);
    }

    @Test
    void open_otherBytesUnderTheSameId_isRefused() {
        SealedSecret sealed = sealer.seal(SECRET, PLACE);
        Sealer other = new Sealer(KeyRing.sealingWith("a", KEY_B).build());

        UnsealingException e = catchThrowableOfType(UnsealingException.class, () -> other.open(sealed, PLACE));
        assertThat(e.unsealingCause()).isEqualTo(UnsealingException.Cause.ALTERED_OR_ELSEWHERE);
        assertThat(e.keyId()).contains("a");
    }

    @Test
    void open_keyThatIsUnknownOrRetired_isRefusedWithTheDifference() {
        SealedSecret sealed = sealer.seal(SECRET, PLACE);
        Sealer unknowing = new Sealer(KeyRing.sealingWith("b", KEY_B).build());
        Sealer retired = new Sealer(KeyRing.sealingWith("b", KEY_B).retired("a").build());

        assertThat(catchThrowableOfType(UnsealingException.class, () -> unknowing.open(sealed, PLACE))
                        .unsealingCause())
                .isEqualTo(UnsealingException.Cause.UNKNOWN_KEY);
        assertThat(catchThrowableOfType(UnsealingException.class, () -> retired.open(sealed, PLACE))
                        .unsealingCause())
                .isEqualTo(UnsealingException.Cause.RETIRED_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "JBSWY3DPEHPK3PXP",
                "gs1.a",
                "gs1.a.",
                "gs1..AAAA",
                "gs1.a.AAAA",
                "gs1.a.AAAA=",
                " gs1.a.AAAA",
                "gs.a.AAAA",
                "GS1.a.AAAA",
                "gs1.a b.AAAA",
                "gs1.a.AA\nAA"
            })
    void parse_textThatWasNeverSealed_isRefused(String text) {
        UnsealingException e = catchThrowableOfType(UnsealingException.class, () -> SealedSecret.parse(text));

        assertThat(e.unsealingCause()).isEqualTo(UnsealingException.Cause.NOT_SEALED);
        assertThat(e.keyId()).isEmpty();
    }

    @Test
    void parse_laterVersion_isRefusedAsSuch() {
        String text = sealer.seal(SECRET, PLACE).text().replace("gs1.", "gs2.");

        assertThat(catchThrowableOfType(UnsealingException.class, () -> SealedSecret.parse(text))
                        .unsealingCause())
                .isEqualTo(UnsealingException.Cause.UNKNOWN_VERSION);
    }

    @Test
    void parse_secondTextOfTheSameBytes_isRefused() {
        SealedSecret sealed = sealer.seal(SecretBytes.copyOf(new byte[] {1, 2}), PLACE);
        String text = sealed.text();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // 30 bytes fill 40 characters; 31 and 32 bytes leave unused bits in the last one.
        assertThat(text.substring("gs1.a.".length())).hasSize(40);
        String oneMore =
                sealer.seal(SecretBytes.copyOf(new byte[] {1, 2, 3}), PLACE).text();
        int last = alphabet.indexOf(oneMore.charAt(oneMore.length() - 1));
        String twin = oneMore.substring(0, oneMore.length() - 1) + alphabet.charAt(last ^ 1);

        assertThatThrownBy(() -> SealedSecret.parse(twin)).isInstanceOf(UnsealingException.class);
    }

    @Test
    void parse_overlongText_isRefused() {
        assertThatThrownBy(() -> SealedSecret.parse("gs1.a." + "A".repeat(SealedSecret.MAX_TEXT)))
                .isInstanceOf(UnsealingException.class);
    }

    @Test
    void texts_ofEverythingInvolved_carryNoSecret() {
        SealedSecret sealed = sealer.seal(SECRET, PLACE);
        UnsealingException e = catchThrowableOfType(
                UnsealingException.class, () -> sealer.open(sealed, new SealContext("totp", "someone", "else")));

        assertThat(sealed).hasToString("SealedSecret[key a]");
        assertThat(sealer.ring()).hasToString("KeyRing[sealing a, opening [a], retired []]");
        assertThat(e).hasMessage("cannot open a sealed value: ALTERED_OR_ELSEWHERE, key a");
        assertThat(e.getCause()).isNull();
    }

    @Test
    void seal_beyondTheLimitOfTheKey_isRefusedAndStaysRefused() {
        Sealer worn =
                new Sealer(KeyRing.sealingWith("a", KEY_A).build(), new SecureRandom(), Sealer.MAX_SEALED_PER_KEY - 1);
        SealedSecret last = worn.seal(SECRET, PLACE);

        assertThatThrownBy(() -> worn.seal(SECRET, PLACE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> worn.seal(SECRET, PLACE)).isInstanceOf(IllegalStateException.class);
        assertThat(worn.open(last, PLACE)).isEqualTo(SECRET);
    }

    @Test
    void sealAndOpen_byManyThreadsAtOnce_neverMixValues() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Set<String>>> work = new java.util.ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int seed = thread;
                work.add(() -> sealMany(seed));
            }
            Set<String> texts = new HashSet<>();
            for (Future<Set<String>> done : threads.invokeAll(work)) {
                texts.addAll(done.get());
            }
            assertThat(texts).hasSize(8 * 500);
        } finally {
            threads.shutdownNow();
        }
    }

    private Set<String> sealMany(int seed) {
        Random random = new Random(seed);
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[20];
            random.nextBytes(bytes);
            SealContext place = new SealContext("totp", "account-" + seed, "row-" + i);
            SealedSecret sealed = sealer.seal(SecretBytes.copyOf(bytes), place);
            texts.add(sealed.text());
            if (!Arrays.equals(sealer.open(sealed, place).toByteArray(), bytes)) {
                throw new AssertionError("another value came back");
            }
        }
        return texts;
    }

    private UnsealingException.Cause causeOf(SealedSecret value, SealContext place) {
        return catchThrowableOfType(UnsealingException.class, () -> sealer.open(value, place))
                .unsealingCause();
    }

    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
        }
    }
}

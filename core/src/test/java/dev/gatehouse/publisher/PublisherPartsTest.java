package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.oidc.IdentityClaims;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts that the rest is made of, each by itself: bounds, digests, patterns, ids. */
class PublisherPartsTest {
    private static final PublisherSettings SETTINGS = PublisherSettings.of("github", "i", Map.of("a", "b"));

    private static Map<String, String> pins(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "pin-" + i, i -> "v"));
    }

    @Test
    void id_atItsBounds_isKeptAndBeyondThemRefused() {
        for (String good : List.of("!", "~", "x".repeat(64))) {
            assertThat(Bounds.id(good, "id")).isEqualTo(good);
        }
        for (String bad : List.of("", "x".repeat(65), "a b", "\u00e9", "\u007f")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Bounds.id(bad, "id"))
                    .withMessage("id: 1 to 64 visible ASCII characters");
        }
    }

    @Test
    void hostId_atItsBounds_isKeptAndBeyondThemRefused() {
        for (String good : List.of("1", "\u00e9 x", "x".repeat(255))) {
            assertThat(Bounds.hostId(good, "account")).isEqualTo(good);
        }
        for (String bad : List.of("", " ", "x".repeat(256), "\0a", "a\0")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Bounds.hostId(bad, "account"))
                    .withMessage("account: blank or over 255 characters");
        }
    }

    @Test
    void pins_atTheirBounds_areKeptAndBeyondThemRefused() {
        assertThat(Bounds.pins(pins(16))).isEqualTo(pins(16));
        assertThat(Bounds.pins(Map.of("x".repeat(255), "y".repeat(255)))).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.pins(pins(17)))
                .withMessage("pins: more than 16");
        for (String name : List.of("", "a=b", "a b", "x".repeat(256))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Bounds.pins(Map.of(name, "v")))
                    .withMessage("pins: a name that is not visible ASCII without '='");
        }
        for (String value : List.of("", "y".repeat(256))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Bounds.pins(Map.of("name", value)))
                    .withMessage("pins: blank or over 255 characters");
        }
    }

    /** A store keeps two registrations apart by this alone: no part may run into the next. */
    @Test
    void digest_ofAnyOtherPart_isAnother() {
        List<String> all = List.of(
                Digests.of(SETTINGS, new TreeMap<>(), null, "n"),
                Digests.of(PublisherSettings.of("gitlab", "i", Map.of("a", "b")), new TreeMap<>(), null, "n"),
                Digests.of(PublisherSettings.of("github", "j", Map.of("a", "b")), new TreeMap<>(), null, "n"),
                Digests.of(PublisherSettings.of("github", "i", Map.of("a", "c")), new TreeMap<>(), null, "n"),
                Digests.of(PublisherSettings.of("github", "i", Map.of("c", "b")), new TreeMap<>(), null, "n"),
                Digests.of(PublisherSettings.of("githubi", "i", Map.of("a", "b")), new TreeMap<>(), null, "n"),
                Digests.of(PublisherSettings.of("github", "ii", Map.of("a", "b")), new TreeMap<>(), null, "n"),
                Digests.of(PublisherSettings.of("github", "i", Map.of()), new TreeMap<>(Map.of("a", "b")), null, "n"),
                Digests.of(SETTINGS, new TreeMap<>(Map.of("a", "b")), null, "n"),
                Digests.of(SETTINGS, new TreeMap<>(), "", "n"),
                Digests.of(SETTINGS, new TreeMap<>(), "n", ""),
                Digests.of(SETTINGS, new TreeMap<>(), "o", "n"),
                Digests.of(SETTINGS, new TreeMap<>(), "on", ""),
                Digests.of(SETTINGS, new TreeMap<>(), "", "on"),
                Digests.of(SETTINGS, new TreeMap<>(), null, "m"));

        assertThat(all).doesNotHaveDuplicates().allMatch(each -> each.matches("[0-9a-f]{64}"));
        assertThat(Digests.of(SETTINGS, new TreeMap<>(), null, "n")).isEqualTo(all.get(0));
    }

    @Test
    void keys_ofAnotherProviderOrIssuerOrKey_areOthers() {
        assertThat(List.of(
                        Digests.keys("p", "i", Set.of("k")),
                        Digests.keys("q", "i", Set.of("k")),
                        Digests.keys("p", "j", Set.of("k")),
                        Digests.keys("p", "i", Set.of("l")),
                        Digests.keys("pi", "", Set.of("k")),
                        Digests.keys("", "pi", Set.of("k")),
                        Digests.keys("p", "ik", Set.of("")),
                        Digests.keys("p", "", Set.of("ik"))))
                .doesNotHaveDuplicates()
                .allMatch(each -> each.size() == 1);
        assertThat(Digests.keys("p", "i", Set.of("k", "l"))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'','',true",
        "'',a,false",
        "*,'',true",
        "*b,ab,true",
        "*b,b,true",
        "*b,ba,false",
        "*,anything,true",
        "a*,a,true",
        "a**,a,true",
        "ab,a,false",
        "a,ab,false",
        "a*c,abbc,true",
        "a*c*d,abcbcd,true",
        "a*c,abcb,false",
        "A,a,false"
    })
    void matches_aPattern_asItSays(String pattern, String text, boolean matches) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void problem_ofAPattern_isTheFirstCharacterThatNoNameHas() {
        for (String good : List.of("!", "}", "v*", "release/*", "a/refs/")) {
            assertThat(Glob.problem(good)).as(good).isEmpty();
        }
        for (String bad : List.of(" ", "~", "^", ":", "?", "[", "\\", "\u007f", "\u00e9", "\t")) {
            assertThat(Glob.problem("a" + bad))
                    .as(bad)
                    .contains("Ref pattern must be the name of a branch or tag; * stands for any characters");
        }
        assertThat(Glob.problem("refs/heads/main"))
                .contains("Ref pattern must not begin with refs/: it is the name of the branch or tag alone");
    }

    @Test
    void lower_isOfAsciiAndWhatStaysOutsideOfIt() {
        assertThat(Fold.lower("@AZ[`az{\u00c9")).isEqualTo("@az[`az{\u00e9");
        // The sign of Kelvin is a k in lower case, and must not be taken for one.
        assertThat(Fold.lower("\u212a")).isEqualTo("\u212a");
    }

    @Test
    void lookupKeys_atTheirBounds_areKeptAndBeyondThemRefused() {
        Set<String> most = pins(PublisherRepository.MAX_KEYS).keySet();

        assertThat(LookupKeys.check(most)).isEqualTo(most);
        for (Set<String> bad :
                List.of(Set.<String>of(), pins(PublisherRepository.MAX_KEYS + 1).keySet(), Set.of("x".repeat(65)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LookupKeys.check(bad))
                    .withMessageStartingWith("keys: 1 to ");
        }
        assertThat(LookupKeys.limit(1)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> LookupKeys.limit(0));
    }

    /** A random id is a UUID of version 4, whatever the bits are. */
    @Test
    void next_ofAnyBits_isARandomUuid() {
        for (int fill : List.of(0, 0xff, 0x55, 0xaa)) {
            UUID id = UUID.fromString(FreshIds.next(filled((byte) fill)));
            String free = String.format("%02x", fill);

            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.toString()).startsWith(free.repeat(4)).endsWith(free.repeat(6));
            assertThat(id.toString().charAt(15)).isEqualTo(free.charAt(1));
            assertThat(Character.digit(id.toString().charAt(19), 16)).isEqualTo(8 | (fill >> 4 & 3));
            assertThat(id.toString().charAt(20)).isEqualTo(free.charAt(1));
        }
    }

    private static SecureRandom filled(byte fill) {
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, fill);
            }
        };
    }

    /** What is said of a token alone knows no publisher: only claims, and none that is too long. */
    @Test
    void claimValues_haveClaimsAlone() {
        ClaimValues values = new ClaimValues(IdentityClaims.of(
                Map.of("iss", "https://i", "long", "x".repeat(4_096), "longer", "x".repeat(4_097), "number", 1)));

        assertThat(values.issuer()).isEqualTo("https://i");
        assertThat(values.claim("long")).hasSize(4_096);
        assertThat(values.claim("longer")).isNull();
        assertThat(values.claim("number")).isNull();
        assertThat(values.setting("iss")).isNull();
        assertThat(values.pin("iss")).isNull();
    }

    /** Stores keep them: with other ones no publisher that is registered would be found. */
    @Test
    void keys_areTheHashOfTheThreePartsWithTheirLengths() {
        assertThat(Digests.keys("github", "https://i.example", Set.of("k\u00e9")))
                .containsExactly("d169309808a9be294b786691fbf47316696bbd59dfdb819628b20303d59d9c6b");
        assertThat(Digests.keys("ab", "c", Set.of("d")))
                .as("no part runs into the next")
                .doesNotContainAnyElementsOf(Digests.keys("a", "bc", Set.of("d")));
    }
}

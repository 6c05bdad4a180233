package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.document.Documents.HEAD;
import static dev.gatehouse.policy.document.Documents.findings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a document holds, reading it gives a policy or says what is wrong, and does so soon. */
@Tag("unmutated")
class HostileDocumentsTest {
    private static final int MANY = 8_000;

    private static String many(String separator, java.util.function.IntFunction<String> part) {
        return IntStream.range(0, MANY).mapToObj(part).collect(Collectors.joining(separator));
    }

    private static String requirement(String lines) {
        return HEAD + "[requirement.x]\nactions = [\"publish\"]\ndemand.enrolled = \"any\"\nmessage = \"m\"\n" + lines;
    }

    static List<Arguments> hostile() {
        return List.of(
                Arguments.of("arrays in arrays", HEAD + "a = " + "[".repeat(200_000)),
                Arguments.of("tables in tables", HEAD + "a = " + "{a=".repeat(100_000) + "1"),
                Arguments.of(
                        "a string that hides brackets", "''' = 1\nx = ['''\n''',\n'''\n''', " + "[".repeat(100_000)),
                Arguments.of("a long dotted key", HEAD + "a" + ".a".repeat(100_000) + " = 1"),
                Arguments.of("a long dotted key in quotes", HEAD + "\"a" + ".a".repeat(100_000) + "\" = 1"),
                Arguments.of("a long dotted header", HEAD + "[a" + ".a".repeat(100_000) + "]"),
                Arguments.of("a string of a million characters", HEAD + "a = \"" + "x".repeat(1_000_000) + "\""),
                Arguments.of("a long message", requirement("notice = \"" + "{".repeat(400_001) + "\"")),
                Arguments.of("a long name", requirement("remedy = \"" + "x".repeat(400_000) + "\"")),
                Arguments.of("many unknown keys", HEAD + many("\n", i -> "acti" + i + " = 1")),
                Arguments.of(
                        "many unknown actions", requirement("except = [" + many(",", i -> "\"a.b" + i + "\"") + "]")),
                Arguments.of(
                        "many alternatives",
                        requirement("when.any-of = [" + many(",", i -> "{account.flag=\"f" + i + "\"}") + "]")),
                Arguments.of(
                        "many bounds",
                        requirement(
                                "when.project.metrics = [" + many(",", i -> "{metric=\"m" + i + "\",over=1}") + "]")),
                Arguments.of(
                        "many windows",
                        requirement("phases = [{mode=\"enforce\",windows=["
                                + many(
                                        ",",
                                        i -> "{from=2024-01-01T00:00:00.000" + String.format(Locale.ROOT, "%06d", i)
                                                + "Z,for=\"PT1S\"}")
                                + "]}]")),
                Arguments.of(
                        "many phases",
                        requirement("phases = ["
                                + many(
                                        ",",
                                        i -> "{mode=\"enforce\",from=2024-01-01T00:00:00.000"
                                                + String.format(Locale.ROOT, "%06d", i) + "Z}")
                                + "]")),
                Arguments.of(
                        "many declared names",
                        HEAD + "[vocabulary.flags]\n" + many("\n", i -> "project.f" + i + "=\"m\"")),
                Arguments.of(
                        "many declared actions",
                        HEAD + "[vocabulary.actions]\n" + many("\n", i -> "g" + i + ".a=\"m\"")),
                Arguments.of(
                        "many requirements", HEAD + many("\n", i -> "[requirement.r" + i + "]\nactions=[\"all\"]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void document_madeToHurt_isAnsweredSoon(String name, String document) {
        List<String> found = Assertions.assertTimeout(Duration.ofSeconds(20), () -> findings(document));

        assertThat(found).hasSizeBetween(1, 1000);
        assertThat(found).allMatch(line -> line.length() < 1_000, "short");
    }

    @Property(tries = 600)
    void preset_withDamage_isReadOrRefusedInTheWordsOfTheModel(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> names = Presets.names();
        StringBuilder text = new StringBuilder(Presets.text(names.get(random.nextInt(names.size()))));
        String alphabet = "[]{}\"'\\=.,#\n\t aezuU019-:TZ\u0000\u00e9\uD83D";
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 2 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(200)));
            }
        }

        assertThat(findings(text.toString()))
                .allMatch(line ->
                        line.matches("(?s)[0-9]+:[0-9]+ (warning )?P[0-5][0-9] .*|[a-z0-9/-]+:[0-9]+:[0-9]+ .*"));
    }
}

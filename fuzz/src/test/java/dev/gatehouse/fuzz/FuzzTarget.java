package dev.gatehouse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A parser or decoder, seeds for it, and what holds of every input: nothing but the documented result ever comes out.
 *
 * <p>In the build the seeds run, up to a thousand mutations of them that are the same every time, and seeds stretched until they are
 * long, all without Jazzer and its agent. In the profile {@code fuzz} Jazzer goes on from the seeds, guided by coverage. A class has
 * one target, because Jazzer takes one for each virtual machine.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FuzzTarget {
    private static final int MUTATIONS = 1_000;
    private static final int SHOWN = 1_000;
    private static final int STRETCHED = 200_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Inputs that lead deep into the code, hand-made. Strings that look like tokens are built here, never written out. */
    protected abstract List<byte[]> seeds();

    /** Feeds one input, and throws where something does not hold. */
    protected abstract void check(byte[] input) throws Exception;

    /** The longest stretched input in bytes; less where the code says that it takes no more. */
    protected int longest() {
        return STRETCHED;
    }

    /** How many mutations the build looks at; less where each of them costs a signature. */
    protected int mutations() {
        return MUTATIONS;
    }

    protected static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text of an input for a parser of texts; what is not UTF-8 is read as Latin-1, so that no input is wasted. */
    protected static String text(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : new String(input, StandardCharsets.ISO_8859_1);
    }

    Stream<Arguments> seedArguments() {
        return seeds().stream().map(seed -> Arguments.of((Object) seed));
    }

    /** The long run: it goes on for as long as Jazzer was told to. The build leaves the tag out, the long run takes nothing else. */
    @Tag("coverage-guided")
    @MethodSource("seedArguments")
    @FuzzTest(maxDuration = "")
    void input_whateverItIs_givesTheDocumentedResult(byte[] input) throws Exception {
        check(input);
    }

    @Test
    void seed_asItIs_givesTheDocumentedResult() {
        checked(new byte[0]);
        seeds().forEach(this::checked);
    }

    @Test
    void seed_mutated_givesTheDocumentedResult() {
        Mutations mutations = new Mutations(seeds(), getClass().getSimpleName());
        for (int i = 0; i < mutations(); i++) {
            checked(mutations.next());
        }
    }

    @Test
    void seed_stretched_isAnsweredSoon() {
        for (byte[] input : Mutations.stretched(seeds(), longest())) {
            Assertions.assertTimeout(SOON, () -> checked(input));
        }
    }

    private void checked(byte[] input) {
        try {
            check(input);
        } catch (Throwable e) {
            String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN));
            String shown = text(input).substring(0, Math.min(text(input).length(), SHOWN));
            throw new AssertionError(input.length + " bytes " + hex + ": " + shown, e);
        }
    }
}

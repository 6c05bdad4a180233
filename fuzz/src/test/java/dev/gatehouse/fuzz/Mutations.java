package dev.gatehouse.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damaged seeds, the same in every run: bits and bytes changed, pieces left out, doubled, taken from another seed. */
final class Mutations {
    private static final int[] BYTES = {
        0, 1, 9, 10, 13, 32, 34, 37, 43, 44, 45, 46, 47, 48, 58, 59, 61, 92, 95, 127, 128, 192, 255
    };
    private static final int MOST_STEPS = 4;
    private static final int CUTS = 3;
    private static final int STRETCHED_SEEDS = 3;

    private final List<byte[]> seeds;
    private final SplittableRandom random;

    Mutations(List<byte[]> seeds, String name) {
        this.seeds = seeds;
        this.random = new SplittableRandom(name.hashCode());
    }

    byte[] next() {
        byte[] input = any();
        for (int i = 1 + random.nextInt(MOST_STEPS); i > 0; i--) {
            input = step(input);
        }
        return input;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] step(byte[] in) {
        int at = random.nextInt(in.length + 1);
        int to = Math.min(in.length, at + random.nextInt(1 + random.nextInt(1 + in.length)));
        return switch (random.nextInt(8)) {
            case 0 -> changed(in, at, b -> b ^ 1 << random.nextInt(Byte.SIZE));
            case 1 -> changed(in, at, b -> BYTES[random.nextInt(BYTES.length)]);
            case 2 -> changed(in, at, b -> random.nextInt(256));
            case 3 -> spliced(in, at, new byte[] {(byte) BYTES[random.nextInt(BYTES.length)]}, at);
            case 4 -> spliced(in, at, new byte[0], to);
            case 5 -> spliced(in, to, Arrays.copyOfRange(in, at, to), to);
            case 6 -> changed(in, at, b -> Character.isDigit(b) ? '0' + random.nextInt(10) : b + 1);
            default -> pieceOfAnother(in, at, to);
        };
    }

    private byte[] pieceOfAnother(byte[] in, int at, int to) {
        byte[] other = any();
        int from = random.nextInt(other.length + 1);
        return spliced(in, at, Arrays.copyOfRange(other, from, Math.min(other.length, from + to - at + 1)), to);
    }

    private static byte[] changed(byte[] in, int at, java.util.function.IntUnaryOperator change) {
        if (at < in.length) {
            in[at] = (byte) change.applyAsInt(in[at]);
        }
        return in;
    }

    /** The input with other bytes in the place of some. */
    private static byte[] spliced(byte[] in, int from, byte[] other, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length + other.length);
        out.write(in, 0, from);
        out.writeBytes(other);
        out.write(in, to, in.length - to);
        return out.toByteArray();
    }

    /** Seeds of which one piece is repeated until they have that length. */
    static List<byte[]> stretched(List<byte[]> seeds, int length) {
        List<byte[]> all = new ArrayList<>();
        for (byte[] seed : seeds.subList(0, Math.min(seeds.size(), STRETCHED_SEEDS))) {
            for (int cut = 0; cut < CUTS; cut++) {
                int from = seed.length * cut / CUTS;
                for (int size : new int[] {1, 2, seed.length / CUTS}) {
                    int to = Math.min(seed.length, from + size);
                    int times = to == from ? 0 : Math.max(0, (length - seed.length) / (to - from));
                    String piece = new String(seed, from, to - from, StandardCharsets.ISO_8859_1);
                    all.add(spliced(seed, to, piece.repeat(times).getBytes(StandardCharsets.ISO_8859_1), to));
                }
            }
        }
        return all;
    }
}

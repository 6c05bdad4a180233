package dev.gatehouse.webauthn;

import com.google.common.base.Utf8;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one item of CBOR in the canonical form that authenticators write (CTAP 2.1, section 8): definite lengths in
 * their shortest form, texts in UTF-8, no tags, no key twice in a map.
 *
 * <p>It allocates nothing for what an item claims to hold, and goes no deeper than {@link Limits#DEPTH}: what passed here
 * can be given to a parser. The order of keys in a map is not looked at.
 */
final class Cbor {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;

    /** Most entries of one map; the largest that is used has about ten. */
    private static final int MAX_ENTRIES = 64;

    private static final int TAG = 6;
    private static final int NOT_WELL_FORMED = -1;
    private static final int LONG_ARGUMENT = 24;
    private static final int LAST_LONG_ARGUMENT = 27;
    private static final int FIRST_LONG_SIMPLE = 32;
    private static final int TYPE_SHIFT = 5;
    private static final int INFO_MASK = 0x1F;
    private static final int BYTE_MASK = 0xFF;

    private final byte[] in;
    private int at;
    private int type;
    private long argument;

    private Cbor(byte[] in, int from) {
        this.in = in;
        this.at = from;
    }

    /** Where the item that starts at an offset ends, or -1 if there is no well-formed one. */
    static int end(byte[] in, int from) {
        Cbor cursor = new Cbor(in, from);
        return cursor.skip(0) ? cursor.at : NOT_WELL_FORMED;
    }

    /** Whether the bytes are one item and nothing else. */
    static boolean isOneItem(byte[] in) {
        return end(in, 0) == in.length;
    }

    /** The type of the item that starts at an offset. */
    static int typeAt(byte[] in, int from) {
        return (in[from] & BYTE_MASK) >> TYPE_SHIFT;
    }

    /** The integer at an offset, which is known to be well-formed; null if it is none, or does not fit. */
    static @Nullable Long integer(byte[] in, int from) {
        Cbor cursor = new Cbor(in, from);
        if (!cursor.head() || cursor.type > NEGATIVE || cursor.argument < 0) {
            return null;
        }
        return cursor.type == NEGATIVE ? -1 - cursor.argument : cursor.argument;
    }

    /** The contents of the byte or text string at an offset, which is known to be well-formed. */
    static byte[] contents(byte[] in, int from) {
        Cbor cursor = new Cbor(in, from);
        cursor.head();
        byte[] contents = new byte[(int) cursor.argument];
        System.arraycopy(in, cursor.at, contents, 0, contents.length);
        return contents;
    }

    /** One entry of a map: offsets of its key, of its value, and of the end. */
    record Entry(int key, int value, int end) {}

    /** The entries of the map at an offset, or null if there is no well-formed map. */
    static @Nullable List<Entry> entries(byte[] in, int from) {
        if (from >= in.length || typeAt(in, from) != MAP || end(in, from) < 0) {
            return null;
        }
        Cbor cursor = new Cbor(in, from);
        cursor.head();
        int count = (int) cursor.argument;
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int key = cursor.at;
            int value = end(in, key);
            cursor.at = end(in, value);
            entries.add(new Entry(key, value, cursor.at));
        }
        return entries;
    }

    private boolean skip(int depth) {
        if (depth > Limits.DEPTH || !head()) {
            return false;
        }
        return switch (type) {
            case UNSIGNED, NEGATIVE -> true;
            case BYTES -> skipBytes();
            case TEXT -> skipText();
            case ARRAY -> skipArray(depth);
            case MAP -> skipMap(depth);
            default -> type != TAG;
        };
    }

    /** Reads type and argument; false if they are cut off, not in the shortest form, or of indefinite length. */
    private boolean head() {
        if (at >= in.length) {
            return false;
        }
        int first = in[at++] & BYTE_MASK;
        type = first >> TYPE_SHIFT;
        int info = first & INFO_MASK;
        argument = info;
        if (info < LONG_ARGUMENT) {
            return true;
        }
        if (info > LAST_LONG_ARGUMENT) {
            return false;
        }
        int bytes = 1 << (info - LONG_ARGUMENT);
        if (bytes > in.length - at) {
            return false;
        }
        argument = 0;
        for (int i = 0; i < bytes; i++) {
            argument = argument << 8 | (in[at++] & BYTE_MASK);
        }
        // A simple value below 32 has one byte (RFC 8949, 3.3); fractions have the length that they have.
        return type > MAP ? bytes > 1 || argument >= FIRST_LONG_SIMPLE : isShortest(bytes);
    }

    private boolean isShortest(int bytes) {
        return switch (bytes) {
            case 1 -> argument >= LONG_ARGUMENT;
            case 2 -> argument > 0xFF;
            case 4 -> argument > 0xFFFF;
            // As an unsigned number: whatever has the top bit set is large.
            default -> argument < 0 || argument > 0xFFFF_FFFFL;
        };
    }

    private boolean skipBytes() {
        if (argument < 0 || argument > in.length - at) {
            return false;
        }
        at += (int) argument;
        return true;
    }

    private boolean skipText() {
        int from = at;
        return skipBytes() && Utf8.isWellFormed(in, from, at - from);
    }

    private boolean skipArray(int depth) {
        // Each element has a byte at least.
        if (argument < 0 || argument > in.length - at) {
            return false;
        }
        for (long left = argument; left > 0; left--) {
            if (!skip(depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean skipMap(int depth) {
        if (argument < 0 || argument > MAX_ENTRIES) {
            return false;
        }
        int count = (int) argument;
        Set<ByteBuffer> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int key = at;
            if (!skip(depth + 1) || !keys.add(ByteBuffer.wrap(in, key, at - key)) || !skip(depth + 1)) {
                return false;
            }
        }
        return true;
    }
}

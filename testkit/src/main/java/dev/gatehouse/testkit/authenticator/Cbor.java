package dev.gatehouse.testkit.authenticator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the few forms of CBOR (RFC 8949) that an authenticator writes, each in its shortest encoding; not thread-safe. */
final class Cbor {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int MAP = 5;
    private static final int TYPE_SHIFT = 5;
    private static final int ONE_BYTE_FOLLOWS = 24;
    private static final int TWO_BYTES_FOLLOW = 25;
    private static final int FOUR_BYTES_FOLLOW = 26;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The head of a map; so many keys with their values have to follow, sorted by the caller. */
    Cbor map(int entries) {
        return head(MAP, entries);
    }

    Cbor integer(int value) {
        return value < 0 ? head(NEGATIVE, -1 - value) : head(UNSIGNED, value);
    }

    Cbor bytes(byte[] value) {
        head(BYTES, value.length);
        out.writeBytes(value);
        return this;
    }

    Cbor text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(TEXT, utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    private Cbor head(int type, int value) {
        int major = type << TYPE_SHIFT;
        if (value < ONE_BYTE_FOLLOWS) {
            out.write(major | value);
        } else if (value <= 0xff) {
            out.write(major | ONE_BYTE_FOLLOWS);
            out.write(value);
        } else if (value <= 0xffff) {
            out.write(major | TWO_BYTES_FOLLOW);
            out.writeBytes(
                    ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
        } else {
            out.write(major | FOUR_BYTES_FOLLOW);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        }
        return this;
    }
}

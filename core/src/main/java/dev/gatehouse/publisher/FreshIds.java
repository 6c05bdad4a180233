package dev.gatehouse.publisher;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** Random ids in the form of UUIDs of version 4. */
final class FreshIds {
    private FreshIds() {}

    static String next(SecureRandom random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        bits[6] = (byte) ((bits[6] & 0x0f) | 0x40);
        bits[8] = (byte) ((bits[8] & 0x3f) | 0x80);
        ByteBuffer halves = ByteBuffer.wrap(bits);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }
}

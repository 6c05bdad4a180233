package dev.gatehouse.token;

import dev.gatehouse.internal.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text around a macaroon: a prefix, a hyphen, base64url. */
final class TokenFormat {
    /** Longest token in characters; one of 200 caveats and 12 KiB fits twice. */
    static final int MAX_TOKEN = 32_768;

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_]{1,32}");

    private TokenFormat() {}

    static String checkPrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix: 1 to 32 letters, digits or '_'");
        }
        return prefix;
    }

    /** The macaroon in a token of this prefix, or null if malformed. */
    static @Nullable Macaroon parse(String token, String prefix) {
        int start = prefix.length();
        if (token.length() > MAX_TOKEN
                || token.length() <= start
                || !token.startsWith(prefix)
                || token.charAt(start) != '-') {
            return null;
        }
        byte[] raw = Base64Url.decode(token, start + 1);
        return raw == null ? null : Macaroon.parse(raw);
    }

    /** The prefix of a token of whatever issuer, up to its first hyphen, or null if there is none. */
    static @Nullable String prefixOf(String token) {
        String prefix = token.substring(0, Math.max(0, token.indexOf('-')));
        return PREFIX.matcher(prefix).matches() ? prefix : null;
    }

    static String write(String prefix, byte[] macaroon) {
        return prefix + '-' + Base64Url.encode(macaroon);
    }

    /** A random id in the form of a UUID of version 4. */
    static String freshId(SecureRandom random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        bits[6] = (byte) ((bits[6] & 0x0f) | 0x40);
        bits[8] = (byte) ((bits[8] & 0x3f) | 0x80);
        ByteBuffer halves = ByteBuffer.wrap(bits);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }

    /**
     * The bytes of a location.
     *
     * @throws IllegalArgumentException if it is not 1 to 255 visible ASCII characters
     */
    static byte[] checkLocation(String location) {
        if (!location.matches("[\\x21-\\x7e]{1," + Macaroon.MAX_LOCATION + "}")) {
            throw new IllegalArgumentException("location: 1 to " + Macaroon.MAX_LOCATION + " visible ASCII characters");
        }
        return location.getBytes(StandardCharsets.US_ASCII);
    }
}

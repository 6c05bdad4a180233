package dev.gatehouse.token;

import dev.gatehouse.internal.Base64Url;
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
}

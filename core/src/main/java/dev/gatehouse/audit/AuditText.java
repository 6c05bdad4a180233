package dev.gatehouse.audit;

import java.util.regex.Pattern;

/** Makes a text fit for every store: bounded, valid Unicode, no NUL, and nothing in it that looks like a credential. */
final class AuditText {
    /** The constant beginning of a version 2 macaroon in base64, with the rest of it; or three segments of a JWT. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("AgE[A-Za-z0-9_+/-]{40,}={0,2}|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private AuditText() {}

    static String clean(String text, int limit) {
        // Cut twice: first so that no pattern runs over more than it must, then because a replacement may be longer.
        String bounded = cut(text, 4 * limit);
        String spared = CREDENTIAL.matcher(bounded).replaceAll("[credential]");
        return cut(valid(spared), limit);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + "\u2026";
    }

    /** NUL is refused by some databases, lone surrogates are changed by some: both would break a chain of hashes. */
    private static String valid(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}

package dev.gatehouse.totp;

import com.google.common.base.CharMatcher;

/** Unicode's White_Space, which apps, mails and clipboards put into codes and secrets. */
final class WhiteSpace {
    /** Guava's set is that of Unicode; the no-break spaces and the line separators are in it, zero-width characters are not. */
    private static final CharMatcher WHITE_SPACE = CharMatcher.whitespace();

    private WhiteSpace() {}

    static String removedFrom(String text) {
        return WHITE_SPACE.removeFrom(text);
    }
}

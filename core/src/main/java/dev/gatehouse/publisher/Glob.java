package dev.gatehouse.publisher;

import java.util.Optional;

/**
 * A pattern of a ref's name: {@code *} stands for any characters, also none and also slashes; everything else for itself.
 *
 * <p>Each star is tried where the one before stopped, and only the last is moved on, so that the work is at most the product of
 * both lengths; patterns are short.
 */
final class Glob {
    static final int MAX_LENGTH = 100;

    private Glob() {}

    static boolean matches(String pattern, CharSequence text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** What is wrong with a pattern; empty if nothing is. */
    static Optional<String> problem(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c <= ' ' || c >= 127 || "~^:?[\\".indexOf(c) >= 0) {
                return Optional.of("Ref pattern must be the name of a branch or tag; * stands for any characters");
            }
        }
        return pattern.startsWith("refs/")
                ? Optional.of("Ref pattern must not begin with refs/: it is the name of the branch or tag alone")
                : Optional.empty();
    }
}

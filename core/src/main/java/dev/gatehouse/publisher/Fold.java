package dev.gatehouse.publisher;

/**
 * Case that does not matter, without a locale and character by character, so that lengths stay and work is linear.
 *
 * <p>A letter beyond ASCII never becomes one within: the Kelvin sign is no {@code k}, the dotted capital I no {@code i}.
 */
final class Fold {
    private Fold() {}

    static char lower(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        char lower = Character.toLowerCase(c);
        return lower < 128 ? c : lower;
    }

    static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(lower(text.charAt(i)));
        }
        return out.toString();
    }

    static boolean equal(CharSequence a, CharSequence b, boolean ignoringCase) {
        return a.length() == b.length() && startsWith(a, 0, b, ignoringCase);
    }

    /** Whether the text continues with the part at this place. */
    static boolean startsWith(CharSequence text, int at, CharSequence part, boolean ignoringCase) {
        if (text.length() - at < part.length()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char x = text.charAt(at + i);
            char y = part.charAt(i);
            if (x != y && !(ignoringCase && lower(x) == lower(y))) {
                return false;
            }
        }
        return true;
    }
}

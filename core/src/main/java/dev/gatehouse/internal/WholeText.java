package dev.gatehouse.internal;

/** Tells texts of whole characters from those with lone surrogates, which JSON can write and UTF-8 cannot. */
public final class WholeText {
    private WholeText() {}

    /** Whether every surrogate in it is one of a pair. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}

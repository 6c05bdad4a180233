package dev.gatehouse.token;

/** Spellings of project names. */
final class ProjectNames {
    private ProjectNames() {}

    /**
     * The name with each run of hyphens, underscores and full stops as one hyphen, in lower case (PEP 503). Letters beyond
     * ASCII stay as they are: some of them have an ASCII letter as their lower case, and no name may become another's that way.
     */
    static String pep503(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isUpper(c) || c == '_' || c == '.' || (c == '-' && i > 0 && name.charAt(i - 1) == '-')) {
                return rewrite(name);
            }
        }
        return name;
    }

    private static String rewrite(String name) {
        StringBuilder out = new StringBuilder(name.length());
        boolean separated = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean separator = c == '-' || c == '_' || c == '.';
            if (!separator) {
                out.append(isUpper(c) ? (char) (c + ('a' - 'A')) : c);
            } else if (!separated) {
                out.append('-');
            }
            separated = separator;
        }
        return out.toString();
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}

package dev.gatehouse.policy.document;

import dev.gatehouse.policy.document.Tree.NotToml;

/**
 * Looks at a text before the parser does, which recurses for every bracket and trusts that characters are whole.
 *
 * <p>Knows strings and comments, and nothing else of TOML.
 */
final class Brackets {
    private final Tree tree;
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    Brackets(Tree tree, String text) {
        this.tree = tree;
        this.text = text;
    }

    void check() throws NotToml {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '#' -> comment();
                case '"', '\'' -> string(c);
                case '[', '{' -> {
                    depth++;
                    if (depth > Tree.DEEPEST) {
                        throw here("nested deeper than " + Tree.DEEPEST + " levels");
                    }
                    at++;
                }
                case ']', '}' -> {
                    depth = Math.max(0, depth - 1);
                    at++;
                }
                default -> step();
            }
        }
    }

    private void comment() throws NotToml {
        while (at < text.length() && text.charAt(at) != '\n') {
            step();
        }
    }

    private void string(char quote) throws NotToml {
        String three = String.valueOf(quote).repeat(3);
        boolean lines = text.startsWith(three, at);
        at += lines ? 3 : 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && quote == '"' && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
                unicode();
                step();
                step();
            } else if (lines ? text.startsWith(three, at) : c == quote) {
                at += lines ? 3 : 1;
                // Up to two quotes may stand right before the three that end the string.
                while (lines && at < text.length() && text.charAt(at) == quote) {
                    at++;
                }
                return;
            } else if (!lines && c == '\n') {
                return;
            } else {
                step();
            }
        }
    }

    /** The parser asserts that an escaped character has all its digits, where assertions are on. */
    private void unicode() throws NotToml {
        int digits = text.charAt(at + 1) == 'u' ? 4 : text.charAt(at + 1) == 'U' ? 8 : 0;
        for (int i = at + 2; i < at + 2 + digits; i++) {
            if (i >= text.length() || "0123456789abcdefABCDEF".indexOf(text.charAt(i)) < 0) {
                throw here("Invalid unicode escape sequence");
            }
        }
    }

    private void step() throws NotToml {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            if (at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))) {
                throw here("half of a character");
            }
            at++;
        } else if (Character.isLowSurrogate(c)) {
            throw here("half of a character");
        } else if (c == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private NotToml here(String what) {
        return tree.refuse(what, line, text.codePointCount(lineStart, at) + 1);
    }
}

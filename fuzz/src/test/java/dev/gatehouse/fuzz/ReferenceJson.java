package dev.gatehouse.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A second reader of JSON, by the letters of RFC 8259 and nothing else, to hold the others against: texts, lists, maps, numbers as they
 * are written, truth values, null. A name that stands twice in an object is refused.
 */
public final class ReferenceJson {
    /** The answer to what is no JSON text. */
    public static final Object NONE = new Object();

    /** A number as it is written. */
    public record Numeral(String text) {}

    private static final class NoJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoJson() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private int at;
    private int depth;
    private int deepest;

    private ReferenceJson(String text) {
        this.text = text;
    }

    /** A value and how deeply it is nested; {@link #NONE} if it is none. */
    public record Read(Object value, int depth) {
        public boolean isJson() {
            return value != NONE;
        }
    }

    /** The value of bytes in UTF-8. */
    public static Read of(byte[] bytes) {
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new Read(NONE, 0);
        }
    }

    /** The value of a text. */
    public static Read of(String text) {
        ReferenceJson reader = new ReferenceJson(text);
        try {
            Object value = reader.value();
            reader.space();
            return new Read(reader.at == text.length() ? value : NONE, reader.deepest);
        } catch (NoJson e) {
            return new Read(NONE, 0);
        }
    }

    private Object value() {
        space();
        char c = peek();
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw new NoJson();
        }
        at += word.length();
        return value;
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        enter();
        if (!skip('}')) {
            do {
                space();
                String name = string();
                space();
                need(':');
                if (members.containsKey(name)) {
                    throw new NoJson();
                }
                members.put(name, value());
                space();
            } while (skip(','));
            need('}');
        }
        depth--;
        return members;
    }

    private List<Object> array() {
        List<Object> values = new ArrayList<>();
        enter();
        if (!skip(']')) {
            do {
                values.add(value());
                space();
            } while (skip(','));
            need(']');
        }
        depth--;
        return values;
    }

    /** Deeper than any reader here goes is as good as none, and spares the stack. */
    private void enter() {
        at++;
        deepest = Math.max(deepest, ++depth);
        if (depth > 200) {
            throw new NoJson();
        }
        space();
    }

    private String string() {
        need('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return out.toString();
            }
            if (c < ' ') {
                throw new NoJson();
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        int plain = "\"\\/".indexOf(c);
        int named = "bfnrt".indexOf(c);
        if (plain >= 0) {
            return c;
        }
        if (named >= 0) {
            return "\b\f\n\r\t".charAt(named);
        }
        if (c != 'u') {
            throw new NoJson();
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = "0123456789abcdef".indexOf(Character.toLowerCase(peek()));
            if (digit < 0 || peek() > 'f') {
                throw new NoJson();
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private Numeral number() {
        int start = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        return new Numeral(text.substring(start, at));
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw new NoJson();
        }
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new NoJson();
        }
        return text.charAt(at);
    }

    private void need(char c) {
        if (peek() != c) {
            throw new NoJson();
        }
        at++;
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}

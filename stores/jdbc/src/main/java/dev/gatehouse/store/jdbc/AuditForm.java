package dev.gatehouse.store.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The canonical form of an audit entry: attributes as text, and the hash over all columns. */
final class AuditForm {
    /** What the first entry has before it. */
    static final String GENESIS = "0".repeat(64);

    private AuditForm() {}

    /** One {@code name=value} for each line, sorted; backslash, line feed and carriage return escaped. */
    static String text(SortedMap<String, String> attributes) {
        StringBuilder text = new StringBuilder();
        attributes.forEach((name, value) -> {
            text.append(name).append('=');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '\\' -> text.append("\\\\");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    default -> text.append(c);
                }
            }
            text.append('\n');
        });
        return text.toString();
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    static Map<String, String> attributes(String text) {
        SortedMap<String, String> attributes = new TreeMap<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int equals = text.indexOf('=', start);
            if (end < 0 || equals < 0 || equals > end) {
                throw new IllegalArgumentException("attributes: not name=value");
            }
            attributes.put(text.substring(start, equals), unescaped(text.substring(equals + 1, end)));
            start = end + 1;
        }
        // Names in another order or twice, line ends that are not escaped: another text would say the same.
        if (!text(attributes).equals(text)) {
            throw new IllegalArgumentException("attributes: not in their one form");
        }
        return attributes;
    }

    private static String unescaped(String text) {
        StringBuilder value = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\') {
                value.append(c);
                i++;
                continue;
            }
            char escaped = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            switch (escaped) {
                case '\\' -> value.append('\\');
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                default -> throw new IllegalArgumentException("attributes: an unknown escape");
            }
            i += 2;
        }
        return value.toString();
    }

    /** SHA-256 of the previous hash and every column, each behind its length, a missing one as length -1; in hex. */
    static String hash(String previous, AuditRow row) {
        MessageDigest digest = sha256();
        add(digest, previous);
        add(digest, Long.toString(row.number()));
        add(digest, Row.decimal(row.at()).toPlainString());
        add(digest, row.tag());
        add(digest, row.account());
        add(digest, row.subject());
        add(digest, row.actor());
        add(digest, row.address());
        add(digest, row.attributes());
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? -1 : bytes.length)
                .array());
        digest.update(bytes);
    }
}

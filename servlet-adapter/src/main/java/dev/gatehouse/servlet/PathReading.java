package dev.gatehouse.servlet;

import dev.gatehouse.servlet.RawPath.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One raw path, without parameters, decoded and with its dot segments resolved; or what is wrong with it.
 *
 * @param path what it says if nothing is wrong
 * @param fault what is wrong with it
 */
record PathReading(String path, @Nullable Fault fault) {

    static PathReading of(String uri) {
        if (uri.isEmpty() || uri.charAt(0) != '/') {
            return refused(Fault.NOT_ABSOLUTE);
        }
        Fault character = characterFault(uri);
        if (character != null) {
            return refused(character);
        }
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (start <= uri.length()) {
            int end = uri.indexOf('/', start);
            boolean last = end < 0;
            if (last) {
                end = uri.length();
            }
            Fault fault = take(segments, uri.substring(start, end), last);
            if (fault != null) {
                return refused(fault);
            }
            start = end + 1;
        }
        return new PathReading("/" + String.join("/", segments), null);
    }

    private static PathReading refused(Fault fault) {
        return new PathReading("", fault);
    }

    /** Adds what one raw segment means. A dot segment at the end leaves the path as it was, without a trailing slash. */
    private static @Nullable Fault take(List<String> segments, String raw, boolean last) {
        int parameter = raw.indexOf(';');
        String name = parameter < 0 ? raw : raw.substring(0, parameter);
        String decoded = decode(name);
        if (decoded == null || (parameter >= 0 && decode(raw.substring(parameter)) == null)) {
            return Fault.MALFORMED;
        }
        boolean dots = decoded.equals(".") || decoded.equals("..");
        if (dots && !decoded.equals(name)) {
            return Fault.ENCODED_DOTS;
        }
        if (dots && parameter >= 0) {
            return Fault.DOTS_WITH_PARAMETER;
        }
        if (decoded.isEmpty() && !last) {
            return parameter >= 0 ? Fault.EMPTY_WITH_PARAMETER : Fault.EMPTY_SEGMENT;
        }
        if (decoded.equals("..")) {
            if (segments.isEmpty()) {
                return Fault.ABOVE_ROOT;
            }
            segments.remove(segments.size() - 1);
        } else if (!dots) {
            segments.add(decoded);
        }
        return null;
    }

    private static @Nullable Fault characterFault(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return Fault.CONTROL;
            }
            if (c == '\\') {
                return Fault.BACKSLASH;
            }
            if (c == '#') {
                return Fault.FRAGMENT;
            }
            if (c == ' ' || c == '?' || c > 0x7f) {
                return Fault.MALFORMED;
            }
            if (c == '%') {
                int octet = octet(uri, i);
                if (octet < 0) {
                    return Fault.MALFORMED;
                }
                if (octet < ' ' || octet == 0x7f) {
                    return Fault.CONTROL;
                }
                if (octet == '/') {
                    return Fault.ENCODED_SLASH;
                }
                if (octet == '\\') {
                    return Fault.BACKSLASH;
                }
            }
        }
        return null;
    }

    private static int octet(String text, int percent) {
        if (percent + 2 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(percent + 1));
        int low = hex(text.charAt(percent + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** Only ASCII: {@link Character#digit} would also take the digits of other scripts. */
    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static @Nullable String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        if (isAscii(raw)) {
            StringBuilder text = new StringBuilder(raw.length());
            for (int i = 0; i < raw.length(); i++) {
                char c = raw.charAt(i);
                text.append(c == '%' ? (char) octet(raw, i) : c);
                i += c == '%' ? 2 : 0;
            }
            return text.toString();
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put((byte) octet(raw, i));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isAscii(String raw) {
        for (int i = raw.indexOf('%'); i >= 0; i = raw.indexOf('%', i + 3)) {
            if (octet(raw, i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}

package dev.gatehouse.servlet;

import dev.gatehouse.servlet.RawPath.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        StringBuilder path = new StringBuilder(uri.length());
        int start = 1;
        while (start <= uri.length()) {
            int end = uri.indexOf('/', start);
            boolean last = end < 0;
            if (last) {
                end = uri.length();
            }
            Fault fault = take(path, uri.substring(start, end), last);
            if (fault != null) {
                return refused(fault);
            }
            start = end + 1;
        }
        return new PathReading(path.isEmpty() ? "/" : path.toString(), null);
    }

    private static PathReading refused(Fault fault) {
        return new PathReading("", fault);
    }

    /** Adds what one raw segment means. A dot segment at the end leaves the path as it was, without a trailing slash. */
    private static @Nullable Fault take(StringBuilder path, String raw, boolean last) {
        int parameter = raw.indexOf(';');
        String name = parameter < 0 ? raw : raw.substring(0, parameter);
        String decoded = decode(name);
        if (decoded == null
                || (parameter >= 0 && raw.indexOf('%', parameter) >= 0 && decode(raw.substring(parameter)) == null)) {
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
            if (path.isEmpty()) {
                return Fault.ABOVE_ROOT;
            }
            path.setLength(path.lastIndexOf("/"));
        } else if (!dots) {
            path.append('/').append(decoded);
        }
        return null;
    }

    private static @Nullable Fault characterFault(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == ';' || RawPath.isPlain(c)) {
                continue;
            }
            Fault fault = c == '%' ? octetFault(octet(uri, i)) : fault(c);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static Fault fault(char c) {
        return switch (c) {
            case '\\' -> Fault.BACKSLASH;
            case '#' -> Fault.FRAGMENT;
            default -> c < ' ' || c == 0x7f ? Fault.CONTROL : Fault.MALFORMED;
        };
    }

    private static @Nullable Fault octetFault(int octet) {
        return switch (octet) {
            case -1 -> Fault.MALFORMED;
            case '/' -> Fault.ENCODED_SLASH;
            case '\\' -> Fault.BACKSLASH;
            default -> octet < ' ' || octet == 0x7f ? Fault.CONTROL : null;
        };
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
        byte[] octets = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            octets[length++] = (byte) (c == '%' ? octet(raw, i) : c);
            i += c == '%' ? 2 : 0;
        }
        String text = new String(octets, 0, length, StandardCharsets.UTF_8);
        boolean replaced = text.indexOf('\ufffd') >= 0;
        return replaced && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(octets, length))
                ? null
                : text;
    }
}

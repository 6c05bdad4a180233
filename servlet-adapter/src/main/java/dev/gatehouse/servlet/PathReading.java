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
        Octets path = new Octets(uri);
        int start = 1;
        while (start <= uri.length()) {
            int end = uri.indexOf('/', start);
            boolean last = end < 0;
            if (last) {
                end = uri.length();
            }
            Fault fault = path.take(start, end, last);
            if (fault != null) {
                return refused(fault);
            }
            start = end + 1;
        }
        return new PathReading(path.length == 0 ? "/" : path.text(0), null);
    }

    private static PathReading refused(Fault fault) {
        return new PathReading("", fault);
    }

    /** What the segments read so far mean, as octets, which are never more than the characters they are written with. */
    private static final class Octets {
        private final String uri;
        private final byte[] octets;
        private int length;

        Octets(String uri) {
            this.uri = uri;
            this.octets = new byte[uri.length()];
        }

        /** Adds what one raw segment means. A dot segment at the end leaves the path as it was, without a trailing slash. */
        @Nullable
        Fault take(int start, int end, boolean last) {
            int nameEnd = nameEnd(start, end);
            boolean parameter = nameEnd < end;
            int before = length;
            octets[length++] = '/';
            boolean text = decode(start, nameEnd);
            int size = length - before - 1;
            text &= decode(nameEnd, end);
            length = before + 1 + size;
            if (!text) {
                return Fault.MALFORMED;
            }
            boolean dots = size == 1 ? octets[length - 1] == '.' : size == 2 && endsWithDots();
            if (dots && size < nameEnd - start) {
                return Fault.ENCODED_DOTS;
            }
            if (dots && parameter) {
                return Fault.DOTS_WITH_PARAMETER;
            }
            if (size == 0 && !last) {
                return parameter ? Fault.EMPTY_WITH_PARAMETER : Fault.EMPTY_SEGMENT;
            }
            if (dots) {
                if (size == 2 && before == 0) {
                    return Fault.ABOVE_ROOT;
                }
                length = size == 2 ? lastSlash(before) : before;
            }
            return null;
        }

        private int nameEnd(int start, int end) {
            int place = start;
            while (place < end && uri.charAt(place) != ';') {
                place++;
            }
            return place;
        }

        private boolean endsWithDots() {
            return octets[length - 1] == '.' && octets[length - 2] == '.';
        }

        /** Where the last segment begins; a decoded slash has been refused. */
        private int lastSlash(int end) {
            int place = end - 1;
            while (octets[place] != '/') {
                place--;
            }
            return place;
        }

        /** Adds what these characters mean; whether it is text. */
        private boolean decode(int start, int end) {
            int before = length;
            boolean ascii = true;
            for (int i = start; i < end; i++) {
                char c = uri.charAt(i);
                octets[length] = (byte) (c == '%' ? octet(uri, i) : c);
                ascii &= octets[length++] >= 0;
                i += c == '%' ? 2 : 0;
            }
            return ascii || isText(before);
        }

        private boolean isText(int from) {
            String text = text(from);
            return text.indexOf('\ufffd') < 0
                    || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(octets, from, length));
        }

        String text(int from) {
            return new String(octets, from, length - from, StandardCharsets.UTF_8);
        }
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
}

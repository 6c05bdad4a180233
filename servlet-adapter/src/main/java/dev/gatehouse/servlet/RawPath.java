package dev.gatehouse.servlet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request as sent, read the way Jakarta Servlet 6 section 3.5.2 reads it.
 *
 * <p>The filter decides on what the container decoded. This class finds the requests whose raw path two readers could take
 * for different things, and those where the container's reading is not the specification's.
 */
final class RawPath {
    /** Why a raw path is refused; the text is told to the client. */
    enum Fault {
        NOT_ABSOLUTE("the path does not begin with /"),
        CONTROL("control character in the path"),
        FRAGMENT("fragment in the request target"),
        BACKSLASH("backslash in the path"),
        ENCODED_SLASH("encoded slash in the path"),
        ENCODED_DOTS("encoded dot segment in the path"),
        DOTS_WITH_PARAMETER("dot segment with a parameter in the path"),
        EMPTY_WITH_PARAMETER("empty segment with a parameter in the path"),
        EMPTY_SEGMENT("empty segment in the path"),
        ABOVE_ROOT("the path leads above the root"),
        MALFORMED("malformed encoding in the path"),
        READ_DIFFERENTLY("the path can be read in two ways");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final int SPECIAL = -1;
    private static final int SLASH = 2;

    /** Of each ASCII character: 0 if it may stand anywhere, more if not behind a slash, {@link #SPECIAL} if the path is not plain. */
    private static final byte[] CHARACTERS = characters();

    private RawPath() {}

    private static byte[] characters() {
        byte[] all = new byte[0x80];
        Arrays.fill(all, 0, ' ' + 1, (byte) SPECIAL);
        for (char c : "%;\\#?\u007f".toCharArray()) {
            all[c] = SPECIAL;
        }
        all['.'] = 1;
        all['/'] = SLASH;
        return all;
    }

    /**
     * Whether the raw path holds only plain characters and no dot segment, so that decoding changes nothing; the common
     * case, without an allocation.
     */
    static boolean isPlain(String uri) {
        int length = uri.length();
        if (length == 0 || uri.charAt(0) != '/') {
            return false;
        }
        int before = 0;
        for (int i = 0; i < length; i++) {
            char c = uri.charAt(i);
            int kind = c < CHARACTERS.length ? CHARACTERS[c] : SPECIAL;
            if (kind != 0 && (kind == SPECIAL || before == SLASH)) {
                return false;
            }
            before = kind;
        }
        return true;
    }

    /** Whether the character says only itself, wherever it stands. */
    static boolean isPlain(char c) {
        return c < CHARACTERS.length && CHARACTERS[c] != SPECIAL;
    }

    /**
     * What is wrong with a raw path, or {@code null}.
     *
     * @param uri the raw request URI without the query
     * @param context the raw path of the application
     * @param path the path within the application as the container decoded it
     */
    static @Nullable Fault fault(String uri, String context, String path) {
        if (isPlain(uri)) {
            return isSame(uri, context, path) ? null : Fault.READ_DIFFERENTLY;
        }
        PathReading reading = PathReading.of(uri);
        if (reading.fault() != null) {
            return reading.fault();
        }
        if (context.isEmpty()) {
            return isSame(reading.path(), "", path) ? null : Fault.READ_DIFFERENTLY;
        }
        PathReading prefix = PathReading.of(context);
        return prefix.fault() == null && isSame(reading.path(), prefix.path(), path) ? null : Fault.READ_DIFFERENTLY;
    }

    /**
     * Whether the whole is the prefix and the path. A container may also have gone from {@code /dir/} to a welcome file in it, or
     * from {@code /app} to {@code /app/}; what it says is then what is decided.
     */
    private static boolean isSame(String whole, String prefix, String path) {
        if (prefix.isEmpty() && whole.equals(path)) {
            return true;
        }
        if (!whole.startsWith(prefix)) {
            return false;
        }
        int rest = whole.length() - prefix.length();
        if (path.length() == rest) {
            return whole.endsWith(path);
        }
        if (rest == 0) {
            return path.equals("/");
        }
        String welcome = path.substring(Math.min(rest, path.length()));
        return whole.endsWith("/")
                && path.startsWith(whole.substring(prefix.length()))
                && welcome.indexOf('/') < 0
                && !welcome.equals(".")
                && !welcome.equals("..");
    }
}

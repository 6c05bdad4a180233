package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Authorization} header says: nothing, a token, a user name with a password, or something that is refused.
 *
 * <p>RFC 9110 section 11 and RFC 7617. Schemes are compared without case: {@code Basic}, {@code Bearer} and PyPI's
 * {@code token}. A Basic user {@code __token__} carries a token; the name is compared exactly, so {@code __TOKEN__} or one with blanks is
 * refused with a word, and so is a token sent with a person's name. Blanks and line ends around a token are cut off, because CI
 * secrets often have them; a password is taken as it is. UTF-8 only. Missing base64 padding is accepted, any other deviation is not. Two credentials, in one header or
 * two, are refused. Secrets never appear in {@code toString}. Immutable and thread-safe.
 */
public sealed interface AuthorizationHeader {

    /** The longest header that is read, in characters; a macaroon with hundreds of caveats has about 16,000. */
    int MAX_LENGTH = 32_768;

    /** No credential: no header, or an empty one. */
    record Absent() implements AuthorizationHeader {}

    /**
     * A token to verify.
     *
     * @param secret the token's text
     */
    record Token(String secret) implements AuthorizationHeader {
        @Override
        public String toString() {
            return "Token[secret]";
        }
    }

    /**
     * A user name and a password.
     *
     * @param user may be empty
     * @param secret the password
     */
    record Password(String user, String secret) implements AuthorizationHeader {
        @Override
        public String toString() {
            return "Password[user and secret]";
        }
    }

    /**
     * A header that is refused.
     *
     * @param problem why
     */
    record Malformed(Problem problem) implements AuthorizationHeader {}

    /** Why a header is refused, with the status of the answer. */
    enum Problem {
        UNSUPPORTED_SCHEME(401, "the authentication scheme is not supported; use Basic or Bearer"),
        NO_CREDENTIALS(401, "the Authorization header has no credentials"),
        NOT_BASE64(401, "the Basic credentials are not base64"),
        NOT_UTF8(401, "the Basic credentials are not UTF-8"),
        NO_COLON(401, "the Basic credentials have no colon"),
        CONTROL_CHARACTER(401, "the credentials have a control character"),
        TOKEN_USER_MISSPELT(401, "the user name of a token is exactly __token__"),
        TOKEN_WITH_USER_NAME(401, "a token is sent with the user name __token__"),
        SEVERAL_CREDENTIALS(400, "more than one credential"),
        TOO_LONG(431, "the Authorization header is too long");

        private final int status;
        private final String text;

        Problem(int status, String text) {
            this.status = status;
            this.text = text;
        }

        /** The status of the answer: 400, 401 or 431. */
        public int status() {
            return status;
        }

        /** What the client is told. */
        public String text() {
            return text;
        }
    }

    /** The credential of a request; two header lines are refused. */
    static AuthorizationHeader of(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders("Authorization");
        if (lines == null || !lines.hasMoreElements()) {
            return parse(null);
        }
        String line = lines.nextElement();
        return lines.hasMoreElements() ? new Malformed(Problem.SEVERAL_CREDENTIALS) : parse(line);
    }

    /** Reads the value of one header line. */
    static AuthorizationHeader parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new Absent();
        }
        if (header.length() > MAX_LENGTH) {
            return new Malformed(Problem.TOO_LONG);
        }
        String value = header.strip();
        int space = value.indexOf(' ');
        int end = space < 0 ? value.length() : space;
        int from = end;
        while (from < value.length() && Character.isWhitespace(value.charAt(from))) {
            from++;
        }
        String credentials = value.substring(from);
        boolean basic = isScheme(value, end, "basic");
        if (!basic && !isScheme(value, end, "bearer") && !isScheme(value, end, "token")) {
            return new Malformed(Problem.UNSUPPORTED_SCHEME);
        }
        if (credentials.isEmpty()) {
            return new Malformed(Problem.NO_CREDENTIALS);
        }
        if (credentials.indexOf(',') >= 0 || credentials.indexOf(' ') >= 0) {
            return new Malformed(Problem.SEVERAL_CREDENTIALS);
        }
        return basic ? basic(credentials) : token(credentials);
    }

    private static boolean isScheme(String value, int end, String scheme) {
        return end == scheme.length() && value.regionMatches(true, 0, scheme, 0, end);
    }

    private static AuthorizationHeader basic(String credentials) {
        byte[] sent = credentials.getBytes(StandardCharsets.ISO_8859_1);
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(sent);
        } catch (IllegalArgumentException e) {
            return new Malformed(Problem.NOT_BASE64);
        }
        // The decoder ignores the unused bits of the last character: one credential would have several texts.
        byte[] canonical = Base64.getEncoder().withoutPadding().encode(octets);
        int differs = Arrays.mismatch(canonical, sent);
        if (differs >= 0 && differs < canonical.length) {
            return new Malformed(Problem.NOT_BASE64);
        }
        String text = new String(octets, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), octets)) {
            return new Malformed(Problem.NOT_UTF8);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Malformed(Problem.NO_COLON);
        }
        String user = text.substring(0, colon);
        String secret = text.substring(colon + 1);
        if (user.equals("__token__")) {
            return token(secret.strip());
        }
        if (user.strip().equalsIgnoreCase("__token__")) {
            return new Malformed(Problem.TOKEN_USER_MISSPELT);
        }
        if (secret.strip().startsWith("pypi-")) {
            return new Malformed(Problem.TOKEN_WITH_USER_NAME);
        }
        return hasControl(text) ? new Malformed(Problem.CONTROL_CHARACTER) : new Password(user, secret);
    }

    private static AuthorizationHeader token(String secret) {
        if (secret.isEmpty()) {
            return new Malformed(Problem.NO_CREDENTIALS);
        }
        return hasControl(secret) ? new Malformed(Problem.CONTROL_CHARACTER) : new Token(secret);
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return true;
            }
        }
        return false;
    }
}

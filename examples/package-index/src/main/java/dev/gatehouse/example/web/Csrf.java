package dev.gatehouse.example.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a form was sent from a page of ours: the browser says so, and a token of the session comes with it.
 *
 * <p>Before there is a session the token hangs on a cookie of the visitor, so that the server need not remember strangers.
 */
final class Csrf {
    static final String FIELD = "csrf";

    private static final int BYTES = 32;

    private final byte[] key;
    private final SecureRandom random;
    private final Set<String> origins;
    private final String cookie;
    private final boolean secure;

    /**
     * A guard.
     *
     * @param origins those of the index, such as {@code https://example.org}
     */
    Csrf(SecureRandom random, Set<String> origins, String cookie, boolean secure) {
        this.random = random;
        this.key = new byte[BYTES];
        random.nextBytes(key);
        this.origins = Set.copyOf(origins);
        this.cookie = cookie;
        this.secure = secure;
    }

    /** The token for the forms of this answer; it may set the visitor's cookie. */
    String token(HttpServletRequest request, HttpServletResponse response, Visitor visitor) {
        String inSession = visitor.csrfOrNull();
        if (inSession != null) {
            return inSession;
        }
        String nonce = nonce(request);
        if (nonce == null) {
            nonce = random(random);
            Cookie made = new Cookie(cookie, nonce);
            made.setPath("/");
            made.setHttpOnly(true);
            made.setSecure(secure);
            made.setAttribute("SameSite", "Lax");
            response.addCookie(made);
        }
        return mac(nonce);
    }

    /** Whether the request comes from a page of ours. */
    boolean isGenuine(HttpServletRequest request, Visitor visitor) {
        if (!isSameOrigin(request)) {
            return false;
        }
        String expected = visitor.csrfOrNull();
        if (expected == null) {
            String nonce = nonce(request);
            if (nonce == null) {
                return false;
            }
            expected = mac(nonce);
        }
        String given = request.getParameter(FIELD);
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isSameOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader("Origin");
        return origin != null && origins.contains(origin);
    }

    private @Nullable String nonce(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie each : cookies) {
                if (each.getName().equals(cookie) && each.getValue().length() == 43) {
                    return each.getValue();
                }
            }
        }
        return null;
    }

    private String mac(String nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(nonce.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

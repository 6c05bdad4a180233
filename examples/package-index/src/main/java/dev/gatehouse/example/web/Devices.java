package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.KnownDevices;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The cookie by which a browser is known in which somebody has proven themselves before. */
final class Devices {
    private static final int KEY_LENGTH = 43;

    private final KnownDevices known;
    private final String cookie;
    private final boolean secure;

    Devices(KnownDevices known, String cookie, boolean secure) {
        this.known = known;
        this.cookie = cookie;
        this.secure = secure;
    }

    boolean isKnown(Visit visit, Account account) {
        String key = key(visit.request());
        return key != null && known.isKnown(account.id(), key, visit.now());
    }

    /** Remembers this browser for the account, if it is not known yet. */
    void remember(Visit visit, Account account) {
        if (isKnown(visit, account)) {
            return;
        }
        Cookie made = new Cookie(cookie, known.remember(account.id(), visit.now()));
        made.setPath("/");
        made.setHttpOnly(true);
        made.setSecure(secure);
        made.setAttribute("SameSite", "Lax");
        made.setMaxAge((int) KnownDevices.LIFETIME.toSeconds());
        visit.response().addCookie(made);
    }

    private @Nullable String key(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie each : cookies) {
                if (each.getName().equals(cookie) && each.getValue().length() == KEY_LENGTH) {
                    return each.getValue();
                }
            }
        }
        return null;
    }
}

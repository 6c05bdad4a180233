package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.signin.KnownDevice;
import dev.gatehouse.signin.KnownDevices;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Optional;

/** The cookie by which a browser is known in which somebody has proven themselves before. Thread-safe. */
final class Devices {
    private final KnownDevices known;
    private final String cookie;
    private final boolean secure;

    Devices(KnownDevices known, String cookie, boolean secure) {
        this.known = known;
        this.cookie = cookie;
        this.secure = secure;
    }

    /** What the browser has sent, whatever it is. */
    Optional<String> cookie(Visit visit) {
        Cookie[] cookies = visit.request().getCookies();
        if (cookies != null) {
            for (Cookie each : cookies) {
                if (each.getName().equals(cookie)) {
                    return Optional.of(each.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** The device that this browser is of the account, if it is known. */
    Optional<KnownDevice> of(Visit visit, Account account) {
        return cookie(visit).flatMap(value -> known.recognise(account.id(), value));
    }

    /** Remembers this browser for the account, if it is not known yet. */
    void remember(Visit visit, Account account) {
        if (of(visit, account).isPresent()) {
            return;
        }
        KnownDevices.Remembered remembered =
                known.remember(account.id(), KnownDevice.Trust.KNOWN, label(visit), visit.network());
        Cookie made = new Cookie(cookie, remembered.cookie());
        made.setPath("/");
        made.setHttpOnly(true);
        made.setSecure(secure);
        made.setAttribute("SameSite", "Lax");
        made.setMaxAge(
                (int) Duration.between(visit.now(), remembered.device().until()).toSeconds());
        visit.response().addCookie(made);
    }

    /** What its owner recognises it by: browser and system, as far as the browser says. */
    private static String label(Visit visit) {
        String agent = visit.request().getHeader("User-Agent");
        if (agent == null) {
            return "Unknown browser";
        }
        String browser = first(
                agent, "Unknown browser", "Edg", "Edge", "Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari");
        String system = first(
                agent, "", "Android", "Android", "iPhone", "iPhone", "Windows", "Windows", "Mac OS", "macOS", "Linux",
                "Linux");
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String first(String agent, String otherwise, String... marksAndNames) {
        for (int i = 0; i < marksAndNames.length; i += 2) {
            if (agent.contains(marksAndNames[i])) {
                return marksAndNames[i + 1];
            }
        }
        return otherwise;
    }
}

package dev.gatehouse.example.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How often may be guessed: PyPI's numbers, for account and address. Thread-safe. */
final class Limits {
    private static final List<Attempts.Limit> PASSWORD = List.of(new Attempts.Limit(10, Duration.ofMinutes(5)));
    private static final List<Attempts.Limit> FACTOR = List.of(
            new Attempts.Limit(5, Duration.ofMinutes(5)),
            new Attempts.Limit(20, Duration.ofHours(1)),
            new Attempts.Limit(50, Duration.ofDays(1)));
    private static final List<Attempts.Limit> FACTOR_BY_ADDRESS =
            List.of(new Attempts.Limit(10, Duration.ofMinutes(5)), new Attempts.Limit(50, Duration.ofHours(1)));
    private static final List<Attempts.Limit> MAIL = List.of(new Attempts.Limit(3, Duration.ofHours(6)));
    private static final List<Attempts.Limit> RESET = List.of(new Attempts.Limit(5, Duration.ofDays(1)));
    private static final List<Attempts.Limit> RESET_BY_ADDRESS = List.of(new Attempts.Limit(20, Duration.ofHours(1)));
    private static final List<Attempts.Limit> REGISTRATION = List.of(new Attempts.Limit(20, Duration.ofHours(1)));

    private final Attempts attempts = new Attempts();

    /** One guess of a password, for a name that need not exist. */
    Attempts.Answer password(String name, String address, Instant now) {
        return attempts.tryNow(
                Map.of("password:" + name.toLowerCase(Locale.ROOT), PASSWORD, "password@" + net(address), PASSWORD),
                now);
    }

    /** One guess of a code, whatever the factor. */
    Attempts.Answer factor(String account, String address, Instant now) {
        return attempts.tryNow(Map.of("factor:" + account, FACTOR, "factor@" + net(address), FACTOR_BY_ADDRESS), now);
    }

    /** One mail that somebody asks for. */
    Attempts.Answer mail(String account, Instant now) {
        return attempts.tryNow(Map.of("mail:" + account, MAIL), now);
    }

    /** One mail with a link to a new password. */
    Attempts.Answer reset(String account, Instant now) {
        return attempts.tryNow(Map.of("reset:" + account, RESET), now);
    }

    /** One question for such a mail, whatever name is given. */
    Attempts.Answer resetFrom(String address, Instant now) {
        return attempts.tryNow(Map.of("reset@" + net(address), RESET_BY_ADDRESS), now);
    }

    Attempts.Answer registration(String address, Instant now) {
        return attempts.tryNow(Map.of("register@" + net(address), REGISTRATION), now);
    }

    /** The address, of IPv6 the first half: the other half its owner chooses. */
    private static String net(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(8, bytes.length)));
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}

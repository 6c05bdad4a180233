package dev.gatehouse.example.web;

import dev.gatehouse.signin.NetworkAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How many mails and accounts somebody may ask for; how often may be guessed is the library's to limit. Thread-safe. */
final class Limits {
    private static final List<Attempts.Limit> MAIL = List.of(new Attempts.Limit(3, Duration.ofHours(6)));
    private static final List<Attempts.Limit> RESET = List.of(new Attempts.Limit(5, Duration.ofDays(1)));
    private static final List<Attempts.Limit> RESET_BY_ADDRESS = List.of(new Attempts.Limit(20, Duration.ofHours(1)));
    private static final List<Attempts.Limit> REGISTRATION = List.of(new Attempts.Limit(20, Duration.ofHours(1)));

    private final Attempts attempts = new Attempts();

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
        return attempts.tryNow(Map.of("reset@" + NetworkAddress.of(address).bucket(), RESET_BY_ADDRESS), now);
    }

    Attempts.Answer registration(String address, Instant now) {
        return attempts.tryNow(Map.of("register@" + NetworkAddress.of(address).bucket(), REGISTRATION), now);
    }
}

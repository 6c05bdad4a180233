package dev.gatehouse.example.web;

import java.time.Instant;
import java.util.Optional;

/** The present code of the account that a demonstration shows off. */
public interface DemoCodes {
    /** A code and whose it is. */
    record Code(String account, String code) {}

    /** The code of this instant, if there is such an account. */
    Optional<Code> at(Instant now);
}

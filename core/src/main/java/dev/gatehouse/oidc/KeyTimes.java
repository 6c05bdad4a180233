package dev.gatehouse.oidc;

import java.time.Duration;

/**
 * How long the keys of an issuer are good, and how often they are asked for.
 *
 * @param coolDown at least this between two attempts, whether they succeed or not
 * @param maxAge a key that its issuer has withdrawn is taken for this long at most, as long as the issuer answers
 * @param outage keys are taken for this long at most while it does not
 */
record KeyTimes(Duration coolDown, Duration maxAge, Duration outage) {
    /** The usual ones: PyPI's cool-down; RubyGems takes no keys that are older than a day. */
    static final KeyTimes STANDARD = new KeyTimes(Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofDays(1));
}

package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;

/** How answers of the host are read. */
final class Facts {
    private Facts() {}

    /** The time since an instant, if the instant is known. */
    static Fact<Duration> since(Fact<Instant> start, Instant now) {
        return start.isKnown()
                ? Fact.of(Duration.between(start.value(), now))
                : start.isAbsent() ? Fact.absent() : Fact.unknown();
    }

    /** A number; what is not a number is unknown. */
    static Fact<Double> number(Fact<Double> answer) {
        return answer.isKnown() && answer.value().isNaN() ? Fact.unknown() : answer;
    }
}

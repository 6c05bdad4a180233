package dev.gatehouse.disclosure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The result of a report of leaked tokens: accepted, whatever was in it, or refused as a whole. */
public sealed interface LeakReporting {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Accepted, ? extends T> accepted, Function<? super Refused, ? extends T> refused) {
        if (this instanceof Accepted a) {
            return accepted.apply(a);
        }
        return refused.apply((Refused) this);
    }

    /** The status of the answer; its body is empty. */
    int status();

    /** What became of one record. None of this is told to who sent it. */
    enum Fate {
        /** The token was genuine and is revoked now. */
        REVOKED,
        /** The token was genuine and had been revoked before. */
        ALREADY_REVOKED,
        /** No token of this index. */
        NOT_GENUINE,
        /** The record is of a type that is not ours. */
        OTHER_TYPE,
        /** The record has not the texts {@code token}, {@code type} and {@code url}. */
        MALFORMED
    }

    /**
     * The report was genuine, and every record has been dealt with: 204, the same whether its tokens were known, unknown or revoked.
     *
     * @param origin the name of the origin
     * @param fates how many records went how; for metrics and log
     */
    record Accepted(String origin, Map<Fate, Integer> fates) implements LeakReporting {
        /** Copies the numbers. */
        public Accepted {
            Objects.requireNonNull(origin, "origin");
            EnumMap<Fate, Integer> copy = new EnumMap<>(Fate.class);
            copy.putAll(fates);
            fates = Collections.unmodifiableMap(copy);
        }

        /** How many records went so. */
        public int count(Fate fate) {
            return fates.getOrDefault(fate, 0);
        }

        @Override
        public int status() {
            return 204;
        }
    }

    /**
     * Nothing of it has been looked at.
     *
     * @param code the first cause
     */
    record Refused(LeakReportRejection code) implements LeakReporting {
        /** Checks that there is a cause. */
        public Refused {
            Objects.requireNonNull(code, "code");
        }

        @Override
        public int status() {
            return code.status();
        }
    }
}

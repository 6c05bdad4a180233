package dev.gatehouse.publisher;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Whether the claims of a verified token are those of one publisher. */
public sealed interface PublisherMatch {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Matched, ? extends T> matched, Function<? super Unmatched, ? extends T> unmatched) {
        if (this instanceof Matched m) {
            return matched.apply(m);
        }
        return unmatched.apply((Unmatched) this);
    }

    /**
     * The claims are the publisher's.
     *
     * @param pinsNow the ids to be kept with the publisher from now on, by claim: those it had and those seen for the first time;
     *     unmodifiable
     * @param specificity how narrow the publisher is: of several that match, the one with the highest number is meant
     * @param renamed what was renamed since the publisher was registered, for log and mail; empty if nothing was
     * @param settingsNow the publisher's settings under the names of today; the registered ones if nothing was renamed
     */
    record Matched(
            SortedMap<String, String> pinsNow, int specificity, Optional<String> renamed, PublisherSettings settingsNow)
            implements PublisherMatch {
        /** Takes a copy. */
        public Matched {
            pinsNow = Collections.unmodifiableSortedMap(new TreeMap<>(pinsNow));
            Objects.requireNonNull(renamed, "renamed");
            Objects.requireNonNull(settingsNow, "settingsNow");
        }
    }

    /**
     * The claims are not the publisher's.
     *
     * @param mismatches every one that was found, at least one, the first cause first
     */
    record Unmatched(List<Mismatch> mismatches) implements PublisherMatch {
        /** Takes a copy. */
        public Unmatched {
            mismatches = List.copyOf(mismatches);
            if (mismatches.isEmpty()) {
                throw new IllegalArgumentException("mismatches: none");
            }
        }

        /** The first cause. */
        public PublisherMismatch code() {
            return mismatches.get(0).code();
        }

        /** The claim of the first cause. */
        public String claim() {
            return mismatches.get(0).claim();
        }

        /** The first cause in English, for the log. */
        public String text() {
            return mismatches.get(0).text();
        }

        /** The first cause as PyPI tells it to the client; it holds no setting of the publisher. */
        public String outside() {
            return mismatches.get(0).outside();
        }
    }

    /**
     * One claim that does not fit.
     *
     * @param code the cause
     * @param claim the claim, or a setting's name where there is none
     * @param text what was expected and what was there, in English; PyPI's words where it has some. Values are cut at 100
     *     characters and hold nothing invisible; one line
     * @param outside the same without any value, in PyPI's words where it has some: what the client may be told
     */
    record Mismatch(PublisherMismatch code, String claim, String text, String outside) {
        /** Checks that all is there. */
        public Mismatch {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(claim, "claim");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(outside, "outside");
        }
    }
}

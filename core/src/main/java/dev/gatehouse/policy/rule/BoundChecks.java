package dev.gatehouse.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** P28 and P29: bounds that exclude each other, and values that no document can hold. */
final class BoundChecks {
    /** Ten thousand years: added to any date that can be written, it stays within what an instant holds. */
    static final Duration LONGEST = Duration.ofDays(3_652_500);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private BoundChecks() {}

    /** Whether the instant can be written in a document. */
    static boolean instant(Instant instant, String key, String path, List<Finding> findings) {
        boolean sound = !instant.isBefore(FIRST) && !instant.isAfter(END);
        if (!sound) {
            findings.add(Finding.error(
                    "P04", path, "'" + key + "' needs a date of the years 0000 to 9999, found " + instant));
        }
        return sound;
    }

    /** Whether the duration is above zero and at most {@link #LONGEST}. */
    static boolean duration(Duration duration, String key, String path, List<Finding> findings) {
        if (duration.isZero() || duration.isNegative()) {
            findings.add(Finding.error(
                    "P29", path, "'" + duration + "' is not a duration above zero, such as PT15M or P90D"));
            return false;
        }
        if (duration.compareTo(LONGEST) > 0) {
            findings.add(Finding.error(
                    "P04", path, "'" + key + "' needs a duration of at most P3652500D, found " + text(duration)));
            return false;
        }
        return true;
    }

    static void durations(Bounds<Duration> bounds, String key, String path, List<Finding> findings) {
        boolean sound = true;
        for (Duration value : values(bounds)) {
            sound &= duration(value, key, path, findings);
        }
        if (sound) {
            contradiction(List.of(bounds), BoundChecks::text, path, findings);
        }
    }

    static void instants(InstantBounds bounds, String path, List<Finding> findings) {
        bounds.since().ifPresent(since -> instant(since, "since", path + ".since", findings));
        bounds.before().ifPresent(before -> instant(before, "before", path + ".before", findings));
        if (bounds.since().isPresent()
                && bounds.before().isPresent()
                && !bounds.since().get().isBefore(bounds.before().get())) {
            findings.add(Finding.error(
                    "P28",
                    path,
                    "no value satisfies since " + bounds.since().get() + " and before "
                            + bounds.before().get()));
        }
    }

    static <T extends Comparable<T>> List<T> values(Bounds<T> bounds) {
        List<T> values = new ArrayList<>(bounds.oneOf());
        bounds.over().ifPresent(values::add);
        bounds.atLeast().ifPresent(values::add);
        bounds.below().ifPresent(values::add);
        bounds.atMost().ifPresent(values::add);
        return values;
    }

    /** One end of what is allowed. */
    private record End<T>(T value, boolean inclusive, String words) {}

    /** P28 if no value keeps all these bounds, with the two that exclude each other. */
    static <T extends Comparable<T>> void contradiction(
            List<Bounds<T>> all, Function<T, String> text, String path, List<Finding> findings) {
        List<End<T>> lower = new ArrayList<>();
        List<End<T>> upper = new ArrayList<>();
        for (Bounds<T> bounds : all) {
            bounds.over().ifPresent(v -> lower.add(new End<>(v, false, "over " + text.apply(v))));
            bounds.atLeast().ifPresent(v -> lower.add(new End<>(v, true, "at-least " + text.apply(v))));
            bounds.below().ifPresent(v -> upper.add(new End<>(v, false, "below " + text.apply(v))));
            bounds.atMost().ifPresent(v -> upper.add(new End<>(v, true, "at-most " + text.apply(v))));
        }
        // Of equal values the one that excludes the value itself is the narrower.
        Comparator<End<T>> byValue = Comparator.comparing(End::value);
        End<T> low = lower.stream()
                .max(byValue.thenComparing(end -> !end.inclusive()))
                .orElse(null);
        End<T> high = upper.stream().min(byValue.thenComparing(End::inclusive)).orElse(null);
        if (low != null && high != null) {
            int order = low.value().compareTo(high.value());
            if (order > 0 || (order == 0 && !(low.inclusive() && high.inclusive()))) {
                findings.add(Finding.error("P28", path, "no value satisfies " + low.words() + " and " + high.words()));
                return;
            }
        }
        for (Bounds<T> bounds : all) {
            if (!bounds.oneOf().isEmpty() && bounds.oneOf().stream().noneMatch(bounds::admits)) {
                List<String> list = bounds.oneOf().stream().map(text).toList();
                List<End<T>> ends = new ArrayList<>(lower);
                ends.addAll(upper);
                String words =
                        String.join(" and ", ends.stream().map(End::words).toList());
                findings.add(Finding.error("P28", path, "no value satisfies one-of " + list + " and " + words));
            }
        }
    }

    static String text(Duration duration) {
        boolean days = duration.equals(Duration.ofDays(duration.toDays()));
        return days ? "P" + duration.toDays() + "D" : duration.toString();
    }

    static String text(Double number) {
        return number == Math.rint(number) && Math.abs(number) <= 0x1p53
                ? String.valueOf(number.longValue())
                : String.valueOf(number);
    }
}

package dev.gatehouse.policy.document;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the instants and durations of one document, in the zone of that document. */
final class Dates {
    // Days of 24 hours at most: a month or a year has no length, a week is none of ISO's parts beside days.
    private static final Pattern DURATION = Pattern.compile(
            "P(?=.)([0-9]{1,18}D)?(T(?=.)([0-9]{1,18}H)?([0-9]{1,18}M)?([0-9]{1,18}(\\.[0-9]{1,9})?S)?)?");
    private static final int LONGEST = 64;

    private final Reading reading;
    private @Nullable ZoneId zone;
    private boolean zoneGiven;

    Dates(Reading reading) {
        this.reading = reading;
    }

    void zone(@Nullable Field field) {
        zoneGiven = field != null;
        String id = reading.string(field);
        if (field == null || id == null) {
            return;
        }
        try {
            zone = ZoneId.of(id);
        } catch (DateTimeException e) {
            reading.error("P38", field, "unknown zone '" + id + "'");
        }
    }

    @Nullable
    Instant instant(@Nullable Field field) {
        if (field == null) {
            return null;
        }
        Object value = field.node() instanceof Node.Scalar scalar ? scalar.value() : null;
        if (value instanceof OffsetDateTime date) {
            return date.toInstant();
        }
        if (value instanceof LocalDateTime date) {
            return inZone(field, date, date);
        }
        if (value instanceof LocalDate day) {
            return inZone(field, day.atStartOfDay(), day);
        }
        reading.wrongType(field, "a date");
        return null;
    }

    private @Nullable Instant inZone(Field field, LocalDateTime local, Object written) {
        if (zone == null) {
            if (zoneGiven) {
                reading.problems().broken(field.path());
            } else {
                reading.error("P30", field, "a date without offset needs 'zone'");
            }
            return null;
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            reading.error(
                    "P34",
                    field,
                    "local time " + written + " does not exist, or exists twice, in " + zone + ": give an offset");
            return null;
        }
        return local.toInstant(offsets.get(0));
    }

    @Nullable
    Duration duration(@Nullable Field field) {
        String text = reading.string(field);
        if (field == null || text == null) {
            return null;
        }
        Duration duration = parse(text);
        if (duration == null) {
            reading.error("P29", field, "'" + text + "' is not a duration above zero, such as PT15M or P90D");
        }
        return duration;
    }

    private static @Nullable Duration parse(String text) {
        if (text.length() > LONGEST || !DURATION.matcher(text).matches()) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            return duration.isZero() ? null : duration;
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }
}

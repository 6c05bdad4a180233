package dev.gatehouse.store.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The current row of a result; what must be there and is not is a failure of the store. */
final class Row {
    private static final int NANO_DIGITS = 9;
    /** More places than any column has: a number with more of them may be short and yet fill the memory. */
    private static final int MAX_DIGITS = 1_000;

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    String text(String column) throws SQLException {
        return there(column, textOrNull(column));
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return results.getString(column);
    }

    Instant time(String column) throws SQLException {
        return there(column, timeOrNull(column));
    }

    @Nullable
    Instant timeOrNull(String column) throws SQLException {
        BigDecimal seconds = results.getBigDecimal(column);
        return seconds == null ? null : instant(column, seconds);
    }

    long whole(String column) throws SQLException {
        long number = results.getLong(column);
        if (results.wasNull()) {
            throw new SQLException("column " + column + " is null");
        }
        return number;
    }

    @Nullable
    Long wholeOrNull(String column) throws SQLException {
        long number = results.getLong(column);
        return results.wasNull() ? null : number;
    }

    int small(String column) throws SQLException {
        long number = whole(column);
        if (number != (int) number) {
            throw new SQLException("column " + column + " is out of bounds");
        }
        return (int) number;
    }

    boolean is(String column) throws SQLException {
        boolean value = results.getBoolean(column);
        if (results.wasNull()) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }

    static Instant instant(String column, BigDecimal seconds) throws SQLException {
        if (Math.abs((long) seconds.scale()) > MAX_DIGITS) {
            throw new SQLException("column " + column + " is no instant");
        }
        try {
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            int nanos = seconds.subtract(whole).movePointRight(NANO_DIGITS).intValueExact();
            return Instant.ofEpochSecond(whole.longValueExact(), nanos);
        } catch (ArithmeticException | DateTimeException e) {
            throw new SQLException("column " + column + " is no instant", e);
        }
    }

    static BigDecimal decimal(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), NANO_DIGITS));
    }

    private static <T> T there(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }
}

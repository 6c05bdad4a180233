package dev.gatehouse.policy.document;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** A value of a document with the place of its key; tables are nested whichever way their keys were written. */
sealed interface Node {
    /** Where its key stands; for a table inside an array, where its first key stands. */
    Position at();

    /** The word for its type. */
    String type();

    /** A table; entries in the order of the document. */
    record Table(Position at, Map<String, Node> entries) implements Node {
        @Override
        public String type() {
            return "a table";
        }
    }

    /** An array. */
    record Items(Position at, List<Node> items) implements Node {
        @Override
        public String type() {
            return "an array";
        }
    }

    /** A string, number, boolean or date. */
    record Scalar(Position at, Object value) implements Node {
        @Override
        public String type() {
            if (value instanceof String) {
                return "a string";
            }
            if (value instanceof Long) {
                return "a whole number";
            }
            if (value instanceof Double) {
                return "a number";
            }
            if (value instanceof Boolean) {
                return "a boolean";
            }
            if (value instanceof OffsetDateTime || value instanceof LocalDateTime) {
                return "a date with time";
            }
            if (value instanceof LocalDate) {
                return "a date";
            }
            return value instanceof LocalTime ? "a time" : "something else";
        }
    }
}

package dev.gatehouse.example.web;

import org.jspecify.annotations.Nullable;

/** A line above a page: something went well, or did not, or is to be done. */
public record Note(
        Kind kind,
        String text,
        @Nullable String link,
        @Nullable String linkText) {
    /** How it looks. */
    public enum Kind {
        ERROR("error", "Error: "),
        WARNING("warning", "Note: "),
        SUCCESS("success", "Done: ");

        private final String id;
        private final String spoken;

        Kind(String id, String spoken) {
            this.id = id;
            this.spoken = spoken;
        }

        /** The name of its style. */
        public String id() {
            return id;
        }

        /** What a screen reader says before it. */
        public String spoken() {
            return spoken;
        }
    }

    static Note reminder(String text, String link, String linkText) {
        return new Note(Kind.WARNING, text, link, linkText);
    }

    static Note of(Kind kind, String text) {
        return new Note(kind, text, null, null);
    }
}

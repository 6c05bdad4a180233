package dev.gatehouse.token;

import java.util.Objects;

/**
 * Whose token it is, by the host's immutable id. Immutable and thread-safe.
 *
 * <p>An id is 1 to {@value #MAX_ID} characters, not blank.
 */
public sealed interface TokenOwner {
    /** Longest id in UTF-16 units. */
    int MAX_ID = 255;

    /** The host's immutable id of the account, organisation or publisher. */
    String id();

    /** The kind and the id, such as {@code account:42}: one text for each owner, for stores and for sealing. */
    String text();

    /** A person's account. */
    static TokenOwner account(String id) {
        return new Account(id);
    }

    /** An organisation, without a person behind the token. */
    static TokenOwner organization(String id) {
        return new Organization(id);
    }

    /** A trusted publisher; the token stands for one of its runs. */
    static TokenOwner publisher(String id) {
        return new Publisher(id);
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException if the text names no owner
     */
    static TokenOwner parse(String text) {
        int colon = text.indexOf(':');
        String id = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(colon, 0))) {
            case "account" -> account(id);
            case "organization" -> organization(id);
            case "publisher" -> publisher(id);
            default -> throw new IllegalArgumentException("text: no kind of owner");
        };
    }

    /**
     * A person's account.
     *
     * @param id the host's immutable id
     */
    record Account(String id) implements TokenOwner {
        /** Checks the id. */
        public Account {
            checkId(id);
        }

        @Override
        public String text() {
            return "account:" + id;
        }
    }

    /**
     * An organisation.
     *
     * @param id the host's immutable id
     */
    record Organization(String id) implements TokenOwner {
        /** Checks the id. */
        public Organization {
            checkId(id);
        }

        @Override
        public String text() {
            return "organization:" + id;
        }
    }

    /**
     * A trusted publisher.
     *
     * @param id the host's immutable id
     */
    record Publisher(String id) implements TokenOwner {
        /** Checks the id. */
        public Publisher {
            checkId(id);
        }

        @Override
        public String text() {
            return "publisher:" + id;
        }
    }

    private static void checkId(String id) {
        if (Objects.requireNonNull(id, "id").isBlank() || id.length() > MAX_ID) {
            throw new IllegalArgumentException("id: blank or over " + MAX_ID + " characters");
        }
    }
}

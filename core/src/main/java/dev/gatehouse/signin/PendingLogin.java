package dev.gatehouse.signin;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A login between its first proof and its last. Immutable.
 *
 * @param account whose
 * @param began the account as it was when the login began
 * @param proofs what was proven, oldest first, each factor once
 * @param until first instant at which no further factor is taken
 * @param link the mailed link that waits, or null
 */
record PendingLogin(
        String account,
        Began began,
        List<Evidence> proofs,
        Instant until,
        @Nullable Link link) {
    private static final String FORM = "login1";
    private static final Carrier CARRIER = Carrier.request("login");
    private static final int LINES_BEFORE_PROOFS = 5;

    /** Version of the account and number of its completed logins. */
    record Began(long version, long logins) {}

    /**
     * A mailed link.
     *
     * @param hash of its secret
     * @param until first instant at which it is over
     */
    record Link(String hash, Instant until) {}

    PendingLogin {
        proofs = List.copyOf(proofs);
    }

    static PendingLogin of(Evidence first, Began began, Instant until) {
        return new PendingLogin(first.account(), began, List.of(first.carriedBy(CARRIER)), until, null);
    }

    /** With one more proof; an older one of the same factor is dropped. */
    PendingLogin plus(Evidence proof) {
        List<Evidence> all = new ArrayList<>(proofs);
        all.removeIf(old -> old.factor().kind().equals(proof.kind())
                && old.factor().id().equals(proof.factor().id()));
        all.add(proof.carriedBy(CARRIER));
        return new PendingLogin(account, began, all, until, link);
    }

    PendingLogin awaiting(@Nullable Link other) {
        return new PendingLogin(account, began, proofs, until, other);
    }

    /** When the last thing that it may wait for is over. */
    Instant end() {
        return link != null && link.until.isAfter(until) ? link.until : until;
    }

    List<Evidence> carriedBy(Carrier carrier) {
        return proofs.stream().map(proof -> proof.carriedBy(carrier)).toList();
    }

    String toText() {
        List<String> lines = new ArrayList<>(List.of(
                FORM,
                began.version + " " + began.logins,
                until.toString(),
                link == null ? "" : link.hash,
                link == null ? "" : link.until.toString()));
        proofs.forEach(proof -> lines.add(
                proof.toText().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")));
        return String.join("\n", lines);
    }

    /** Reads {@link #toText}; empty if it is anything else. */
    static Optional<PendingLogin> read(String text) {
        String[] line = text.split("\n", -1);
        if (line.length <= LINES_BEFORE_PROOFS || !line[0].equals(FORM)) {
            return Optional.empty();
        }
        try {
            List<Evidence> proofs = new ArrayList<>();
            for (int i = LINES_BEFORE_PROOFS; i < line.length; i++) {
                proofs.add(Evidence.parse(unescaped(line[i])));
            }
            String account = proofs.get(0).account();
            int space = line[1].indexOf(' ');
            if (space < 0 || proofs.stream().anyMatch(proof -> !proof.account().equals(account))) {
                return Optional.empty();
            }
            Began began = new Began(
                    Long.parseLong(line[1].substring(0, space)), Long.parseLong(line[1].substring(space + 1)));
            Link link = line[3].isEmpty() ? null : new Link(line[3], Instant.parse(line[4]));
            PendingLogin read = new PendingLogin(account, began, proofs, Instant.parse(line[2]), link);
            // One login, one text: numbers with signs and escapes that nobody writes are none of ours.
            return read.toText().equals(text) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                char next = text.charAt(i);
                plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}

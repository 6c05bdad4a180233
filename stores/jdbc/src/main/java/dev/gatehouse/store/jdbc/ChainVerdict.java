package dev.gatehouse.store.jdbc;

import java.util.Objects;

/** What a check of the audit log's hash chain found. Immutable and thread-safe. */
public sealed interface ChainVerdict {

    /** Where a chain ends: keep it elsewhere now and then, and a rewritten log is found out. */
    record Head(long sequence, String hash) {
        /** Checks that it can be a head. */
        public Head {
            if (sequence < 0) {
                throw new IllegalArgumentException("sequence: negative");
            }
            Objects.requireNonNull(hash, "hash");
        }
    }

    /** Every entry from the first to the head is there and as it was written. */
    record Intact(Head head) implements ChainVerdict {}

    /**
     * Somebody has been at the log.
     *
     * @param sequence the first entry that is wrong
     */
    record Broken(long sequence, Fault fault) implements ChainVerdict {}

    /** What is wrong with the first entry that is. */
    enum Fault {
        /** The entry is not there, and later ones are, or the head says that it was. */
        MISSING,
        /** The entry, or the hash beside it, is not what was written. */
        EDITED,
        /** The head is not there, or does not have the hash of the last entry. */
        HEAD_EDITED,
        /** The entry lies behind the head. */
        BEHIND_HEAD,
        /** The chain is consistent, but is not the one that the known head belongs to. */
        REWRITTEN
    }
}

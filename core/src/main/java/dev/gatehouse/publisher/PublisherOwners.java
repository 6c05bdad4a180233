package dev.gatehouse.publisher;

import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.TokenOwner;
import java.util.Objects;

/** Standings of owners of tokens: a trusted publisher acts while it is there; others are asked of the host. Thread-safe. */
public final class PublisherOwners implements OwnerStatus {
    private final PublisherRepository publishers;
    private final OwnerStatus others;

    private PublisherOwners(PublisherRepository publishers, OwnerStatus others) {
        this.publishers = Objects.requireNonNull(publishers, "publishers");
        this.others = Objects.requireNonNull(others, "others");
    }

    /** The standings by this repository, and for accounts and organisations by the host. */
    public static PublisherOwners of(PublisherRepository publishers, OwnerStatus others) {
        return new PublisherOwners(publishers, others);
    }

    @Override
    public Standing standingOf(TokenOwner owner) {
        if (!(owner instanceof TokenOwner.Publisher publisher)) {
            return others.standingOf(owner);
        }
        return isThere(publishers, publisher) ? Standing.ACTIVE : Standing.GONE;
    }

    /** Whether it is there itself: a row of another id is an answer to another question. */
    static boolean isThere(PublisherRepository publishers, TokenOwner.Publisher owner) {
        return publishers
                .find(owner.id())
                .filter(found -> found.id().equals(owner.id()))
                .isPresent();
    }
}

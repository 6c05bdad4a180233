package dev.gatehouse.publisher;

import java.util.Locale;
import java.util.Optional;

/**
 * The host's projects, as publishers need them.
 *
 * <p>Within a transaction of a {@link PublishingStore} it reads and writes in that transaction: a project that was made goes with it
 * when it is rolled back. It is used by one thread then. What it throws ends the transaction and reaches the caller; {@code null}
 * counts as an error.
 */
public interface PublishingProjects {

    /** The project of an id. */
    Optional<PublishingProject> byId(String id);

    /** The project that has a name, or one so like it that the host allows no second; whatever its state. */
    Optional<PublishingProject> byName(String name);

    /**
     * Makes the project of a pending publisher, without a release, owned by its organisation or else by its registrant; the
     * registrant's state was looked at before.
     *
     * @return {@link ProjectCreation.NameTaken} if there is one of that name by now; what the host forbids is
     *     {@link ProjectCreation.Refused}. Either way nothing was made
     */
    ProjectCreation create(PendingPublisher pending);

    /**
     * A name in the spelling in which names compete: when a project is made, pending publishers whose names have its spelling are
     * removed. By default PyPI's: without {@code . _ -}, in lower case, with 1 for l and i, and 0 for o.
     */
    default String normalized(String name) {
        return name.replaceAll("[._-]", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[li]", "1")
                .replace('o', '0');
    }
}

package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.publisher.PublisherEvents.Gone;
import dev.gatehouse.publisher.PublishingStore.Unit;
import dev.gatehouse.publisher.Registration.NotRegistered;
import dev.gatehouse.publisher.Registration.Obstacle;
import dev.gatehouse.publisher.Registration.Registered;
import dev.gatehouse.token.Requester;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Registers and removes pending publishers, reminds of those that expire soon, and removes those that have.
 *
 * <p>An account has at most three for itself, as on PyPI; those of organisations are not counted. One lives for 30 days. Every change and
 * its event are one transaction; mails are made from the events. Thread-safe.
 */
public final class PendingRegistrations {
    /** How long before the end the registrant is reminded, as on PyPI. */
    public static final Duration REMINDER = Duration.ofDays(5);

    private static final int BATCH = 500;
    private static final String PURGE = "gatehouse";

    private final PublishingStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final int most;
    private final RegistrationDesk desk;

    PendingRegistrations(PublisherRegistrations.Builder b, RegistrationDesk desk) {
        this.store = b.store;
        this.clock = b.clock;
        this.random = b.random;
        this.most = b.mostPending;
        this.desk = desk;
    }

    /**
     * Registers a pending publisher of an account.
     *
     * @param projectName the project that its first run makes; the name is not reserved
     * @param pins immutable ids that the host has asked the provider for; empty if they are to be pinned by the first run
     * @param by the account, which will own the project, and its address
     */
    public Registration<PendingPublisher> add(
            String projectName, PublisherSettings settings, Map<String, String> pins, Requester by) {
        return register(projectName, settings, pins, null, by);
    }

    /**
     * Registers a pending publisher of an organisation, for which the account acts.
     *
     * @param organization the organisation, which will own the project
     */
    public Registration<PendingPublisher> addFor(
            String organization,
            String projectName,
            PublisherSettings settings,
            Map<String, String> pins,
            Requester by) {
        return register(projectName, settings, pins, Bounds.hostId(organization, "organization"), by);
    }

    private Registration<PendingPublisher> register(
            String projectName,
            PublisherSettings settings,
            Map<String, String> pins,
            @Nullable String organization,
            Requester by) {
        PublisherProvider provider = desk.provider(settings);
        NotRegistered<PendingPublisher> tooMany = desk.spend(by);
        if (tooMany != null) {
            return tooMany;
        }
        Issuer issuer = desk.issuer(settings);
        if (issuer == null) {
            return RegistrationDesk.not(Obstacle.UNKNOWN_ISSUER, "This issuer cannot be registered.");
        }
        String only = issuer.organization().orElse(organization);
        if (only != null && !only.equals(organization)) {
            return RegistrationDesk.not(
                    Obstacle.OTHER_ORGANIZATION, "This issuer is for the projects of its organization alone.");
        }
        return Retries.inTransaction(store, unit -> {
            String normalized = unit.projects().normalized(projectName);
            PendingPublisher.Builder pending = PendingPublisher.builder(
                            FreshIds.next(random), settings, projectName, normalized, by.actor(), clock.instant())
                    .pins(pins);
            if (organization != null) {
                pending.organization(organization);
            }
            return insert(unit, provider, pending.build(), by);
        });
    }

    private Registration<PendingPublisher> insert(
            Unit unit, PublisherProvider provider, PendingPublisher pending, Requester by) {
        if (unit.projects().byName(pending.projectName()).isPresent()) {
            return RegistrationDesk.not(Obstacle.PROJECT_EXISTS, "This project already exists.");
        }
        Instant now = pending.created();
        // One that has expired and is not purged yet must not stand in the way.
        for (PendingPublisher old : unit.pending().ofName(pending.normalizedName(), BATCH)) {
            if (old.identity().equals(pending.identity()) && !now.isBefore(old.expires())) {
                Retries.hold(isRemoved(unit, old, Gone.EXPIRED, PURGE, now));
            }
        }
        Set<String> keys = desk.keys(provider, pending.settings(), pending.pins());
        if (unit.pending().withAnyKey(keys, PublisherRegistrations.MOST_SHARING).size()
                >= PublisherRegistrations.MOST_SHARING) {
            return RegistrationDesk.not(Obstacle.FULL, "This trusted publisher is registered too often.");
        }
        var event = PublisherEvents.pending(true, pending, now).actor(by.actor());
        String address = by.address();
        var insertion =
                unit.pending().insert(pending, keys, most, (address == null ? event : event.address(address)).build());
        return switch (insertion) {
            case INSERTED -> new Registered<>(pending);
            case LIMIT ->
                RegistrationDesk.not(
                        Obstacle.PENDING_LIMIT,
                        "You can't register more than " + most + " pending trusted publishers at once.");
            case IDENTITY_TAKEN ->
                RegistrationDesk.not(
                        Obstacle.ALREADY_REGISTERED,
                        "This trusted publisher has already been registered. Please contact the index's admins if this"
                                + " wasn't intentional.");
            case ID_TAKEN -> throw new IllegalStateException("pending: a fresh id is taken");
        };
    }

    /** Those of an account, for itself, oldest first; expired ones may be among them. */
    public List<PendingPublisher> list(String account) {
        return store.inTransaction(unit -> List.copyOf(unit.pending().ofRegistrant(account)));
    }

    /** Those of an organisation, oldest first; expired ones may be among them. */
    public List<PendingPublisher> listFor(String organization) {
        return store.inTransaction(unit -> List.copyOf(unit.pending().ofOrganization(organization)));
    }

    /**
     * Removes one that an account has registered for itself.
     *
     * @param by the account
     * @return what was removed, or {@link Obstacle#NOT_FOUND}
     */
    public Registration<PendingPublisher> remove(String id, Requester by) {
        return remove(
                id,
                pending ->
                        pending.organization().isEmpty() && pending.registrant().equals(by.actor()),
                by);
    }

    /** Removes one of an organisation, for which the account acts. */
    public Registration<PendingPublisher> removeFor(String organization, String id, Requester by) {
        return remove(
                id,
                pending -> pending.organization().filter(organization::equals).isPresent(),
                by);
    }

    private Registration<PendingPublisher> remove(String id, Predicate<PendingPublisher> isTheirs, Requester by) {
        return Retries.inTransaction(store, unit -> {
            PendingPublisher pending = unit.pending()
                    .find(id)
                    .filter(each -> each.id().equals(id) && isTheirs.test(each))
                    .orElse(null);
            if (pending == null) {
                return RegistrationDesk.not(Obstacle.NOT_FOUND, "Invalid publisher ID");
            }
            Retries.hold(isRemoved(unit, pending, Gone.REMOVED, by.actor(), clock.instant()));
            return new Registered<>(pending);
        });
    }

    /**
     * Notes which registrants are to be reminded, each once, with an event for each; call it daily. At most 500 at a time: call it again
     * while it returns some.
     *
     * @return those that expire within {@link #REMINDER} and were not reminded before
     */
    public List<PendingPublisher> remind() {
        Instant now = clock.instant();
        return store.inTransaction(unit -> {
            List<PendingPublisher> reminded = new ArrayList<>();
            for (PendingPublisher each : unit.pending().ending(now.plus(REMINDER), true, BATCH)) {
                // One that is over is not reminded of but purged; it would come again, so it is noted all the same.
                var event = PublisherEvents.about(AuditTag.PENDING_PUBLISHER_EXPIRING, each, now)
                        .actor(PURGE)
                        .attribute("expires", each.expires().toString())
                        .build();
                if (now.isBefore(each.expires())
                        && unit.pending().remind(each, event) == PendingPublisherRepository.Change.CHANGED) {
                    reminded.add(each);
                }
            }
            return List.copyOf(reminded);
        });
    }

    /**
     * Removes those that have expired, with an event for each; call it daily, before {@link #remind}. At most 500 at a time: call it again
     * while it returns some.
     */
    public List<PendingPublisher> purge() {
        Instant now = clock.instant();
        return store.inTransaction(unit -> {
            List<PendingPublisher> purged = new ArrayList<>();
            for (PendingPublisher each : unit.pending().ending(now, false, BATCH)) {
                if (!now.isBefore(each.expires()) && isRemoved(unit, each, Gone.EXPIRED, PURGE, now)) {
                    purged.add(each);
                }
            }
            return List.copyOf(purged);
        });
    }

    private static boolean isRemoved(Unit unit, PendingPublisher pending, Gone why, String actor, Instant now) {
        return unit.pending().remove(pending, PublisherEvents.gone(pending, why, actor, now))
                == PendingPublisherRepository.Change.CHANGED;
    }
}

package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.PublishingStore.Unit;
import dev.gatehouse.publisher.Registration.NotRegistered;
import dev.gatehouse.publisher.Registration.Obstacle;
import dev.gatehouse.publisher.Registration.Registered;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.token.Requester;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers, constrains and removes the publishers of projects.
 *
 * <p>Whether the account may do so is asked of the policy ({@code publisher.add}, {@code publisher.remove}) and of the host before. Every
 * change and its event are one transaction. A publisher that is unlinked from a project loses it at once: the owner version of its
 * tokens goes up, so that no exchange that was planned before mints, and tokens that are out are not good for the project any more.
 *
 * <p>Registrations are bounded: 100 a day by account and by address, PyPI's numbers. What a publisher is found by may be shared by
 * {@value #MOST_SHARING} publishers, so that strangers who register somebody's repository often cannot keep its runs from being matched.
 *
 * <p>Thread-safe. What the store, the state or the host throw reaches the caller, and nothing is changed.
 */
public final class PublisherRegistrations {
    /** The most publishers that share a look-up key. */
    public static final int MOST_SHARING = 40;

    private final PublishingStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final RegistrationDesk desk;
    private final PendingRegistrations pending;

    private PublisherRegistrations(Builder b) {
        this.store = b.store;
        this.clock = b.clock;
        this.random = b.random;
        this.desk = new RegistrationDesk(b);
        this.pending = new PendingRegistrations(b, desk);
    }

    /**
     * Starts the set-up.
     *
     * @param issuers those that may be registered. Where each organisation of a provider has an issuer of its own (CircleCI), this
     *     list has all of them, while the list that identity tokens are held to has those that are registered
     * @param state keeps the limits; shared by all nodes
     */
    public static Builder builder(
            PublishingStore store, PublisherProviders providers, IssuerDirectory issuers, EphemeralState state) {
        return new Builder(store, providers, issuers, state);
    }

    /** The registrations of publishers whose project is still to be made. */
    public PendingRegistrations pending() {
        return pending;
    }

    /** The publishers of a project, oldest first. */
    public List<TrustedPublisher> list(String projectId) {
        return store.inTransaction(unit -> List.copyOf(unit.publishers().ofProject(projectId)));
    }

    /**
     * Links a publisher to a project: the one there is, if its settings, pins and organisation are the same, else a new one. Without
     * pins the one with the same settings is taken, with the pins it has.
     *
     * @param pins immutable ids that the host has asked the provider for; empty if they are to be pinned by the first run
     * @param by the account, and its address
     */
    public Registration<TrustedPublisher> add(
            String projectId, PublisherSettings settings, Map<String, String> pins, Requester by) {
        PublisherProvider provider = desk.provider(settings);
        NotRegistered<TrustedPublisher> tooMany = desk.spend(by);
        if (tooMany != null) {
            return tooMany;
        }
        Issuer issuer = desk.issuer(settings);
        if (issuer == null) {
            return RegistrationDesk.not(Obstacle.UNKNOWN_ISSUER, "This issuer cannot be registered.");
        }
        return Retries.inTransaction(store, unit -> {
            PublishingProject project = project(unit, projectId).orElse(null);
            if (project == null) {
                return RegistrationDesk.not(Obstacle.NOT_FOUND, "There is no such project.");
            }
            if (issuer.organization().isPresent() && !issuer.organization().equals(project.organization())) {
                return RegistrationDesk.not(
                        Obstacle.OTHER_ORGANIZATION, "This issuer is for the projects of its organization alone.");
            }
            return link(unit, provider, project, template(settings, pins, issuer, by), by);
        });
    }

    /** The project of an id; what the host answers is looked at as what anybody else does. */
    private static Optional<PublishingProject> project(Unit unit, String id) {
        Optional<PublishingProject> project = unit.projects().byId(id);
        if (project.isPresent() && !project.get().id().equals(id)) {
            throw new IllegalStateException("projects: answered with another project");
        }
        return project;
    }

    private TrustedPublisher template(
            PublisherSettings settings, Map<String, String> pins, Issuer issuer, Requester by) {
        TrustedPublisher.Builder builder = TrustedPublisher.builder(FreshIds.next(random), settings, clock.instant())
                .pins(pins)
                .addedBy(by.actor());
        issuer.organization().ifPresent(builder::organization);
        return builder.build();
    }

    /** Links the publisher that this one would be, or this one itself. */
    private Registration<TrustedPublisher> link(
            Unit unit, PublisherProvider provider, PublishingProject project, TrustedPublisher wanted, Requester by) {
        Instant now = clock.instant();
        Set<String> keys = desk.keys(provider, wanted.settings(), wanted.pins());
        List<TrustedPublisher> sharing = unit.publishers().withAnyKey(keys, MOST_SHARING + 1);
        TrustedPublisher known = sharing.stream()
                .filter(each -> isSame(each, wanted))
                .max((a, b) ->
                        Boolean.compare(a.pins().equals(wanted.pins()), b.pins().equals(wanted.pins())))
                .orElse(null);
        if (known != null && known.projects().contains(project.id())) {
            return RegistrationDesk.not(
                    Obstacle.ALREADY_REGISTERED,
                    provider.describe(wanted.settings()) + " is already registered with " + project.name());
        }
        if (known == null && sharing.size() >= MOST_SHARING) {
            return RegistrationDesk.not(Obstacle.FULL, "This trusted publisher is registered too often.");
        }
        if (known != null && known.projects().size() >= TrustedPublisher.MAX_PROJECTS) {
            return RegistrationDesk.not(Obstacle.FULL, "This trusted publisher has too many projects.");
        }
        TrustedPublisher next = (known == null ? wanted : known).linkedTo(project.id());
        AuditEvent event = change(AuditTag.PUBLISHER_ADDED, project, next, by, now);
        if (known == null) {
            Retries.hold(unit.publishers().insert(next, keys, event) == PublisherRepository.Insertion.INSERTED);
        } else {
            Retries.hold(
                    unit.publishers().replace(known, next, desk.keys(provider, next.settings(), next.pins()), event)
                            == PublisherRepository.Change.CHANGED);
        }
        return new Registered<>(next);
    }

    private static boolean isSame(TrustedPublisher known, TrustedPublisher wanted) {
        return known.settings().equals(wanted.settings())
                && known.organization().equals(wanted.organization())
                && (wanted.pins().isEmpty() || wanted.pins().equals(known.pins()));
    }

    /**
     * Unlinks a publisher from a project; with its last project it is gone.
     *
     * @return what was unlinked, or {@link Obstacle#NOT_FOUND}
     */
    public Registration<TrustedPublisher> remove(String projectId, String publisherId, Requester by) {
        return Retries.inTransaction(store, unit -> unlink(unit, projectId, publisherId, by));
    }

    private Registration<TrustedPublisher> unlink(Unit unit, String projectId, String publisherId, Requester by) {
        TrustedPublisher known = unit.publishers()
                .find(publisherId)
                .filter(each -> each.id().equals(publisherId) && each.projects().contains(projectId))
                .orElse(null);
        if (known == null) {
            return RegistrationDesk.not(Obstacle.NOT_FOUND, "Invalid publisher for project");
        }
        Instant now = clock.instant();
        // A project that is gone is unlinked too.
        PublishingProject project =
                project(unit, projectId).orElseGet(() -> PublishingProject.of(projectId, projectId));
        AuditEvent event = change(AuditTag.PUBLISHER_REMOVED, project, known, by, now);
        TrustedPublisher next = known.withoutProject(projectId);
        if (next.projects().isEmpty()) {
            Retries.hold(unit.publishers().remove(known, event) == PublisherRepository.Change.CHANGED);
        } else {
            // Whatever is configured, trust can be taken back: the provider is not asked.
            Retries.hold(unit.publishers().relink(known, next, event) == PublisherRepository.Change.CHANGED);
        }
        RegistrationDesk.advance(unit, known, by, now);
        return new Registered<>(known);
    }

    /**
     * Holds a publisher of a project to an environment: the one without is unlinked and one with it is linked, in one transaction.
     *
     * @param environment as the run has named it; it is brought to the normal form of the provider
     */
    public Registration<TrustedPublisher> constrain(
            String projectId, String publisherId, String environment, Requester by) {
        NotRegistered<TrustedPublisher> tooMany = desk.spend(by);
        if (tooMany != null) {
            return tooMany;
        }
        return Retries.inTransaction(store, unit -> {
            TrustedPublisher known = unit.publishers()
                    .find(publisherId)
                    .filter(each -> each.id().equals(publisherId))
                    .orElse(null);
            PublishingProject project = project(unit, projectId).orElse(null);
            if (known == null || project == null || !known.projects().contains(projectId)) {
                return RegistrationDesk.not(Obstacle.NOT_FOUND, "Invalid publisher for project");
            }
            PublisherSettings settings = constrained(known.settings(), environment);
            if (settings == null) {
                return RegistrationDesk.not(
                        Obstacle.ENVIRONMENT, "Can only constrain the environment for this publisher");
            }
            TrustedPublisher wanted = TrustedPublisher.builder(FreshIds.next(random), settings, clock.instant())
                    .pins(known.pins())
                    .addedBy(by.actor())
                    .build();
            if (known.organization().isPresent()) {
                wanted = wanted.toBuilder()
                        .organization(known.organization().get())
                        .build();
            }
            Registration<TrustedPublisher> linked = link(unit, desk.provider(settings), project, wanted, by);
            if (linked instanceof Registered) {
                // Somebody may have unlinked it since it was read: then there is nothing to hold to an environment.
                Retries.hold(unlink(unit, projectId, publisherId, by) instanceof Registered);
            }
            return linked;
        });
    }

    /** The settings with the environment in its normal form; null if there can be none. */
    private @Nullable PublisherSettings constrained(PublisherSettings settings, String environment) {
        String name = RunRemarks.ENVIRONMENT;
        if (environment.isEmpty() || settings.value(name).isPresent() || !desk.hasProvider(settings)) {
            return null;
        }
        Map<String, String> form = new java.util.HashMap<>(settings.values());
        form.put(name, environment);
        SettingsReading reading = desk.provider(settings).read(form, settings.issuer());
        return reading instanceof SettingsReading.Accepted accepted
                        && accepted.settings().value(name).isPresent()
                ? accepted.settings()
                : null;
    }

    private static AuditEvent change(
            AuditTag tag, PublishingProject project, TrustedPublisher publisher, Requester by, Instant now) {
        AuditEvent.Builder event =
                PublisherEvents.project(tag, project, publisher, now).actor(by.actor());
        String address = by.address();
        return (address == null ? event : event.address(address)).build();
    }

    /** Sets up {@link PublisherRegistrations}; not thread-safe, may be reused. */
    public static final class Builder {
        final PublishingStore store;
        final PublisherProviders providers;
        final IssuerDirectory issuers;
        final EphemeralState state;
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        RateWindow window = RegistrationBudgets.STANDARD;
        int mostPending = 3;

        private Builder(
                PublishingStore store, PublisherProviders providers, IssuerDirectory issuers, EphemeralState state) {
            this.store = Objects.requireNonNull(store, "store");
            this.providers = Objects.requireNonNull(providers, "providers");
            this.issuers = Objects.requireNonNull(issuers, "issuers");
            this.state = Objects.requireNonNull(state, "state");
        }

        /** The clock; the system's by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** The source of ids; the platform's default by default. */
        public Builder random(SecureRandom source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /** How often an account, and an address, may try to register; 100 a day by default, as on PyPI. */
        public Builder attempts(RateWindow most) {
            this.window = Objects.requireNonNull(most, "most");
            return this;
        }

        /**
         * How many pending publishers an account may have for itself; 3 by default, as on PyPI.
         *
         * @throws IllegalArgumentException if not 1 to 100
         */
        public Builder mostPending(int most) {
            if (most < 1 || most > ExchangePlanner.MOST) {
                throw new IllegalArgumentException("most: 1 to " + ExchangePlanner.MOST);
            }
            this.mostPending = most;
            return this;
        }

        public PublisherRegistrations build() {
            return new PublisherRegistrations(this);
        }
    }
}

package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.publisher.ExchangePlan.Mint;
import dev.gatehouse.publisher.ExchangePlan.Reify;
import dev.gatehouse.publisher.PublisherEvents.Gone;
import dev.gatehouse.publisher.PublishingStore.Unit;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.Minting;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does what was planned, within one transaction; whatever it throws takes all of it back. */
final class ExchangeWriter {
    private static final int PAGE = 1_000;

    /**
     * How long before its making a token is good already: the next request may reach a node whose clock is behind. As much as {@code
     * JdbcStore} lets the clocks of nodes differ by default.
     */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private final ApiTokens tokens;
    private final Duration lifetime;
    private final Supplier<String> ids;

    ExchangeWriter(ApiTokens tokens, Duration lifetime, Supplier<String> ids) {
        this.tokens = tokens;
        this.lifetime = lifetime;
        this.ids = ids;
    }

    /** The project of a pending publisher is not made: the host makes none of that name, or no token would hold it. */
    static final class ProjectRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final String text;

        ProjectRefusedException(String text, String reason) {
            super(reason, null, false, false);
            this.text = text;
        }
    }

    /**
     * Mints a token.
     *
     * @param permitted ids of the projects that it may be for
     */
    Exchanged mint(Unit unit, ExchangeCourse course, Mint plan, Set<String> permitted) {
        keep(unit, course, plan, plan.next(), PublisherEvents.pinned(plan.next(), course));
        return minted(unit, course, plan.next(), plan.version(), permitted(plan, permitted), null, plan.match());
    }

    /** Makes the project of a pending publisher, and mints a token. */
    Exchanged reify(Unit unit, ExchangeCourse course, Reify plan, Set<String> permitted) {
        PendingPublisher pending = plan.pending();
        Mint known = plan.known();
        String id = known != null ? known.publisher().id() : ids.get();
        String actor = PublisherEvents.actor(id);
        take(unit, course, pending, actor);
        PublishingProject made = made(unit, pending);
        TrustedPublisher next = next(course, plan, id, made);
        AuditEvent added = PublisherEvents.project(AuditTag.PUBLISHER_ADDED, made, next, course.now)
                .account(pending.registrant())
                .actor(actor)
                .address(PublisherEvents.address(course))
                .attribute("reified_from_pending_publisher", "true")
                .build();
        AuditEvent pinned = PublisherEvents.pinned(next, course);
        if (known == null) {
            Retries.hold(unit.publishers().insert(next, course.keysOf(next), pinned)
                    == PublisherRepository.Insertion.INSERTED);
            unit.audit().record(added);
        } else if (known.next().equals(known.publisher())) {
            // Nothing else has changed of it than that it has a project more.
            keep(unit, course, known, next, added);
        } else {
            keep(unit, course, known, next, pinned);
            unit.audit().record(added);
        }
        List<PublishingProject> projects = new ArrayList<>();
        projects.add(made);
        if (known != null && course.request.project().isEmpty()) {
            projects.addAll(permitted(known, permitted));
        }
        // The plan did not know the id that the host would give it.
        if (ExchangePlanner.isTooLong(projects)) {
            throw new ProjectRefusedException(
                    ExchangePlanner.TOO_LONG, "pending publisher " + pending.id() + ": " + ExchangePlanner.TOO_LONG);
        }
        long version = known != null ? known.version() : 0;
        return minted(unit, course, next, version, projects, made, plan.match());
    }

    /**
     * Takes a pending publisher and all others that wait for the name, in an order that is the same for every run, and before the
     * project: otherwise one run would wait for the other's row, and the other for the one's project.
     */
    private static void take(Unit unit, ExchangeCourse course, PendingPublisher meant, String actor) {
        List<PendingPublisher> all =
                new ArrayList<>(ExchangePlanner.answered(unit.pending().ofName(meant.normalizedName(), PAGE)));
        Retries.hold(all.contains(meant));
        // What is found here is removed: a store that answers with another name takes nothing away.
        if (!all.stream().allMatch(each -> each.normalizedName().equals(meant.normalizedName()))) {
            throw new IllegalStateException("pending: answered with one of another name");
        }
        all.sort(Comparator.comparing(PendingPublisher::id));
        for (PendingPublisher each : all) {
            Gone why = each.equals(meant) ? Gone.REIFIED : Gone.PROJECT_EXISTS;
            Retries.hold(unit.pending().remove(each, PublisherEvents.gone(each, why, actor, course.now))
                    == PendingPublisherRepository.Change.CHANGED);
        }
    }

    private static PublishingProject made(Unit unit, PendingPublisher pending) {
        ProjectCreation creation = ExchangePlanner.answered(unit.projects().create(pending));
        if (creation instanceof ProjectCreation.Refused refused) {
            throw new ProjectRefusedException(refused.text(), "the host makes no such project: " + refused.text());
        }
        Retries.hold(creation instanceof ProjectCreation.Created);
        PublishingProject made = ((ProjectCreation.Created) creation).project();
        boolean isWhatWasAsked = made.organization().equals(pending.organization())
                && unit.projects().normalized(made.name()).equals(pending.normalizedName());
        if (!isWhatWasAsked) {
            throw new IllegalStateException("projects: made another project than was asked for");
        }
        return made;
    }

    private static TrustedPublisher next(ExchangeCourse course, Reify plan, String id, PublishingProject made) {
        Mint known = plan.known();
        if (known != null) {
            return known.next().linkedTo(made.id());
        }
        PendingPublisher pending = plan.pending();
        TrustedPublisher.Builder builder = TrustedPublisher.builder(id, pending.settings(), course.now)
                .pins(plan.match().pinsNow())
                .projects(Set.of(made.id()))
                .addedBy(pending.registrant());
        course.organization().ifPresent(builder::organization);
        return builder.build();
    }

    /**
     * Keeps what the run has shown of a publisher.
     *
     * @param event what has changed, if anything has
     */
    private static void keep(Unit unit, ExchangeCourse course, Mint plan, TrustedPublisher next, AuditEvent event) {
        for (TrustedPublisher gone : plan.absorbed()) {
            Retries.hold(unit.publishers().remove(gone, PublisherEvents.absorbed(gone, next, course))
                    == PublisherRepository.Change.CHANGED);
            OwnerState state = unit.tokens()
                    .advance(TokenOwner.publisher(gone.id()), PublisherEvents.tokensOver(gone, next, course));
            Retries.hold(!ExchangePlanner.answered(state).suspended());
        }
        if (!next.equals(plan.publisher())) {
            Retries.hold(unit.publishers().replace(plan.publisher(), next, course.keysOf(next), event)
                    == PublisherRepository.Change.CHANGED);
        }
    }

    private static List<PublishingProject> permitted(Mint plan, Set<String> permitted) {
        return plan.projects().stream()
                .filter(project -> permitted.contains(project.id()))
                .toList();
    }

    private Exchanged minted(
            Unit unit,
            ExchangeCourse course,
            TrustedPublisher publisher,
            long version,
            List<PublishingProject> projects,
            @Nullable PublishingProject made,
            PublisherMatch.Matched match) {
        Instant second = course.now.truncatedTo(ChronoUnit.SECONDS);
        Instant expires = second.plus(lifetime);
        String actor = PublisherEvents.actor(publisher.id());
        MintRequest request = MintRequest.builder(
                        TokenOwner.publisher(publisher.id()),
                        version,
                        new Requester(actor, PublisherEvents.address(course)))
                .lifetime(lifetime)
                .run(course.run)
                .projects(projects.stream()
                        .map(project -> TokenProject.of(project.name()).withId(project.id()))
                        .toList())
                .restrictions(List.of(Caveats.expiration(second.minus(CLOCK_DIFFERENCE), expires)))
                .build();
        Minting minting = tokens.within(unit.tokens(), statusIn(unit)).mint(request);
        Retries.hold(minting instanceof Minting.Minted);
        Minting.Minted minted = (Minting.Minted) minting;
        RunRemarks remarks = RunRemarks.of(course.provider, publisher, course.claims(), course.run, match);
        for (PublishingProject project : projects) {
            unit.audit().record(added(course, publisher, project, minted.token().id(), expires, remarks));
        }
        return new Exchanged(minted.token(), minted.secret(), expires, publisher, projects, made, remarks);
    }

    private static AuditEvent added(
            ExchangeCourse course,
            TrustedPublisher publisher,
            PublishingProject project,
            String tokenId,
            Instant expires,
            RunRemarks remarks) {
        AuditEvent.Builder event = PublisherEvents.project(
                        AuditTag.SHORT_LIVED_TOKEN_ADDED, project, publisher, course.now)
                .actor(PublisherEvents.actor(publisher.id()))
                .address(PublisherEvents.address(course))
                .attribute("token", tokenId)
                .attribute("expires", expires.toString())
                .attribute("publisher_name", course.provider.displayName())
                .attribute("reusable_workflow_used", Boolean.toString(remarks.isReusableWorkflow()))
                .attribute("replay_key", course.token.replayKeys().get(0));
        if (remarks.ignoredEnvironment() != null) {
            event.attribute("environment_ignored", remarks.ignoredEnvironment());
        }
        if (remarks.renamed() != null) {
            event.attribute("renamed", remarks.renamed());
        }
        return event.build();
    }

    /** A publisher that this transaction has made is seen in it and nowhere else yet. */
    private static OwnerStatus statusIn(Unit unit) {
        return owner ->
                owner instanceof TokenOwner.Publisher publisher && PublisherOwners.isThere(unit.publishers(), publisher)
                        ? OwnerStatus.Standing.ACTIVE
                        : OwnerStatus.Standing.GONE;
    }
}

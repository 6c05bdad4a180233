package dev.gatehouse.publisher;

import dev.gatehouse.publisher.ExchangePlan.Mint;
import dev.gatehouse.publisher.ExchangePlan.Nothing;
import dev.gatehouse.publisher.ExchangePlan.Planned;
import dev.gatehouse.publisher.ExchangePlan.Reify;
import dev.gatehouse.publisher.PublisherMatch.Matched;
import dev.gatehouse.publisher.PublishingStore.Unit;
import dev.gatehouse.publisher.RegistrantStatus.Standing;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.TokenOwner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an exchange has to do; writes nothing. What the store answers is distrusted: publishers of another provider or issuer
 * are as good as none, and more than {@value #MOST} refuse the exchange.
 */
final class ExchangePlanner {
    /** The most publishers that are matched with one token. */
    static final int MOST = 100;

    static final String TOO_LONG = "too many projects for one token; ask for one";

    private static final String NOT_FOUND = "Publisher with matching claims was not found";

    private final RegistrantStatus registrants;

    ExchangePlanner(RegistrantStatus registrants) {
        this.registrants = registrants;
    }

    private record Candidate<T>(T publisher, Matched match) {
        /** Whether the other names the same workflow today, whatever the repository was called when each was registered. */
        boolean isSame(Candidate<?> other) {
            return match.settingsNow().equals(other.match().settingsNow());
        }
    }

    Planned plan(Unit unit, ExchangeCourse course) {
        if (course.keys.isEmpty()) {
            return new Planned(unmatched(course, List.of(), List.of()), List.of());
        }
        List<PendingPublisher> pending = answered(unit.pending().withAnyKey(course.keys, MOST + 1));
        List<TrustedPublisher> publishers = answered(unit.publishers().withAnyKey(course.keys, MOST + 1));
        if (pending.size() > MOST || publishers.size() > MOST) {
            return new Planned(nothing("more than " + MOST + " publishers have its keys"), List.of());
        }
        List<Candidate<TrustedPublisher>> active = matching(course, publishers);
        List<PendingPublisher> dead = new ArrayList<>();
        Nothing obstacle = null;
        for (Candidate<PendingPublisher> candidate : waiting(course, unit, pending)) {
            PendingPublisher each = candidate.publisher();
            if (answered(unit.projects().byName(each.projectName())).isPresent()) {
                // One that was made into this very project between two reads is no longer there.
                Retries.hold(answered(unit.pending().find(each.id())).isPresent());
                dead.add(each);
                obstacle = first(obstacle, ExchangeRefusal.PROJECT_EXISTS, each, "its project exists");
                continue;
            }
            Standing standing = answered(registrants.standingOf(each));
            ExchangePlan known = known(unit, course, candidate, active);
            if (known instanceof Mint mint && isTooLong(course, mint, each)) {
                // It is made when the run asks for it alone; what there is to say is said of its publisher.
                continue;
            }
            String why = hindrance(standing, known);
            if (why.isEmpty()) {
                return new Planned(new Reify(each, candidate.match(), (Mint) known), List.copyOf(dead));
            }
            obstacle = first(obstacle, ExchangeRefusal.REGISTRANT_NOT_READY, each, why);
        }
        ExchangePlan plan = active.isEmpty() ? unmatched(course, pending, publishers) : mint(unit, course, active);
        return new Planned(plan instanceof Nothing && obstacle != null ? obstacle : plan, List.copyOf(dead));
    }

    private static Nothing first(
            @Nullable Nothing before, ExchangeRefusal refusal, PendingPublisher pending, String why) {
        return before != null ? before : new Nothing(refusal, "", "pending publisher " + pending.id() + ": " + why);
    }

    /** Why the project of a pending publisher must not be made now; empty if it may. */
    private static String hindrance(Standing standing, @Nullable ExchangePlan known) {
        if (standing != Standing.READY) {
            return "its registrant is " + standing;
        }
        if (known instanceof Nothing unusable) {
            return unusable.reason();
        }
        boolean isFull = known instanceof Mint mint && mint.next().projects().size() >= TrustedPublisher.MAX_PROJECTS;
        return isFull ? "its publisher has too many projects" : "";
    }

    private static Nothing nothing(String reason) {
        return new Nothing(ExchangeRefusal.NO_PUBLISHER, NOT_FOUND, reason);
    }

    /** The narrowest first, then those with the names of today, then the one with more pins, then the oldest. */
    private static List<Candidate<TrustedPublisher>> matching(
            ExchangeCourse course, List<TrustedPublisher> publishers) {
        List<Candidate<TrustedPublisher>> found = new ArrayList<>();
        for (TrustedPublisher each : publishers) {
            if (!course.fits(each.settings()) || !each.organization().equals(course.organization())) {
                continue;
            }
            if (course.match(each.settings(), each.pins()) instanceof Matched matched) {
                found.add(new Candidate<>(each, matched));
            }
        }
        found.sort(Comparator.comparing(
                        (Candidate<TrustedPublisher> c) -> -c.match().specificity())
                .thenComparing(c -> c.match().renamed().isPresent())
                .thenComparing(c -> -c.publisher().pins().size())
                .thenComparing(c -> c.publisher().created())
                .thenComparing(c -> c.publisher().id()));
        return found;
    }

    private static List<Candidate<PendingPublisher>> waiting(
            ExchangeCourse course, Unit unit, List<PendingPublisher> pending) {
        String asked = course.request
                .project()
                .map(name -> answered(unit.projects().normalized(name)))
                .orElse(null);
        List<Candidate<PendingPublisher>> found = new ArrayList<>();
        for (PendingPublisher each : pending) {
            boolean isMeant = asked == null || asked.equals(each.normalizedName());
            boolean isOfIssuer =
                    course.organization().isEmpty() || course.organization().equals(each.organization());
            if (!isMeant
                    || !isOfIssuer
                    || !course.fits(each.settings())
                    || !course.now.isBefore(each.expires())
                    || course.skipped.contains(each.id())) {
                continue;
            }
            if (course.match(each.settings(), each.pins()) instanceof Matched matched) {
                found.add(new Candidate<>(each, matched));
            }
        }
        found.sort(Comparator.comparing(
                        (Candidate<PendingPublisher> c) -> -c.match().specificity())
                .thenComparing(c -> c.publisher().created())
                .thenComparing(c -> c.publisher().id()));
        return found;
    }

    /** Why none matches: the publisher that nearly does tells it. */
    private static Nothing unmatched(
            ExchangeCourse course, List<PendingPublisher> pending, List<TrustedPublisher> publishers) {
        List<PublisherSelection.Candidate<String>> all = new ArrayList<>();
        for (TrustedPublisher each : publishers) {
            if (course.fits(each.settings())) {
                all.add(new PublisherSelection.Candidate<>(each.id(), each.settings(), each.pins(), each.id()));
            }
        }
        for (PendingPublisher each : pending) {
            if (course.fits(each.settings())) {
                all.add(new PublisherSelection.Candidate<>(each.id(), each.settings(), each.pins(), each.id()));
            }
        }
        // One that matches is here if it may not be used: it has expired, or its issuer is another organisation's.
        return PublisherSelection.of(course.provider, all, course.claims())
                .fold(
                        selected -> nothing("publisher " + selected.candidate().id()
                                + " matches, but must not be used: expired, or of another organisation or project"),
                        none -> new Nothing(
                                ExchangeRefusal.NO_PUBLISHER,
                                none.outside(),
                                none.nearest()
                                                .map(near -> "publisher "
                                                        + near.candidate().id() + ": ")
                                                .orElse("")
                                        + none.text()));
    }

    /** The plan to use the publisher of the same workflow that the run of a pending one has already; null if it has none. */
    private static @Nullable ExchangePlan known(
            Unit unit,
            ExchangeCourse course,
            Candidate<PendingPublisher> pending,
            List<Candidate<TrustedPublisher>> active) {
        Candidate<TrustedPublisher> best =
                active.stream().filter(c -> c.isSame(pending)).findFirst().orElse(null);
        return best == null ? null : minted(unit, course, best, active, null);
    }

    private ExchangePlan mint(Unit unit, ExchangeCourse course, List<Candidate<TrustedPublisher>> active) {
        String asked = course.request.project().orElse(null);
        PublishingProject only =
                asked == null ? null : answered(unit.projects().byName(asked)).orElse(null);
        if (asked != null && only == null) {
            return nothing("it asked for a project that does not exist");
        }
        Candidate<TrustedPublisher> best = active.stream()
                .filter(c -> only == null || c.publisher().projects().contains(only.id()))
                .findFirst()
                .orElse(null);
        if (best == null) {
            return nothing("no publisher that matches is linked to the project that it asked for");
        }
        ExchangePlan plan = minted(unit, course, best, active, only);
        if (!(plan instanceof Mint mint)) {
            return plan;
        }
        if (mint.projects().isEmpty()) {
            return nothing("publisher " + best.publisher().id() + ": none of its projects is there for its issuer");
        }
        return isTooLong(mint.projects())
                ? new Nothing(
                        ExchangeRefusal.NO_PUBLISHER,
                        TOO_LONG,
                        "publisher " + best.publisher().id() + ": " + TOO_LONG)
                : mint;
    }

    /**
     * The plan to use a publisher, and with it all that are the same today, of which the first stays; or why it must not be used.
     *
     * @param only the only project that is asked for
     */
    private static ExchangePlan minted(
            Unit unit,
            ExchangeCourse course,
            Candidate<TrustedPublisher> meant,
            List<Candidate<TrustedPublisher>> active,
            @Nullable PublishingProject only) {
        List<Candidate<TrustedPublisher>> same =
                active.stream().filter(c -> c.isSame(meant)).toList();
        TrustedPublisher publisher = same.get(0).publisher();
        Matched match = joined(same);
        // The version first and what it stands for after it: a change that comes between is a change after the version.
        OwnerState state = answered(unit.tokens().ownerState(TokenOwner.publisher(publisher.id())));
        boolean isStill = answered(unit.publishers().find(publisher.id())).equals(Optional.of(publisher));
        // Rows read one after another may be of two moments, as when the first runs of a publisher come together.
        Retries.hold(isStill);
        List<TrustedPublisher> absorbed = same.stream()
                .map(Candidate::publisher)
                .filter(other -> !other.id().equals(publisher.id()))
                .toList();
        // One that is suspended would be in use again as a part of another.
        Optional<String> suspended = state.suspended()
                ? Optional.of(publisher.id())
                : absorbed.stream()
                        .map(TrustedPublisher::id)
                        .filter(id -> answered(unit.tokens().ownerState(TokenOwner.publisher(id)))
                                .suspended())
                        .findFirst();
        if (suspended.isPresent()) {
            return nothing("publisher " + suspended.get() + ": its tokens are suspended");
        }
        Set<String> links = new TreeSet<>(publisher.projects());
        absorbed.forEach(other -> links.addAll(other.projects()));
        if (links.size() > TrustedPublisher.MAX_PROJECTS) {
            return nothing("publisher " + publisher.id() + ": it would have too many projects");
        }
        TrustedPublisher next = publisher.pinned(match.pinsNow()).linkedTo(links);
        List<PublishingProject> projects = new ArrayList<>();
        for (String id : only == null ? links : Set.of(only.id())) {
            answered(unit.projects().byId(id))
                    .filter(project -> project.id().equals(id) && isOfIssuer(course, project))
                    .ifPresent(projects::add);
        }
        return new Mint(publisher, absorbed, state.version(), next, match, List.copyOf(projects));
    }

    /** What the run has shown of those that become one: each id that any of them has, and what was renamed. */
    private static Matched joined(List<Candidate<TrustedPublisher>> same) {
        SortedMap<String, String> pins = new TreeMap<>();
        same.forEach(each -> pins.putAll(each.match().pinsNow()));
        Optional<String> renamed =
                same.stream().flatMap(each -> each.match().renamed().stream()).findFirst();
        Matched first = same.get(0).match();
        return new Matched(pins, first.specificity(), renamed, first.settingsNow());
    }

    /** The issuer of an organisation is good for its projects alone. */
    private static boolean isOfIssuer(ExchangeCourse course, PublishingProject project) {
        return course.organization().isEmpty() || course.organization().equals(project.organization());
    }

    /** Whether a token for all projects of a publisher and for the one to be made would be too long, whatever id that gets. */
    private static boolean isTooLong(ExchangeCourse course, Mint known, PendingPublisher pending) {
        List<String> names = new ArrayList<>(names(known.projects()));
        names.add(pending.projectName());
        return course.request.project().isEmpty() && isTooLong(names, ids(known.projects()));
    }

    /** Whether there is no token for so many. */
    static boolean isTooLong(List<PublishingProject> projects) {
        return isTooLong(names(projects), ids(projects));
    }

    private static boolean isTooLong(List<String> names, List<String> ids) {
        return Caveats.projectNames(names).json().length() > ApiToken.MAX_RESTRICTION
                || Caveats.projectIds(ids).json().length() > ApiToken.MAX_RESTRICTION;
    }

    private static List<String> names(List<PublishingProject> projects) {
        return projects.stream().map(PublishingProject::name).toList();
    }

    private static List<String> ids(List<PublishingProject> projects) {
        return projects.stream().map(PublishingProject::id).toList();
    }

    /** Holds that a host's part has answered. */
    static <T> T answered(@Nullable T answer) {
        return Objects.requireNonNull(answer, "a store or the host answered null");
    }
}

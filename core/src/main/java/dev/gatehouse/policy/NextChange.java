package dev.gatehouse.policy;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The next instant at which time alone may change what is said of one rule: an edge of a phase or waiver, the end of a proof's
 * age, a wait that is over, a bound that an age reaches.
 */
final class NextChange {
    private final Reading reading;
    private final TreeSet<Instant> instants = new TreeSet<>();

    private NextChange(Reading reading) {
        this.reading = reading;
    }

    static Optional<Instant> of(Rule rule, Reading reading) {
        NextChange next = new NextChange(reading);
        rule.requirement.phases().forEach(next::edges);
        for (Waiver waiver : reading.controls.byRequirement().getOrDefault(rule.id(), List.of())) {
            next.add(waiver.from());
            next.add(waiver.until());
        }
        Rule.conditions(rule.requirement).flatMap(Rule::atoms).forEach(next::ages);
        return Optional.ofNullable(next.instants.isEmpty() ? null : next.instants.first());
    }

    private void edges(Phase phase) {
        phase.from().ifPresent(this::add);
        phase.until().ifPresent(this::add);
        for (Window window : phase.windows()) {
            add(window.from());
            add(window.until());
        }
    }

    private void ages(Atom atom) {
        AccessRequest q = reading.request;
        if (atom instanceof Atom.Proven proven) {
            proofs(proven, q.evidence());
        } else if (atom instanceof Atom.Elapsed elapsed) {
            for (String event : elapsed.since()) {
                Occurrence last = q.account().event(event).orNull();
                over(last == null ? null : last.lastOrNull(), elapsed.atLeast(), false);
            }
        } else if (atom instanceof Atom.Credential credential) {
            credential(credential.test(), q.credential());
        } else if (atom instanceof Atom.Account account) {
            thing(account.test(), q.account());
        } else if (atom instanceof Atom.Project project) {
            thing(project.test(), q.project());
        } else if (atom instanceof Atom.Organization organization) {
            thing(organization.test(), q.organization());
        } else if (atom instanceof Atom.Release release) {
            thing(release.test(), q.release());
        } else if (atom instanceof Atom.Maintains maintains) {
            things(maintains.test(), q.account().maintains());
        } else if (atom instanceof Atom.MemberOf memberOf) {
            things(memberOf.test(), q.account().memberOf());
        }
    }

    private void proofs(Atom.Proven proven, List<Evidence> evidence) {
        for (Evidence proof : evidence) {
            proven.within().duration().ifPresent(duration -> over(proof.at(), duration, false));
            // From when a proof of the future counts.
            add(Times.minus(proof.at(), reading.setting.skew()));
        }
    }

    private void credential(CredentialTest test, Credential credential) {
        bounds(test.age(), credential.age(reading.now));
        bounds(test.idle(), credential.idle(reading.now));
    }

    private void things(ThingTest test, Fact<Collection<ThingFacts>> things) {
        if (things.isKnown()) {
            things.value().forEach(thing -> thing(test, thing));
        }
    }

    private void thing(ThingTest test, ThingFacts thing) {
        if (!test.age().isNone()) {
            bounds(test.age(), thing.age(reading.now));
        }
    }

    /** An age grows with time: it reaches each bound that is still ahead of it. */
    private void bounds(Bounds<Duration> bounds, Fact<Duration> age) {
        if (!age.isKnown()) {
            return;
        }
        Instant start = Times.minus(reading.now, age.value());
        Stream.of(bounds.atLeast(), bounds.below()).flatMap(Optional::stream).forEach(end -> over(start, end, false));
        Stream.of(bounds.over(), bounds.atMost()).flatMap(Optional::stream).forEach(end -> over(start, end, true));
        for (Duration one : bounds.oneOf()) {
            over(start, one, false);
            over(start, one, true);
        }
    }

    private void over(@Nullable Instant start, Duration length, boolean justAfter) {
        if (start != null) {
            Instant end = Times.plus(start, length);
            add(justAfter && end.isBefore(Instant.MAX) ? end.plusNanos(1) : end);
        }
    }

    private void add(Instant instant) {
        if (instant.isAfter(reading.now)) {
            instants.add(instant);
        }
    }
}

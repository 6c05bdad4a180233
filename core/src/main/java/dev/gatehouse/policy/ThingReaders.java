package dev.gatehouse.policy;

import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Readers of flags, numbers and dates, of one thing or of a list of them. */
final class ThingReaders {
    private ThingReaders() {}

    /** Flags of one thing: each word is looked for once, whatever the number of tests that ask for it. */
    static final class Flags extends Reader {
        private final Owner owner;
        private final FlagTest[] tests;
        private final Words words;
        private final boolean fit;

        Flags(int base, Owner owner, List<Object> specs) {
            super(base, specs.size());
            this.owner = owner;
            this.tests = specs.toArray(new FlagTest[0]);
            this.words = new Words(base, tests);
            this.fit = words.fit();
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Set<String>> fact = owner.of(q).flags();
            Set<String> set = fact == null ? null : fact.orNull();
            if (set == null) {
                return missing(fact, owner.mayBeAbsent(q));
            }
            if (fit) {
                return words.bits(set);
            }
            long word = 0;
            for (int i = 0; i < tests.length; i++) {
                word |= bits(i, tests[i].truth(set));
            }
            return word;
        }
    }

    static final class Metric extends Reader {
        private final Owner owner;
        private final String name;
        private final Ladder ladder;

        @SuppressWarnings("unchecked")
        Metric(int base, Owner owner, String name, List<Object> specs) {
            super(base, specs.size());
            this.owner = owner;
            this.name = name;
            this.ladder = Ladder.ofNumbers(
                    specs.stream().map(spec -> (Bounds<Double>) spec).toList(), base);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Double> fact = owner.of(q).metric(name);
            if (fact == null || !fact.isKnown() || fact.value().isNaN()) {
                return missing(fact, owner.mayBeAbsent(q));
            }
            return ladder.at(fact.value());
        }
    }

    /** A number that the host does not supply: unknown unless there is nothing to count. */
    static final class Unsupplied extends Reader {
        private final Owner owner;
        private final String name;

        Unsupplied(int base, Owner owner, String name, int tests) {
            super(base, tests);
            this.owner = owner;
            this.name = name;
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            return missing(owner.of(q).metric(name), owner.mayBeAbsent(q));
        }
    }

    /** When a thing was made, and how old it is. */
    static final class Time extends Reader {
        private final Owner owner;
        private final @Nullable InstantBounds[] created;
        private final @Nullable AgeTest[] ages;
        private final boolean readsCreated;
        private final boolean readsAge;

        Time(int base, Owner owner, List<Object> specs) {
            super(base, specs.size());
            this.owner = owner;
            this.created = new @Nullable InstantBounds[specs.size()];
            this.ages = new @Nullable AgeTest[specs.size()];
            boolean anyCreated = false;
            boolean anyAge = false;
            for (int i = 0; i < specs.size(); i++) {
                if (specs.get(i) instanceof AgeTest age) {
                    ages[i] = age;
                    anyAge = true;
                } else {
                    created[i] = (InstantBounds) specs.get(i);
                    anyCreated = true;
                }
            }
            this.readsCreated = anyCreated;
            this.readsAge = anyAge;
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            ThingFacts thing = owner.of(q);
            Fact<Duration> age = readsAge ? age(thing, second, nano) : Fact.unknown();
            Fact<Instant> made = Fact.unknown();
            if (readsCreated || age.isSinceCreated()) {
                made = thing.created();
                made = made != null && made.isKnown() ? made : Fact.read(made, owner.mayBeAbsent(q));
            }
            if (!age.isKnown() && !age.isSinceCreated()) {
                age = Fact.read(age, owner.mayBeAbsent(q));
            }
            long word = 0;
            for (int i = 0; i < created.length; i++) {
                InstantBounds span = created[i];
                AgeTest test = ages[i];
                if (span != null) {
                    word |= made.isKnown() ? bits(i, span.admits(made.value())) : bits(i, Truths.missing(made));
                } else if (test != null) {
                    word |= age.isSinceCreated() ? bits(i, since(test, made, second, nano)) : bits(i, given(test, age));
                }
            }
            return word;
        }

        private static Fact<Duration> age(ThingFacts thing, long second, int nano) {
            Fact<Duration> given;
            if (thing instanceof ThingValues values) {
                given = values.ageOrNull();
                return given == null ? Fact.sinceCreated() : given;
            }
            if (thing instanceof AccountValues) {
                return Fact.sinceCreated();
            }
            given = thing.age(Instant.ofEpochSecond(second, nano));
            return given == null ? Fact.unknown() : given;
        }

        private static Truth since(AgeTest test, Fact<Instant> made, long second, int nano) {
            if (!made.isKnown()) {
                return Truths.missing(made);
            }
            Instant start = made.value();
            long seconds = second - start.getEpochSecond();
            int nanos = nano - start.getNano();
            return Truths.truth(test.admits(seconds, nanos));
        }

        private static Truth given(AgeTest test, Fact<Duration> age) {
            if (!age.isKnown()) {
                return Truths.missing(age);
            }
            return Truths.truth(test.bounds().admits(age.value()));
        }
    }

    /** Whether some project or organization of the account passes each test; each is asked once for all. */
    static final class Some extends Reader {
        private final Owner owner;
        private final Setting setting;
        private final ThingTest[] tests;

        Some(int base, Owner owner, Setting setting, List<Object> specs) {
            super(base, specs.size());
            this.owner = owner;
            this.setting = setting;
            this.tests = specs.toArray(new ThingTest[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Collection<ThingFacts>> fact = owner == Owner.PROJECT
                    ? q.account().maintains()
                    : q.account().memberOf();
            if (fact == null || !fact.isKnown()) {
                return missing(fact, AtAction.mayLackAccount(q.credential()));
            }
            Instant now = Instant.ofEpochSecond(second, nano);
            long word = 0;
            for (ThingFacts thing : fact.value()) {
                ThingFacts memo = thing instanceof MemoThing ? thing : MemoList.thing(thing);
                for (int i = 0; i < tests.length; i++) {
                    word |= bits(i, Truths.thing(tests[i], memo, owner.word(), setting, now));
                }
            }
            // True wins over unknown: a test with both bits is true.
            return word & ~((word & ~unknown) << 1);
        }
    }
}

package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a host says, in all three ways of saying it, and the values for facts at hand. */
class FactTest {
    private static final Instant NOW = Samples.NOW;

    @Test
    void fact_isInJustOneOfItsThreeStates() {
        Fact<String> known = Fact.of("x");

        assertThat(known.isKnown()).isTrue();
        assertThat(known.isUnknown()).isFalse();
        assertThat(known.isAbsent()).isFalse();
        assertThat(known.value()).isEqualTo("x");
        assertThat(Fact.unknown().isKnown()).isFalse();
        assertThat(Fact.unknown().isUnknown()).isTrue();
        assertThat(Fact.unknown().isAbsent()).isFalse();
        assertThat(Fact.absent().isKnown()).isFalse();
        assertThat(Fact.absent().isUnknown()).isFalse();
        assertThat(Fact.absent().isAbsent()).isTrue();
    }

    @Test
    void value_ofWhatIsNotKnown_throwsAndSaysWhatItIs() {
        assertThatThrownBy(() -> Fact.unknown().value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fact is unknown");
        assertThatThrownBy(() -> Fact.absent().value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fact is absent");
        assertThatThrownBy(() -> Fact.of((String) null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void ofNullable_ofAColumnThatIsNull_isUnknown() {
        assertThat(Fact.ofNullable(null)).isEqualTo(Fact.unknown());
        assertThat(Fact.ofNullable(5)).isEqualTo(Fact.of(5));
    }

    @Test
    void equals_isByStateAndValue() {
        assertThat(Fact.of(5))
                .isEqualTo(Fact.of(5))
                .hasSameHashCodeAs(Fact.of(5))
                .isNotEqualTo(Fact.of(6));
        assertThat(Fact.unknown()).isNotEqualTo(Fact.absent()).isEqualTo(Fact.sinceCreated());
        assertThat(Fact.of("x")).isNotEqualTo("x");
        assertThat(Fact.of("x")).hasToString("x");
        assertThat(Fact.of(true)).isEqualTo(Fact.of(Boolean.TRUE)).isNotEqualTo(Fact.of(false));
    }

    @Test
    void age_thatTheHostDoesNotGive_isTheTimeSinceTheCreation() {
        ThingFacts created = new ThingFacts() {
            @Override
            public Fact<Instant> created() {
                return Fact.of(NOW.minusSeconds(90));
            }
        };
        ThingFacts neither = new ThingFacts() {};
        ThingFacts noThing = new ThingFacts() {
            @Override
            public Fact<Instant> created() {
                return Fact.absent();
            }
        };

        assertThat(new MemoThing(created, false).age(NOW)).isEqualTo(Fact.of(Duration.ofSeconds(90)));
        assertThat(new MemoThing(neither, true).age(NOW).isUnknown()).isTrue();
        assertThat(new MemoThing(noThing, true).age(NOW).isAbsent()).isTrue();
        assertThat(new MemoThing(noThing, false).age(NOW).isUnknown()).isTrue();
        assertThat(neither.age(NOW)).as("to anybody else").isEqualTo(Fact.unknown());
    }

    @Test
    void number_thatIsNone_isUnknown() {
        assertThat(Facts.number(Fact.of(Double.NaN)).isUnknown()).isTrue();
        assertThat(Facts.number(Fact.of(1.5))).isEqualTo(Fact.of(1.5));
        assertThat(Facts.number(Fact.<Double>absent()).isAbsent()).isTrue();
    }

    @Test
    void account_ofValues_saysWhatWasSetAndNothingElse() {
        ThingValues project = ThingValues.builder("p1", "sampleproject").build();
        AccountValues account = AccountValues.builder("a1", "alice")
                .registered(NOW.minusSeconds(60))
                .flags(Set.of("vip"))
                .metric("projects", 3)
                .metric("stars", Double.NaN)
                .event("code-used", Occurrence.at(NOW))
                .enrolled(EnrolledFactors.of(FactorKind.TOTP))
                .emailVerified(true)
                .recoveryCodesSaved(false)
                .maintains(List.of(project))
                .memberOf(List.of())
                .build();

        assertThat(account.id()).isEqualTo(Fact.of("a1"));
        assertThat(account.name()).isEqualTo(Fact.of("alice"));
        assertThat(account.registered()).isEqualTo(Fact.of(NOW.minusSeconds(60)));
        assertThat(account.created()).isEqualTo(account.registered());
        assertThat(account.age(NOW)).isEqualTo(Fact.of(Duration.ofMinutes(1)));
        assertThat(account.flags()).isEqualTo(Fact.of(Set.of("vip")));
        assertThat(account.metric("projects")).isEqualTo(Fact.of(3.0));
        assertThat(account.metric("stars").isUnknown()).isTrue();
        assertThat(account.metric("another").isUnknown()).isTrue();
        assertThat(account.event("code-used")).isEqualTo(Fact.of(Occurrence.at(NOW)));
        assertThat(account.event("another").isUnknown()).isTrue();
        assertThat(account.enrolled()).isEqualTo(Fact.of(EnrolledFactors.of(FactorKind.TOTP)));
        assertThat(account.emailVerified()).isEqualTo(Fact.of(true));
        assertThat(account.recoveryCodesSaved()).isEqualTo(Fact.of(false));
        assertThat(account.maintains().value()).containsExactly(project);
        assertThat(account.memberOf().value()).isEmpty();
    }

    private static List<Fact<?>> all(AccountFacts account) {
        return List.of(
                account.id(),
                account.name(),
                account.registered(),
                account.created(),
                account.age(NOW),
                account.flags(),
                account.metric("projects"),
                account.event("code-used"),
                account.enrolled(),
                account.emailVerified(),
                account.recoveryCodesSaved(),
                account.maintains(),
                account.memberOf());
    }

    @Test
    void account_thatIsUnknownOrAbsent_isSoInEveryFact() {
        assertThat(all(AccountValues.unknown())).allMatch(Fact::isUnknown);
        assertThat(all(new AccountFacts() {})).allMatch(Fact::isUnknown);
        assertThat(all(AccountValues.absent())).allMatch(Fact::isAbsent);
    }

    @Test
    void lifetimesAndOccurrences_areEqualByWhatTheySay() {
        assertThat(Lifetime.of(Duration.ofDays(1)))
                .isEqualTo(Lifetime.of(Duration.ofHours(24)))
                .hasSameHashCodeAs(Lifetime.of(Duration.ofHours(24)))
                .isNotEqualTo(Lifetime.of(Duration.ofDays(2)))
                .isNotEqualTo(Lifetime.endless())
                .hasToString("PT24H");
        assertThat(Lifetime.of(Duration.ofDays(1)).duration()).hasValue(Duration.ofDays(1));
        assertThat(Lifetime.endless()).hasToString("endless");
        assertThat(Lifetime.endless().duration()).isEmpty();
        assertThat(Occurrence.at(NOW))
                .isEqualTo(Occurrence.at(NOW))
                .hasSameHashCodeAs(Occurrence.at(NOW))
                .isNotEqualTo(Occurrence.never())
                .hasToString("2024-06-01T12:00:00Z");
        assertThat(Occurrence.at(NOW).last()).hasValue(NOW);
        assertThat(Occurrence.never()).hasToString("never");
        assertThat(Occurrence.never().last()).isEmpty();
    }
}

package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.PlainSubject.Verdict;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WaiverDecisionTest {
    private static final Instant NOW = Samples.NOW;

    private static TwoFactorPolicy policy(Requirement requirement, Instant now, Waiver... waivers) {
        PolicyControls controls = PolicyControls.of(Map.of());
        controls.waivers(List.of(waivers));
        PolicyDefinition definition = Samples.definition(requirement).build();
        return TwoFactorPolicy.builder(definition)
                .clock(InstantSource.fixed(now))
                .controls(controls)
                .build();
    }

    private static Waiver waiver(String rule, Waiver.Subject subject, String id, Instant from, Instant until) {
        return new Waiver(rule, subject, id, from, until, "a lost key", "support");
    }

    private static Waiver ofAccount(String id) {
        return waiver("email-needed", Waiver.Subject.ACCOUNT, id, NOW, NOW.plusSeconds(60));
    }

    @Test
    void decide_waivedForTheAccount_permitsWithANotice() {
        Decision decision = policy(Samples.emailNeeded(), NOW, ofAccount("a1")).decide(Samples.bare());

        assertThat(decision).isInstanceOf(Decision.Permitted.class);
        assertThat(decision.notices()).hasSize(1);
        assertThat(decision.notices().get(0).mode()).isEqualTo(Mode.ENFORCE);
        assertThat(decision.notices().get(0).waiver()).hasValue(ofAccount("a1"));
    }

    @Test
    void decide_waivedForTheProject_permits() {
        Waiver waiver = waiver("email-needed", Waiver.Subject.PROJECT, "p1", NOW, NOW.plusSeconds(60));

        assertThat(policy(Samples.emailNeeded(), NOW, waiver).decide(Samples.bare()))
                .isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void decide_waivedForSomebodyElse_refuses() {
        assertThat(policy(Samples.emailNeeded(), NOW, ofAccount("a2")).decide(Samples.bare()))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void decide_accountUnknown_noWaiverMatches() {
        AccessRequest unknown = Samples.session().build();

        assertThat(policy(Samples.emailNeeded(), NOW, ofAccount("a1")).decide(unknown))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void decide_waiverAtItsEdges_holdsFromItsBeginningUntilJustBeforeItsEnd() {
        Waiver waiver = waiver("email-needed", Waiver.Subject.ACCOUNT, "a1", NOW, NOW.plusSeconds(60));

        assertThat(refuses(waiver, NOW.minusNanos(1))).isTrue();
        assertThat(refuses(waiver, NOW)).isFalse();
        assertThat(refuses(waiver, NOW.plusSeconds(60).minusNanos(1))).isFalse();
        assertThat(refuses(waiver, NOW.plusSeconds(60))).isTrue();
    }

    private static boolean refuses(Waiver waiver, Instant now) {
        return policy(Samples.emailNeeded(), now, waiver).decide(Samples.bare()) instanceof Decision.Refused;
    }

    @Test
    void waiver_byItsOwnAccountOrWithoutAnEndAhead_isNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Waiver("rule", Waiver.Subject.ACCOUNT, "a", NOW, NOW.plusNanos(1), "why", "a"))
                .withMessageStartingWith("by:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Waiver("rule", Waiver.Subject.ACCOUNT, "a", NOW, NOW, "why", "b"))
                .withMessageStartingWith("until:");
        assertThat(new Waiver("rule", Waiver.Subject.PROJECT, "a", NOW, NOW.plusNanos(1), "why", "a").by())
                .isEqualTo("a");
    }

    @Test
    void decide_waiverLongerThanThirtyDays_liftsNothingUnlessAllowed() {
        Waiver month = waiver("email-needed", Waiver.Subject.ACCOUNT, "a1", NOW, NOW.plus(Duration.ofDays(30)));
        Waiver longer = waiver(
                "email-needed",
                Waiver.Subject.ACCOUNT,
                "a1",
                NOW,
                NOW.plus(Duration.ofDays(30)).plusNanos(1));
        PolicyControls controls = PolicyControls.none();
        controls.waivers(List.of(longer));
        TwoFactorPolicy allowed = TwoFactorPolicy.builder(
                        Samples.definition(Samples.emailNeeded()).build())
                .clock(InstantSource.fixed(NOW))
                .controls(controls)
                .allowWaiversUpTo(Duration.ofDays(31))
                .build();

        assertThat(refuses(month, NOW)).isFalse();
        assertThat(refuses(longer, NOW)).isTrue();
        assertThat(allowed.decide(Samples.bare())).isInstanceOf(Decision.Permitted.class);
        assertThat(allowed.toString()).contains("LOOSENED: waivers up to PT744H");
    }

    @Test
    void allowWaiversUpTo_outOfBounds_isRefused() {
        TwoFactorPolicy.Builder builder = TwoFactorPolicy.builder(
                Samples.definition(Samples.emailNeeded()).build());

        assertThatThrownBy(() -> builder.allowWaiversUpTo(Duration.ofDays(30)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.allowWaiversUpTo(Duration.ofDays(367)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decide_closedIsWaived_refusesAllTheSame() {
        Requirement closed = Samples.requirement("shut", new Atom.Closed()).build();
        Waiver waiver = waiver("shut", Waiver.Subject.ACCOUNT, "a1", NOW, NOW.plusSeconds(60));

        assertThat(policy(closed, NOW, waiver).decide(Samples.bare())).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void decide_warningIsWaived_isObservedAndNotTold() {
        Requirement warned = Samples.requirement("email-needed", new Atom.EmailVerified())
                .phases(Phase.builder(Mode.WARN).build())
                .build();
        Decision decision = policy(warned, NOW, ofAccount("a1")).decide(Samples.bare());

        assertThat(decision.notices()).isEmpty();
        assertThat(decision.observed()).hasSize(1);
    }

    @Test
    void decide_severalWaivers_theOneThatEndsLastIsShown() {
        Waiver later = waiver("email-needed", Waiver.Subject.PROJECT, "p1", NOW, NOW.plusSeconds(90));
        Decision decision =
                policy(Samples.emailNeeded(), NOW, ofAccount("a1"), later).decide(Samples.bare());

        assertThat(decision.notices().get(0).waiver()).hasValue(later);
    }

    @Provide
    Arbitrary<PolicyCase> cases() {
        return PolicyCase.arbitrary();
    }

    @Property(tries = 1_500)
    void decide_withoutAnyWaiver_neverRefusesLess(@ForAll("cases") PolicyCase any) {
        Verdict waived = any.decidedBy(new EngineSubject());
        Verdict plain = any.with(any.setup().with(List.<Waiver>of())).decidedBy(new EngineSubject());

        assertThat(plain.refusedBy()).as("%s", any).containsAll(waived.refusedBy());
    }
}

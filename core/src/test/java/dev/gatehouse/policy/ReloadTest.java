package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReloadTest {
    private static final Instant NOW = Samples.NOW;
    private static final PolicyDefinition OLD =
            Samples.definition(Samples.emailNeeded()).build();

    private final List<PolicyChange> told = new ArrayList<>();

    private TwoFactorPolicy policy(PolicyDefinition definition) {
        return TwoFactorPolicy.builder(definition)
                .clock(InstantSource.fixed(NOW))
                .listener(new PolicyListener() {
                    @Override
                    public void reloaded(PolicyChange change) {
                        told.add(change);
                    }
                })
                .build();
    }

    @Test
    void reload_ofAStricterPolicy_isInForceAtOnceAndTold() {
        TwoFactorPolicy policy = policy(OLD);
        String before = policy.digest();
        PolicyDefinition stricter = Samples.definition(
                        Samples.emailNeeded(), Samples.factorNeeded().build())
                .build();

        Reload reload = policy.reload(stricter);

        assertThat(reload.isInForce()).isTrue();
        assertThat(policy.definition()).isEqualTo(stricter);
        assertThat(((Decision.Refused) policy.decide(Samples.bare())).refusals())
                .extracting(Refusal::requirement)
                .containsExactly("email-needed", "factor-needed");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).before()).isEqualTo(before).hasSize(64);
        assertThat(told.get(0).after()).isEqualTo(policy.digest()).isNotEqualTo(before);
        assertThat(told.get(0).looser()).isEmpty();
    }

    @Test
    void reload_ofAPolicyWithErrors_leavesTheOldOneAndSaysWhy() {
        TwoFactorPolicy policy = policy(OLD);
        PolicyDefinition bad = Samples.definition(
                        Requirement.builder("no-message", List.of("nowhere"), Condition.all(new Atom.EmailVerified()))
                                .build())
                .build();

        Reload reload = policy.reload(bad, new AllowLooser("alice", "try it"));

        assertThat(reload).isInstanceOf(Reload.Rejected.class);
        assertThat(((Reload.Rejected) reload).findings())
                .extracting(finding -> finding.code())
                .contains("P10", "P36");
        assertThat(policy.definition()).isEqualTo(OLD);
        assertThat(told).isEmpty();
    }

    /** A host is built with a condition once; the rule that asked it goes, or had not come yet. */
    @Test
    void reload_ofAPolicyWithoutTheHostsCondition_isInForceAndDoesNotAskIt() {
        PolicyDefinition asking = Samples.definition(Samples.requirement("night", new Atom.EmailVerified())
                        .when(Condition.all(new Atom.Host(List.of("night"))))
                        .build())
                .vocabulary(Vocabulary.empty().with(Vocabulary.Section.FLAGS, "host.night", "it is night"))
                .build();
        List<AccessRequest> asked = new ArrayList<>();
        TwoFactorPolicy policy = TwoFactorPolicy.builder(asking)
                .clock(InstantSource.fixed(NOW))
                .conditions(new CustomCondition() {
                    @Override
                    public String id() {
                        return "night";
                    }

                    @Override
                    public Fact<Boolean> holds(AccessRequest request) {
                        asked.add(request);
                        return Fact.of(false);
                    }
                })
                .build();
        assertThat(policy.decide(Samples.bare())).isInstanceOf(Decision.Permitted.class);
        assertThat(asked).hasSize(1);

        Reload reload = policy.reload(OLD, new AllowLooser("admin", "the night rule is replaced"));

        assertThat(reload.isInForce()).isTrue();
        assertThat(policy.decide(Samples.bare())).isInstanceOf(Decision.Refused.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void reload_ofALooserPolicy_needsSomebodysWord() {
        TwoFactorPolicy policy = policy(OLD);
        PolicyDefinition looser =
                Samples.definition(Samples.factorNeeded().build()).build();

        Reload refused = policy.reload(looser);

        assertThat(refused).isInstanceOf(Reload.Looser.class);
        assertThat(((Reload.Looser) refused).change().looser()).containsExactly("'email-needed' is gone");
        assertThat(policy.definition()).isEqualTo(OLD);
        assertThat(told).isEmpty();

        AllowLooser word = new AllowLooser("alice", "the mail server is down");
        assertThat(policy.reload(looser, word).isInForce()).isTrue();
        assertThat(told.get(0).allowed()).hasValue(word);
        assertThat(told.get(0).looser()).containsExactly("'email-needed' is gone");
    }

    @Test
    void reload_thatCannotBeRecorded_doesNotHappen() {
        IllegalStateException broken = new IllegalStateException("no audit");
        TwoFactorPolicy policy = TwoFactorPolicy.builder(OLD)
                .clock(InstantSource.fixed(NOW))
                .listener(new PolicyListener() {
                    @Override
                    public void reloaded(PolicyChange change) {
                        throw broken;
                    }
                })
                .build();
        PolicyDefinition stricter = Samples.definition(
                        Samples.emailNeeded(), Samples.factorNeeded().build())
                .build();

        assertThatThrownBy(() -> policy.reload(stricter)).isSameAs(broken);
        assertThat(policy.definition()).isEqualTo(OLD);
    }

    @Test
    void between_equalPolicies_isNothing() {
        assertThat(Loosening.between(OLD, OLD.toBuilder().build(), NOW)).isEmpty();
        assertThat(Digest.of(OLD)).isEqualTo(Digest.of(OLD.toBuilder().build()));
    }

    @Test
    void between_changesThatLoosen_namesEach() {
        Requirement old = Samples.factorNeeded()
                .when(Condition.all(new Atom.EmailVerified()))
                .phases(Phase.builder(Mode.ENFORCE).until(NOW.plusSeconds(60)).build())
                .build();

        assertThat(loosened(
                        old, copy(old).when(Condition.all(new Atom.EmailVerified(), new Atom.RecoveryCodesSaved()))))
                .anyMatch(text -> text.contains("binds under other conditions"));
        assertThat(loosened(old, copy(old).unless(Condition.all(new Atom.RecoveryCodesSaved()))))
                .anyMatch(text -> text.contains("exempts"));
        assertThat(loosened(old, copy(old).except(List.of("project.view"))))
                .containsExactly("'factor-needed' no longer gates project.view");
        assertThat(loosened(
                        old,
                        copy(old)
                                .phases(Phase.builder(Mode.ENFORCE)
                                        .until(NOW.plusSeconds(59))
                                        .build())))
                .anyMatch(text -> text.contains("no phase"));
        assertThat(loosened(
                        old,
                        copy(old)
                                .phases(Phase.builder(Mode.WARN)
                                        .until(NOW.plusSeconds(60))
                                        .build())))
                .anyMatch(text -> text.contains("no phase"));
    }

    @Test
    void between_changesThatDoNot_isNothing() {
        Requirement old = Samples.factorNeeded()
                .when(Condition.all(new Atom.EmailVerified()))
                .phases(
                        Phase.builder(Mode.ENFORCE).until(NOW).build(),
                        Phase.builder(Mode.ENFORCE).until(NOW.plusSeconds(60)).build())
                .build();
        Requirement.Builder strict = Requirement.builder(
                        "factor-needed",
                        List.of("manage"),
                        Condition.all(new Atom.Enrolled(FactorSelector.ofKinds(FactorKind.WEBAUTHN))))
                .message("Another text.");

        assertThat(loosened(old, strict)).isEmpty();
        assertThat(loosened(
                        old,
                        copy(old)
                                .when(Condition.empty())
                                .phases(Phase.builder(Mode.ENFORCE).from(NOW).build())))
                .isEmpty();
    }

    @Test
    void between_aNewActionInTheVocabulary_isLooserBecauseItWasUnmapped() {
        PolicyDefinition more = OLD.toBuilder()
                .vocabulary(Vocabulary.empty().with(Vocabulary.Section.ACTIONS, "webhook.manage", "webhooks"))
                .build();

        assertThat(Loosening.between(OLD, more, NOW))
                .containsExactly("action 'webhook.manage' was refused as unmapped");
        assertThat(Loosening.between(more, OLD, NOW)).isEmpty();
    }

    private static List<String> loosened(Requirement old, Requirement.Builder next) {
        return Loosening.between(
                Samples.definition(old).build(),
                Samples.definition(next.build()).build(),
                NOW);
    }

    private static Requirement.Builder copy(Requirement old) {
        return Requirement.builder(old.id(), old.actions(), old.demand())
                .when(old.when())
                .unless(old.unless())
                .message("No.")
                .notice("Soon.")
                .phases(old.phases());
    }

    /** Parts of requirements exchanged for others: whatever is not called looser refuses all that was refused. */
    @Property(tries = 600)
    void between_notCalledLooser_permitsNothingMoreNowOrLater(@ForAll long seed) {
        Random random = new Random(seed);
        PolicyCase any = PolicyCase.of(seed);
        RandomPolicies policies = new RandomPolicies(random);
        PolicyDefinition old = any.setup().definition();
        PolicyDefinition.Builder changed = old.toBuilder();
        for (Requirement one : old.requirements()) {
            changed.requirement(mixed(one, policies.requirement(one.id()), random));
        }
        PolicyDefinition next = changed.build();
        Instant reload = any.now().minusSeconds(random.nextInt(2) * 86_400L);

        if (Loosening.between(old, next, reload).isEmpty()) {
            Decision before =
                    EngineSubject.evaluator(any.setup()).decide(any.draft().toRequest(), any.now());
            Decision after = EngineSubject.evaluator(any.setup().with(next))
                    .decide(any.draft().toRequest(), any.now());
            if (before instanceof Decision.Refused && any.setup().waivers().isEmpty()) {
                assertThat(after).as("%s%nnow %s", any, next.requirements()).isInstanceOf(Decision.Refused.class);
            }
        }
    }

    private static Requirement mixed(Requirement one, Requirement other, Random random) {
        Requirement.Builder mixed = Requirement.builder(
                        one.id(), random.nextInt(4) == 0 ? other.actions() : one.actions(), demand(one, other, random))
                .message("No.")
                .notice("Soon.")
                .except(one.except())
                .when(random.nextInt(4) == 0 ? Condition.empty() : one.when())
                .unless(random.nextInt(4) == 0 ? Condition.empty() : one.unless())
                .phases(random.nextInt(4) == 0 ? other.phases() : one.phases());
        return mixed.build();
    }

    private static Condition demand(Requirement one, Requirement other, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> other.demand();
            case 1 ->
                one.demand().anyOf().isEmpty()
                        ? one.demand()
                        : one.demand().anyOf().get(0);
            case 2 -> Condition.all(new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.HARDWARE_BOUND)));
            default -> one.demand();
        };
    }
}

package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the search for dead ends asks of one definition: an engine of its own with every name supplied, and what a person
 * can have, which is a set of bits: address verified, codes saved, each setting, each factor that the policy tells apart.
 * Not thread-safe.
 */
final class Surroundings {
    static final int EMAIL = 1;
    static final int CODES = 1 << 1;
    private static final int FIRST_SETTING = 2;
    /** Further settings are changed together with the last one: who may change one may change each. */
    private static final int MOST_SETTINGS = 4;

    private static final int MOST_SETTINGS_AND_FACTORS = 9;

    private final Engine engine;
    private final PolicyControls controls;
    private @Nullable Cohort current;
    final List<List<String>> settings;
    final List<EnrolledFactor> factors;

    /** Whether every factor that the policy tells apart is in a state: if not, what needs one of the others looks like a dead end. */
    final boolean whole;

    /** Kinds that are proven without being set up, as far as the policy asks for them. */
    final List<FactorKind> free;

    final Choices choices;

    private final int requirements;

    private long work;

    Surroundings(PolicyDefinition definition) {
        this.requirements = definition.requirements().size();
        Map<String, Boolean> on = new HashMap<>();
        definition.vocabulary().of(Section.SWITCHES).keySet().forEach(name -> on.put(name, true));
        this.controls = PolicyControls.of(on);
        Map<String, CustomCondition> conditions = new HashMap<>();
        for (String name : definition.vocabulary().of(Section.FLAGS).keySet()) {
            if (name.startsWith("host.")) {
                conditions.put(name.substring("host.".length()), condition(name.substring("host.".length())));
            }
        }
        Setting setting = new Setting(
                Supplied.everything(definition.vocabulary()),
                controls,
                conditions,
                new Share(null),
                Duration.ZERO,
                Setting.LONGEST_WAIVER);
        this.engine = new Engine(definition, setting);
        this.settings = settings(List.copyOf(Dimensions.settings(definition)));
        Set<FactorSelector> selectors = selectors(definition);
        List<EnrolledFactor> all = factors(selectors);
        this.factors = all.subList(0, Math.min(MOST_SETTINGS_AND_FACTORS - settings.size(), all.size()));
        this.whole = factors.size() == all.size();
        this.free = free(selectors);
        this.choices = new Choices(definition);
    }

    private static List<List<String>> settings(List<String> all) {
        List<List<String>> settings = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_SETTINGS, all.size()); i++) {
            settings.add(all.subList(i, i == MOST_SETTINGS - 1 ? all.size() : i + 1));
        }
        return settings;
    }

    private CustomCondition condition(String id) {
        return new CustomCondition() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Fact<Boolean> holds(AccessRequest request) {
                Cohort cohort = current;
                return Fact.of(cohort != null && cohort.host.contains(id));
            }
        };
    }

    /** Requirements looked at so far. */
    long work() {
        return work;
    }

    /** Whether nothing that a person could do alone is missing. */
    boolean passes(AccessRequest request, Cohort cohort, Instant at) {
        return decide(request, cohort, at).<Boolean>fold(p -> true, Surroundings::isBeyondTheCaller);
    }

    Decision decide(AccessRequest request, Cohort cohort, Instant at) {
        work += requirements;
        if (current != cohort) {
            current = cohort;
            cohort.switches.forEach(controls::set);
        }
        return engine.decide(request, at);
    }

    private static boolean isBeyondTheCaller(Decision.Refused refused) {
        return refused.refusals().stream()
                .anyMatch(refusal -> refusal.codes().stream().anyMatch(code -> switch (code) {
                            case PROJECT_SETTING, ORGANIZATION_SETTING, TOO_SOON, CLOSED, UNMAPPED -> true;
                            default -> false;
                        })
                        || refusal.ways().stream()
                                .allMatch(way -> way.steps().stream().anyMatch(s -> s.isBeyondTheCaller())));
    }

    int states() {
        return 1 << (FIRST_SETTING + settings.size() + factors.size());
    }

    int setting(int index) {
        return 1 << (FIRST_SETTING + index);
    }

    int factor(int index) {
        return 1 << (FIRST_SETTING + settings.size() + index);
    }

    /** The factors set up in a state. */
    List<EnrolledFactor> enrolled(int state) {
        List<EnrolledFactor> enrolled = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            if ((state & factor(i)) != 0) {
                enrolled.add(factors.get(i));
            }
        }
        return enrolled;
    }

    /** Actions of one sort see the same facts. */
    String sort(Action action) {
        boolean own = switch (action.id()) {
            case "token.create", "token.update", "factor.enrol", "factor.remove" -> true;
            default -> false;
        };
        return own
                ? action.id()
                : isAboutThings(action) + " " + AtAction.isOfAccount(action) + " " + AtAction.hasRelease(action);
    }

    /** Whether project and organization are told; where not, a search asks as any host does that tells neither. */
    static boolean isAboutThings(Action action) {
        return switch (action.group()) {
            case "read", "sign-in", "account", "factor", "token", "admin" -> false;
            default -> true;
        };
    }

    String words(int state, Cohort cohort) {
        List<String> enrolled = new ArrayList<>();
        enrolled(state).forEach(factor -> enrolled.add(factor.kind().id()));
        List<String> words = new ArrayList<>();
        words.add(enrolled.isEmpty() ? "without a factor" : "with " + String.join(" and ", enrolled));
        words.add((state & EMAIL) != 0 ? "address verified" : "address not verified");
        words.add((state & CODES) != 0 ? "recovery codes saved" : "no recovery codes saved");
        for (int i = 0; i < settings.size(); i++) {
            if ((state & setting(i)) != 0) {
                words.addAll(settings.get(i));
            }
        }
        words.addAll(cohort.words());
        return "an account " + String.join(", ", words);
    }

    private static Set<FactorSelector> selectors(PolicyDefinition definition) {
        Set<FactorSelector> selectors = new LinkedHashSet<>();
        definition.requirements().stream()
                .flatMap(Rule::conditions)
                .flatMap(Rule::atoms)
                .forEach(atom -> {
                    if (atom instanceof Atom.Enrolled a) {
                        selectors.add(a.factor());
                    } else if (atom instanceof Atom.Proven a) {
                        selectors.add(a.factor());
                    } else if (atom instanceof Atom.FactorsLeft a) {
                        selectors.add(a.factor());
                    } else if (atom instanceof Atom.NewFactor a) {
                        selectors.add(a.factor());
                    }
                });
        return selectors;
    }

    /** One factor for each set of selectors that accept it. What a provider asserts counts only where it is named. */
    private static List<EnrolledFactor> factors(Set<FactorSelector> selectors) {
        List<EnrolledFactor> candidates = new ArrayList<>();
        candidates.add(EnrolledFactor.of(FactorKind.TOTP));
        candidates.add(EnrolledFactor.of(FactorKind.WEBAUTHN));
        candidates.add(EnrolledFactor.of("hardware-key", FactorKind.WEBAUTHN).withStrength(FactorClass.HARDWARE_BOUND));
        named(selectors).stream()
                .filter(FactorKind::needsEnrolment)
                .filter(kind -> !kind.equals(FactorKind.RECOVERY_CODE))
                .filter(kind -> !kind.equals(FactorKind.TOTP) && !kind.equals(FactorKind.WEBAUTHN))
                .forEach(kind -> candidates.add(EnrolledFactor.of(kind)));
        Map<String, EnrolledFactor> distinct = new LinkedHashMap<>();
        for (EnrolledFactor factor : candidates) {
            List<Boolean> accepted = selectors.stream()
                    .map(s -> s.accepts(factor.kind(), factor.strength().orElse(null)))
                    .toList();
            if (accepted.contains(true)) {
                distinct.putIfAbsent(accepted.toString(), factor);
            }
        }
        return List.copyOf(distinct.values());
    }

    private static List<FactorKind> free(Set<FactorSelector> selectors) {
        return named(selectors).stream()
                .filter(kind -> !kind.needsEnrolment() && !kind.equals(FactorKind.EMAIL))
                .toList();
    }

    private static Set<FactorKind> named(Set<FactorSelector> selectors) {
        Set<FactorKind> kinds = new LinkedHashSet<>();
        selectors.forEach(selector -> kinds.addAll(selector.kinds()));
        return kinds;
    }
}

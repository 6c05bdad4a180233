package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes to a policy that laws speak of. */
final class Edits {
    private Edits() {}

    /** A stricter policy, and what makes it so in words. */
    record Stricter(String words, PolicyDefinition definition) {}

    static Requirement.Builder copy(Requirement r, String id, Condition demand) {
        Requirement.Builder copy = Requirement.builder(id, r.actions(), demand)
                .except(r.except())
                .when(r.when())
                .unless(r.unless())
                .phases(r.phases())
                .message(r.message().orElse("Not so."))
                .notice(r.notice().orElse("Not so any more."));
        r.remedy().ifPresent(copy::remedy);
        return copy;
    }

    static Phase copy(Phase phase, Mode mode, @Nullable BigDecimal share) {
        Phase.Builder copy =
                Phase.builder(mode).windows(phase.windows()).when(phase.when()).unless(phase.unless());
        phase.from().ifPresent(copy::from);
        phase.until().ifPresent(copy::until);
        phase.switchName().ifPresent(copy::switchName);
        if (share != null) {
            copy.share(share);
        }
        if (phase.tentative()) {
            copy.tentative();
        }
        return copy.build();
    }

    static PolicyDefinition with(PolicyDefinition definition, List<Requirement> requirements) {
        return PolicyDefinition.builder(definition.name(), definition.revision())
                .ungated(definition.ungated())
                .vocabulary(definition.vocabulary())
                .requirements(requirements)
                .build();
    }

    static PolicyDefinition without(PolicyDefinition definition, Requirement gone) {
        return with(
                definition,
                definition.requirements().stream()
                        .filter(r -> !r.id().equals(gone.id()))
                        .toList());
    }

    static PolicyDefinition replaced(PolicyDefinition definition, Requirement other) {
        List<Requirement> all = new ArrayList<>();
        definition.requirements().forEach(r -> all.add(r.id().equals(other.id()) ? other : r));
        return with(definition, all);
    }

    static PolicyDefinition phases(PolicyDefinition definition, UnaryOperator<Phase> edit) {
        List<Requirement> all = new ArrayList<>();
        for (Requirement r : definition.requirements()) {
            List<Phase> phases = r.phases().stream().map(edit).toList();
            all.add(copy(r, r.id(), r.demand()).phases(phases).build());
        }
        return with(definition, all);
    }

    /** The requirement, only reporting; announced phases stay what they are. */
    static Requirement reporting(Requirement r) {
        List<Phase> phases = r.phases().isEmpty()
                ? List.of(Phase.builder(Mode.REPORT).build())
                : r.phases().stream()
                        .map(phase -> phase.mode() == Mode.ANNOUNCE
                                ? phase
                                : copy(phase, Mode.REPORT, phase.share().orElse(null)))
                        .toList();
        return copy(r, r.id(), r.demand()).phases(phases).build();
    }

    /** The policy without whatever only reports. */
    static PolicyDefinition withoutReports(PolicyDefinition definition) {
        List<Requirement> all = new ArrayList<>();
        for (Requirement r : definition.requirements()) {
            List<Phase> left = r.phases().stream()
                    .filter(phase -> phase.mode() != Mode.REPORT)
                    .toList();
            if (r.phases().isEmpty() || !left.isEmpty()) {
                all.add(copy(r, r.id(), r.demand()).phases(left).build());
            }
        }
        return with(definition, all);
    }

    /** Each of the ways to make the policy stricter that laws try; without those whose form would have errors. */
    static List<Stricter> stricter(PolicyDefinition definition, List<Instant> edges) {
        List<Stricter> all = new ArrayList<>();
        Instant from = edges.isEmpty() ? Instant.parse("2024-01-01T00:00:00Z") : edges.get(edges.size() / 2);
        for (Requirement more : additions(from)) {
            add(
                    all,
                    "with one more requirement " + more,
                    definition.toBuilder().requirement(more).build());
        }
        for (Requirement r : definition.requirements()) {
            String id = "'" + r.id() + "'";
            if (!r.when().isEmpty()) {
                add(
                        all,
                        id + " binds everybody",
                        replaced(
                                definition,
                                copy(r, r.id(), r.demand())
                                        .when(Condition.empty())
                                        .build()));
            }
            if (!r.unless().isEmpty()) {
                add(
                        all,
                        id + " exempts nobody",
                        replaced(
                                definition,
                                copy(r, r.id(), r.demand())
                                        .unless(Condition.empty())
                                        .build()));
            }
            if (!r.except().isEmpty()) {
                add(
                        all,
                        id + " excepts nothing",
                        replaced(
                                definition,
                                copy(r, r.id(), r.demand()).except(List.of()).build()));
            }
            if (!r.phases().isEmpty()) {
                List<Phase> more = new ArrayList<>(r.phases());
                more.add(Phase.from(Mode.ENFORCE, from));
                add(
                        all,
                        id + " is also enforced from " + from,
                        replaced(
                                definition,
                                copy(r, r.id(), r.demand()).phases(more).build()));
                List<Phase> strong = r.phases().stream()
                        .map(phase -> copy(
                                phase, stronger(phase.mode()), phase.share().orElse(null)))
                        .toList();
                add(
                        all,
                        id + " has stronger modes",
                        replaced(
                                definition,
                                copy(r, r.id(), r.demand()).phases(strong).build()));
            }
            if (Atoms.hasShare(r)) {
                List<Phase> whole = r.phases().stream()
                        .map(phase -> copy(phase, phase.mode(), null))
                        .toList();
                add(
                        all,
                        id + " holds for all accounts",
                        replaced(
                                definition,
                                copy(r, r.id(), r.demand()).phases(whole).build()));
            }
            fewerAlternatives(definition, r, all);
        }
        return all;
    }

    private static void fewerAlternatives(PolicyDefinition definition, Requirement r, List<Stricter> all) {
        List<Condition> ways = r.demand().anyOf();
        for (int i = 0; i < ways.size(); i++) {
            List<Condition> left = new ArrayList<>(ways);
            left.remove(i);
            Condition outside = Condition.all(r.demand().atoms());
            if (left.size() > 1) {
                add(
                        all,
                        "'" + r.id() + "' accepts less",
                        replaced(
                                definition,
                                copy(r, r.id(), outside.andAnyOf(left)).build()));
            } else if (left.get(0).atoms().stream()
                    .noneMatch(atom -> outside.atom(atom.key()).isPresent())) {
                List<Atom> atoms = new ArrayList<>(outside.atoms());
                atoms.addAll(left.get(0).atoms());
                add(
                        all,
                        "'" + r.id() + "' accepts less",
                        replaced(
                                definition,
                                copy(r, r.id(), Condition.all(atoms)).build()));
            }
        }
    }

    private static void add(List<Stricter> all, String words, PolicyDefinition stricter) {
        if (stricter.findings().stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR)) {
            all.add(new Stricter(words, stricter));
        }
    }

    /** Requirements of every sort that could be added to a policy, by names that sort first and last. */
    private static List<Requirement> additions(Instant from) {
        List<Requirement> all = new ArrayList<>();
        for (String id : List.of("a-one-more", "zz-one-more")) {
            all.add(Requirement.builder(id, List.of("all"), Condition.all(new Atom.EmailVerified()))
                    .message("Verify your address.")
                    .build());
            all.add(Requirement.builder(id, List.of("publish"), Condition.all(new Atom.Closed()))
                    .message("Closed.")
                    .notice("Closed soon.")
                    .phases(Phase.builder(Mode.WARN).until(from).build(), Phase.from(Mode.ENFORCE, from))
                    .build());
        }
        return all;
    }

    private static Mode stronger(Mode mode) {
        return switch (mode) {
            case ANNOUNCE -> Mode.REPORT;
            case REPORT -> Mode.WARN;
            case WARN, ENFORCE -> Mode.ENFORCE;
        };
    }
}

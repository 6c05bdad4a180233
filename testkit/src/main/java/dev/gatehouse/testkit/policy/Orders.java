package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The same request or policy, said in another order. */
final class Orders {
    private Orders() {}

    private static <T> List<T> turned(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return List.copyOf(copy);
    }

    static Draft turned(Draft draft) {
        Draft turned = draft;
        for (String key : List.of("evidence", "account.maintains", "account.member-of")) {
            if (draft.value(key) instanceof List<?> list) {
                turned = turned.with(key, turned(list));
            }
        }
        if (draft.value("account.enrolled") instanceof EnrolledFactors factors) {
            List<EnrolledFactor> list = turned(factors.list());
            turned = turned.with("account.enrolled", EnrolledFactors.of(list));
        }
        return turned;
    }

    /** Proofs of everything that is set up, and one that counts for little before them. */
    static Draft proven(Draft draft) {
        List<Proof> proofs = new ArrayList<>(List.of(Proof.now(EnrolledFactor.of(FactorKind.PASSWORD))));
        draft.enrolled().list().forEach(factor -> proofs.add(Proof.now(factor)));
        return draft.withProofs(proofs);
    }

    static PolicyDefinition turned(PolicyDefinition definition) {
        PolicyDefinition.Builder b = PolicyDefinition.builder(definition.name(), definition.revision())
                .ungated(definition.ungated())
                .vocabulary(definition.vocabulary());
        for (Requirement r : turned(definition.requirements())) {
            b.requirement(
                    Edits.copy(r, r.id(), r.demand()).phases(turned(r.phases())).build());
        }
        return b.build();
    }

    static PolicyDefinition withoutShares(PolicyDefinition definition) {
        return Edits.phases(definition, phase -> Edits.copy(phase, phase.mode(), null));
    }

    /** The same requirements under names that sort the other way round. */
    static PolicyDefinition renamed(PolicyDefinition definition) {
        List<Requirement> all = new ArrayList<>();
        int left = definition.requirements().size();
        for (Requirement r : definition.requirements()) {
            all.add(Edits.copy(r, String.format(Locale.ROOT, "n%05d-%s", left--, r.id()), r.demand())
                    .build());
        }
        return Edits.with(definition, all);
    }

    static String oldName(String id, PolicyDefinition renamed) {
        return renamed.requirement(id).isPresent() ? id.substring(7) : id;
    }
}

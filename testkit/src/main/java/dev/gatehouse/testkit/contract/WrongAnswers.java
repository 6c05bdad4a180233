package dev.gatehouse.testkit.contract;

import dev.gatehouse.testkit.contract.StoreFaults.Call;
import dev.gatehouse.testkit.contract.StoreFaults.Plan;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers that a store might give in the place of a true one. */
final class WrongAnswers {
    private WrongAnswers() {}

    /** What could go wrong with a call that answered so. */
    static List<Plan> possible(Call call, Method method, @Nullable Object truth, List<Object> others) {
        List<Plan> plans = new ArrayList<>();
        for (StoreFault fault : List.of(
                StoreFault.THROWS_BEFORE,
                StoreFault.THROWS_AFTER,
                StoreFault.HANGS,
                StoreFault.TWICE_FIRST_ANSWER,
                StoreFault.TWICE_SECOND_ANSWER)) {
            plans.add(new Plan(call, fault, 0));
        }
        if (!method.getReturnType().isPrimitive()) {
            plans.add(new Plan(call, StoreFault.NULL, 0));
        }
        for (StoreFault fault : List.of(StoreFault.EMPTY, StoreFault.FOREIGN, StoreFault.TOO_MUCH, StoreFault.HOLED)) {
            Object wrong = truth == null ? null : of(fault, truth, others);
            if (wrong != null && !wrong.equals(truth)) {
                plans.add(new Plan(call, fault, 0));
            }
        }
        for (int variant = 0; truth != null && variant < words(truth).size(); variant++) {
            plans.add(new Plan(call, StoreFault.OTHER, variant));
        }
        return plans;
    }

    /** The wrong answer, or the true one where this call has no such wrong one. */
    static @Nullable Object of(Plan plan, @Nullable Object truth, List<Object> others) {
        if (plan.fault() == StoreFault.NULL || truth == null) {
            return null;
        }
        if (plan.fault() == StoreFault.OTHER) {
            List<Object> words = words(truth);
            return plan.variant() < words.size() ? words.get(plan.variant()) : truth;
        }
        Object wrong = of(plan.fault(), truth, others);
        return wrong == null ? truth : wrong;
    }

    private static @Nullable Object of(StoreFault fault, Object truth, List<Object> others) {
        return switch (fault) {
            case EMPTY -> empty(truth);
            case FOREIGN -> foreign(truth, others);
            case TOO_MUCH -> tooMuch(truth, others);
            case HOLED -> holed(truth);
            default -> null;
        };
    }

    private static @Nullable Object empty(Object truth) {
        if (truth instanceof Optional<?>) {
            return Optional.empty();
        }
        if (truth instanceof List<?>) {
            return List.of();
        }
        if (truth instanceof Set<?>) {
            return Set.of();
        }
        return truth instanceof Map<?, ?> ? Map.of() : null;
    }

    private static @Nullable Object foreign(Object truth, List<Object> others) {
        if (empty(truth) == null) {
            return null;
        }
        Object found = null;
        for (Object other : others) {
            if (!other.equals(truth) && !other.equals(empty(other))) {
                found = other;
            }
        }
        return found;
    }

    private static @Nullable Object tooMuch(Object truth, List<Object> others) {
        if (!(truth instanceof List<?> rows)) {
            return null;
        }
        List<Object> all = new ArrayList<>(rows);
        all.addAll(foreign(truth, others) instanceof List<?> more ? more : rows);
        return all;
    }

    private static @Nullable Object holed(Object truth) {
        if (truth instanceof List<?> rows) {
            List<@Nullable Object> holed = new ArrayList<>(rows);
            holed.add(null);
            return holed;
        }
        if (truth instanceof Map<?, ?> entries && !entries.isEmpty()) {
            Map<Object, @Nullable Object> holed = new HashMap<>(entries);
            holed.replaceAll((key, value) -> null);
            return holed;
        }
        return null;
    }

    private static List<Object> words(Object truth) {
        List<Object> words = new ArrayList<>();
        if (truth instanceof Enum<?> word) {
            for (Object other : word.getDeclaringClass().getEnumConstants()) {
                if (other != word) {
                    words.add(other);
                }
            }
        } else if (truth instanceof Long number) {
            words.addAll(List.of(number + 1, -1L));
        } else if (truth instanceof Integer number) {
            words.addAll(List.of(number + 1, -1));
        } else if (truth instanceof Boolean is) {
            words.add(!is);
        }
        return words;
    }
}

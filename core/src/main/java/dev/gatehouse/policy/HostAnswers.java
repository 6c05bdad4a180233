package dev.gatehouse.policy;

import dev.gatehouse.policy.Explanation.Truth;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each custom condition said to one request, asked once. Lives for one decision on one thread. */
final class HostAnswers {
    private final Map<String, Truth> said = new HashMap<>(4);

    Truth of(String id, @Nullable CustomCondition condition, AccessRequest request) {
        Truth known = said.get(id);
        if (known == null) {
            known = Truths.host(condition, request);
            said.put(id, known);
        }
        return known;
    }
}

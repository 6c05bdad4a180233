package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link ThingTest} may be about, and the keys that mean something there.
 *
 * @param owner whose names of the vocabulary are used
 */
record Thing(String key, String owner, List<String> keys) {
    private static final List<String> PLAIN = List.of("created", "flag", "flags", "metric", "metrics");

    static final Thing ACCOUNT =
            new Thing("account", "account", List.of("registered", "flag", "flags", "metric", "metrics"));
    static final Thing MAINTAINS = new Thing("maintains", "project", PLAIN);
    static final Thing MEMBER_OF = new Thing("member-of", "organization", List.of("flag", "flags"));
    static final Thing PROJECT = new Thing("project", "project", PLAIN);
    static final Thing ORGANIZATION = new Thing("organization", "organization", PLAIN);
    static final Thing RELEASE = new Thing("release", "release", List.of("age", "flag", "flags", "metric", "metrics"));

    /** The keys that the test gives and this thing does not have. */
    List<String> unknownKeys(ThingTest test) {
        List<String> given = new ArrayList<>();
        add(given, "registered", !test.registered().isNone());
        add(given, "created", !test.created().isNone());
        add(given, "age", !test.age().isNone());
        add(given, "metrics", !test.metrics().isEmpty());
        given.removeAll(keys);
        return given;
    }

    private static void add(List<String> keys, String key, boolean given) {
        if (given) {
            keys.add(key);
        }
    }
}

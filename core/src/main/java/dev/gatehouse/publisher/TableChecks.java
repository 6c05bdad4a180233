package dev.gatehouse.publisher;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What has to hold of every table, so that none can be built under which anybody would match. */
final class TableChecks {
    private TableChecks() {}

    static void check(PublisherProvider provider, List<LookupKey> keys) {
        TreeSet<String> required = new TreeSet<>();
        TreeSet<String> known = new TreeSet<>();
        for (PublisherSetting setting : provider.settings()) {
            hold(known.add(setting.name()), "settings: '" + setting.name() + "' is there twice");
            if (setting.required()) {
                required.add(setting.name());
            }
        }
        hold(
                provider.rules().stream().anyMatch(rule -> isVerifiable(rule, required)),
                "No required verifiable claims: no claim that is required is compared with a setting that is");
        for (ClaimRule rule : provider.rules()) {
            names(known, rule.settings(), "rule '" + rule.claim() + "'");
            hold(
                    rule.need() != ClaimRule.Need.REQUIRED || required.containsAll(rule.settings()),
                    "rule '" + rule.claim() + "': required, and compared with a setting that is not");
        }
        for (PublisherSetting setting : provider.settings()) {
            setting.needs().ifPresent(other -> names(known, List.of(other), "setting '" + setting.name() + "'"));
        }
        hold(!keys.isEmpty(), "lookup: none");
        keys.forEach(key -> names(known, key.registered().settings(), "lookup '" + key.kind() + "'"));
        hold(
                required.containsAll(keys.get(0).registered().settings()),
                "lookup '" + keys.get(0).kind() + "': the first has to be there for every publisher");
        names(required, provider.issuerTemplate().settings(), "issuer");
    }

    private static boolean isVerifiable(ClaimRule rule, Set<String> required) {
        return rule.need() == ClaimRule.Need.REQUIRED
                && !rule.settings().isEmpty()
                && required.containsAll(rule.settings());
    }

    private static void names(Set<String> known, Iterable<String> used, String where) {
        for (String name : used) {
            hold(known.contains(name), where + ": there is no setting '" + name + "' to rely on");
        }
    }

    private static void hold(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }
}

package dev.gatehouse.policy.rule;

import dev.gatehouse.internal.Nearest;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** P20 and P21: names that are used and not declared, or declared and not used; and the form of what is declared. */
final class NameChecks {
    // A switch or an event may begin with a digit: "2fa-required" is what people call it.
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Set<String> UMBRELLAS = Set.of("all", "manage", "write");
    private static final Map<Section, List<String>> OWNERS = Map.of(
            Section.FLAGS, List.of("account", "project", "organization", "release", "publisher", "host"),
            Section.METRICS, List.of("account", "project", "organization", "release"),
            Section.LABELS,
                    Arrays.stream(CredentialKind.values())
                            .map(CredentialKind::id)
                            .toList());

    private final Vocabulary vocabulary;
    private final List<Finding> findings;
    private final Set<String> misnamed = new HashSet<>();
    private final Map<Section, Set<String>> used = new EnumMap<>(Section.class);

    NameChecks(Vocabulary vocabulary, List<Finding> findings) {
        this.vocabulary = vocabulary;
        this.findings = findings;
    }

    /** A name is used here: P20 if nobody declared it. */
    void use(Section section, String name, String path) {
        used.computeIfAbsent(section, s -> new HashSet<>()).add(name);
        if (!vocabulary.declares(section, name)) {
            findings.add(Finding.error(
                    "P20", path, section.noun() + " '" + name + "' is not declared in vocabulary." + section.key()));
        }
    }

    /** The form of each declared name. */
    void declared() {
        for (Section section : Section.values()) {
            for (String name : vocabulary.of(section).keySet()) {
                String path = path(section, name);
                int before = findings.size();
                if (section == Section.ACTIONS) {
                    action(name, path);
                } else if (OWNERS.containsKey(section)) {
                    owned(section, name, path);
                } else if (!NAME.matcher(name).matches()) {
                    findings.add(PolicyChecks.notAnId(name, path));
                }
                if (findings.size() > before) {
                    misnamed.add(path);
                }
            }
        }
    }

    private void action(String id, String path) {
        if (!Action.isId(id)) {
            findings.add(PolicyChecks.notAnId(id, path));
        } else if (Action.core().contains(Action.of(id))
                || UMBRELLAS.contains(Action.of(id).group())) {
            findings.add(Finding.error("P52", path, "'" + id + "' is declared with another meaning in the core"));
        }
    }

    private void owned(Section section, String name, String path) {
        List<String> owners = OWNERS.getOrDefault(section, List.of());
        int dot = name.indexOf('.');
        String owner = dot < 0 ? name : name.substring(0, dot);
        if (!owners.contains(owner)) {
            String where = "vocabulary." + section.key();
            findings.add(unknownKey(owner, where, owners, path));
        } else if (dot < 0) {
            findings.add(Finding.error("P04", path, "'" + name + "' needs a table, found a string"));
        } else if (!NAME.matcher(name.substring(dot + 1)).matches()) {
            findings.add(PolicyChecks.notAnId(name.substring(dot + 1), path));
        }
    }

    static Finding unknownKey(String key, String where, List<String> known, String path) {
        String near = Nearest.to(key, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
        return Finding.error("P03", path, "unknown key '" + key + "' in " + where + near);
    }

    /** P21; an action is declared for the host's sake, and need not be named in a rule. */
    void unused() {
        for (Section section : Section.values()) {
            Set<String> names = used.getOrDefault(section, Set.of());
            for (String name : vocabulary.of(section).keySet()) {
                if (section != Section.ACTIONS && !names.contains(name) && !misnamed.contains(path(section, name))) {
                    findings.add(Finding.warning(
                            "P21", path(section, name), section.noun() + " '" + name + "' is declared and never used"));
                }
            }
        }
    }

    private static String path(Section section, String name) {
        return "vocabulary." + section.key() + "." + name;
    }
}

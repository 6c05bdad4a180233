package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** P10 to P13: whether the actions of a requirement exist, and whether any is left. */
final class ActionChecks {
    private static final List<String> UMBRELLAS = List.of("all", "manage", "write");

    private final Vocabulary vocabulary;
    private final List<Finding> findings;

    ActionChecks(Vocabulary vocabulary, List<Finding> findings) {
        this.vocabulary = vocabulary;
        this.findings = findings;
    }

    /** Whether the word means any action; P10 if not. */
    static boolean known(Vocabulary vocabulary, String word, String path, List<Finding> findings) {
        boolean known = !vocabulary.expand(word).isEmpty();
        if (!known) {
            findings.add(Finding.error(
                    "P10", path, "unknown action or group '" + word + "'; declare it under vocabulary.actions"));
        }
        return known;
    }

    void check(Requirement requirement, String path) {
        boolean allKnown = known(requirement.actions(), path + ".actions");
        boolean exceptKnown = known(requirement.except(), path + ".except");
        covered(requirement.actions(), path + ".actions");
        covered(requirement.except(), path + ".except");
        if (!allKnown || requirement.actions().isEmpty()) {
            return;
        }
        Set<Action> actions = new HashSet<>();
        requirement.actions().forEach(word -> actions.addAll(vocabulary.expand(word)));
        for (String word : requirement.except()) {
            List<Action> excepted = vocabulary.expand(word);
            if (!excepted.isEmpty() && excepted.stream().noneMatch(actions::contains)) {
                findings.add(Finding.error(
                        "P11",
                        path + ".except",
                        "'" + word + "' in except is not among the actions of '" + requirement.id() + "'"));
            }
        }
        if (exceptKnown && vocabulary.gatedBy(requirement).isEmpty()) {
            findings.add(Finding.error(
                    "P12",
                    path + ".except",
                    "requirement '" + requirement.id() + "' gates no action: except removes all"));
        }
    }

    private boolean known(List<String> words, String path) {
        boolean all = true;
        for (String word : words) {
            all &= known(vocabulary, word, path, findings);
        }
        return all;
    }

    /** P13: a word whose group or umbrella stands in the same list. */
    private void covered(List<String> words, String path) {
        Set<String> listed = new HashSet<>(words);
        Map<String, Set<Action>> meant = new HashMap<>();
        for (String word : words) {
            List<Action> inside = vocabulary.expand(word);
            if (inside.isEmpty()) {
                continue;
            }
            List<String> wider = new ArrayList<>();
            if (word.contains(".")) {
                wider.add(inside.get(0).group());
            }
            wider.addAll(UMBRELLAS);
            wider.stream()
                    .filter(group -> listed.contains(group) && !group.equals(word))
                    .filter(group -> meant.computeIfAbsent(group, g -> new HashSet<>(vocabulary.expand(g)))
                            .containsAll(inside))
                    .findFirst()
                    .ifPresent(group -> findings.add(Finding.warning(
                            "P13", path, "'" + word + "' is listed inside '" + group + "' which is listed too")));
        }
    }
}

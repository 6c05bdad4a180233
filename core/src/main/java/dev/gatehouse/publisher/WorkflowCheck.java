package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The claim names a workflow's file at a place, and the ref that other claims name. */
record WorkflowCheck(Template place, Template file, String ref, String sha, boolean both) implements ClaimCheck {

    @Override
    public SortedSet<String> settings() {
        return file.settings();
    }

    @Override
    public void check(Matching matching, ClaimRule rule) {
        String detail = problem(matching, rule);
        if (detail != null) {
            matching.said(rule.claim(), PublisherMismatch.OTHER_WORKFLOW, detail, detail);
        }
    }

    /** What is wrong with the claim, in PyPI's words; null if nothing is, or something else has been told already. */
    @Nullable
    String problem(Matching matching, ClaimRule rule) {
        String claim = rule.claim();
        String before = matching.expected(rule, place);
        String name = matching.expected(rule, file);
        String actual = matching.comparable(rule);
        if (before == null || name == null || actual == null) {
            return null;
        }
        if (actual.isEmpty()) {
            return "The " + claim + " claim is empty";
        }
        List<String> refs = new ArrayList<>();
        addIfThere(refs, matching.claim(ref));
        addIfThere(refs, matching.claim(sha));
        if (refs.size() < (both ? 2 : 1)) {
            return "The " + ref + " and " + sha + " claims are empty";
        }
        for (String each : refs) {
            if (is(actual, before, name, each)) {
                return null;
            }
        }
        return "The " + claim + " claim does not match, expecting one of "
                + ClaimText.list(
                        refs.stream().map(each -> before + name + "@" + each).toList()) + ", got "
                + ClaimText.of(actual);
    }

    private static void addIfThere(List<String> refs, @Nullable String value) {
        if (value != null && !value.isEmpty() && value.length() <= Matching.MAX_CLAIM) {
            refs.add(value);
        }
    }

    private static boolean is(String actual, String place, String file, String ref) {
        int name = place.length();
        int at = name + file.length();
        return actual.length() == at + 1 + ref.length()
                && Fold.startsWith(actual, 0, place, true)
                && Fold.startsWith(actual, name, file, false)
                && actual.charAt(at) == '@'
                && Fold.startsWith(actual, at + 1, ref, false);
    }
}

package dev.gatehouse.publisher;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The run is for a branch, or a tag, with a name that fits a pattern. A pull request's ref is neither. */
record RefCheck(RunClaims run) implements ClaimCheck {

    @Override
    public SortedSet<String> settings() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(RunSettings.REF_TYPE, RunSettings.REF_PATTERN)));
    }

    @Override
    public void check(Matching matching, ClaimRule rule) {
        String kind = matching.setting(RunSettings.REF_TYPE);
        String pattern = matching.setting(RunSettings.REF_PATTERN);
        String actual = matching.comparable(rule);
        if (kind == null) {
            matching.fail(rule, PublisherMismatch.UNVERIFIABLE, "a pattern, and no type of ref");
            return;
        }
        if (actual == null) {
            return;
        }
        Optional<RunRef> ref = run.runRef(matching.claims());
        String wanted = pattern == null ? kind : kind + " " + pattern;
        if (ref.isEmpty()
                || !ref.get().kind().equals(kind)
                || ref.get().name().length() > Matching.MAX_CLAIM
                || (pattern != null && !Glob.matches(pattern, ref.get().name()))) {
            matching.different(rule, wanted, ref.map(RunRef::full).orElse(actual));
        }
    }
}

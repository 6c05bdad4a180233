package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's {@code job_workflow_ref}: the registered file in the registered repository; or, where the owner has named a reusable
 * workflow, that one, and {@code workflow_ref} is the registered file.
 *
 * <p>The ref of a reusable workflow is one of its own repository and stands in no other claim: any ref counts.
 */
record ReusableCheck(WorkflowCheck own) implements ClaimCheck {
    static final String REPOSITORY = "reusable-repository";
    static final String WORKFLOW = "reusable-workflow";

    private static final String JOB = "job_workflow_ref";
    private static final String STARTED = "workflow_ref";
    private static final String FOLDER = "/.github/workflows/";

    static ClaimRule rule() {
        WorkflowCheck own = new WorkflowCheck(
                Template.of("{claim.repository}" + FOLDER), Template.of("{workflow}"), "ref", "sha", false);
        return new ClaimRule(JOB, ClaimRule.Need.REQUIRED, ClaimRule.Comparison.WORKFLOW_FILE, new ReusableCheck(own));
    }

    @Override
    public SortedSet<String> settings() {
        return own.settings();
    }

    @Override
    public void check(Matching matching, ClaimRule rule) {
        String repository = matching.setting(REPOSITORY);
        if (repository == null) {
            tell(matching, JOB, own.problem(matching, rule));
            return;
        }
        ClaimRule started =
                new ClaimRule(STARTED, ClaimRule.Need.REQUIRED, ClaimRule.Comparison.WORKFLOW_FILE, new Started(own));
        started.check(matching);
        reusable(matching, rule, repository);
    }

    private static void reusable(Matching matching, ClaimRule rule, String repository) {
        String file = matching.expected(rule, Template.of("{" + WORKFLOW + "}"));
        String actual = matching.comparable(rule);
        if (file == null || actual == null) {
            return;
        }
        String place = repository + FOLDER;
        boolean same = Fold.startsWith(actual, 0, place, true)
                && WorkflowFiles.github(actual).filter(file::equals).isPresent()
                && actual.length() > place.length() + file.length() + 1;
        if (!same) {
            tell(
                    matching,
                    JOB,
                    "The " + JOB + " claim does not match, expecting " + ClaimText.of(place + file) + ", got "
                            + ClaimText.of(actual));
        }
    }

    private static void tell(Matching matching, String claim, @Nullable String problem) {
        if (problem != null) {
            String text = problem + files(matching);
            matching.said(claim, PublisherMismatch.OTHER_WORKFLOW, text, text);
        }
    }

    /** Where the two claims differ, both files and which of them was compared with what. */
    private static String files(Matching matching) {
        String job = matching.claim(JOB);
        String started = matching.claim(STARTED);
        if (job == null || started == null || job.equals(started)) {
            return "";
        }
        String compared = matching.setting(REPOSITORY) == null
                ? "; compared is job_workflow_ref, the workflow that the job runs: "
                : "; compared are both, as the publisher names a reusable workflow; the job runs ";
        return compared + name(job) + "; the run was started with workflow_ref: " + name(started);
    }

    private static String name(String claim) {
        Optional<String> file = WorkflowFiles.github(claim);
        return ClaimText.of(file.isPresent() ? file.get() : claim);
    }

    /** The workflow that was started is the publisher's own. */
    private record Started(WorkflowCheck own) implements ClaimCheck {
        @Override
        public void check(Matching matching, ClaimRule rule) {
            tell(matching, STARTED, own.problem(matching, rule));
        }
    }
}

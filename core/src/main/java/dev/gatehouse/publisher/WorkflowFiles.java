package dev.gatehouse.publisher;

import java.util.Optional;

/**
 * Finds the workflow's file in the claims that name it, in one pass and without backtracking.
 *
 * <p>What a publisher matches is never what was found here but equality of the whole claim; this serves reusable workflows, whose
 * ref is not known, and messages.
 */
final class WorkflowFiles {
    private static final String FOLDER = ".github/workflows/";

    private WorkflowFiles() {}

    /**
     * The file in {@code OWNER/REPO/.github/workflows/FILE@REF}. A file's name holds no slash, so it ends at the last
     * {@code .yml@} or {@code .yaml@} before the first slash; whatever a branch is called comes behind.
     */
    static Optional<String> github(CharSequence claim) {
        int repository = find(claim, 0, '/');
        int folder = repository < 0 ? -1 : find(claim, repository + 1, '/');
        if (folder < 0 || !Fold.startsWith(claim, folder + 1, FOLDER, false)) {
            return Optional.empty();
        }
        int from = folder + 1 + FOLDER.length();
        int slash = find(claim, from, '/');
        return file(claim, from, slash < 0 ? claim.length() : slash);
    }

    /** The file in {@code HOST/NAMESPACE/PROJECT//PATH/FILE@REF}: from the first double slash to the last suffix with an at-sign. */
    static Optional<String> gitlab(CharSequence claim) {
        int slash = find(claim, 0, '/');
        while (slash >= 0 && !(slash + 1 < claim.length() && claim.charAt(slash + 1) == '/')) {
            slash = find(claim, slash + 1, '/');
        }
        return slash < 0 ? Optional.empty() : file(claim, slash + 2, claim.length());
    }

    private static Optional<String> file(CharSequence claim, int from, int to) {
        for (int at = to - 1; at > from; at--) {
            if (claim.charAt(at) == '@') {
                int stem = Math.max(stem(claim, from, at, ".yml"), stem(claim, from, at, ".yaml"));
                if (stem > from && claim.charAt(stem - 1) != '/') {
                    return Optional.of(claim.subSequence(from, at).toString());
                }
            }
        }
        return Optional.empty();
    }

    /** Where the suffix begins that ends here, or -1. */
    private static int stem(CharSequence claim, int from, int end, String suffix) {
        int stem = end - suffix.length();
        return stem >= from && Fold.startsWith(claim, stem, suffix, false) ? stem : -1;
    }

    private static int find(CharSequence text, int from, char wanted) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}

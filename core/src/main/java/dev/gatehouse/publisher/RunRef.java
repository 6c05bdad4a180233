package dev.gatehouse.publisher;

import java.util.Optional;

/**
 * The branch or tag a run is for.
 *
 * @param kind {@code branch} or {@code tag}
 * @param name its name without {@code refs/heads/} or {@code refs/tags/}
 */
record RunRef(String kind, String name) {
    static final String BRANCH = "branch";
    static final String TAG = "tag";

    /** The branch or tag of a full ref; empty for a pull request's, a commit's and anything else. */
    static Optional<RunRef> ofFull(String ref) {
        if (ref.startsWith("refs/heads/")) {
            return of(BRANCH, ref.substring("refs/heads/".length()));
        }
        return ref.startsWith("refs/tags/") ? of(TAG, ref.substring("refs/tags/".length())) : Optional.empty();
    }

    static Optional<RunRef> of(String kind, String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(new RunRef(kind, name));
    }

    String full() {
        return (kind.equals(TAG) ? "refs/tags/" : "refs/heads/") + name;
    }
}

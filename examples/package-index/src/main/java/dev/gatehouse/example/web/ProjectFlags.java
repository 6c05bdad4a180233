package dev.gatehouse.example.web;

import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What owners and operators have said of a project that a policy may ask about. Thread-safe. */
final class ProjectFlags {
    /** An owner asks that whoever works on the project has a second factor. */
    static final String OWNERS_REQUIRE_2FA = "owners-require-2fa";

    /** Only trusted publishers upload. */
    static final String TRUSTED_PUBLISHING_ONLY = "trusted-publishing-only";

    /** No API token uploads. */
    static final String DISALLOW_TOKENS = "disallow-tokens";

    /** A trusted publisher is linked; nobody says so, it is so. */
    static final String HAS_PUBLISHER = "has-publisher";

    private final Jdbi jdbi;

    ProjectFlags(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Set<String> of(String project) {
        return jdbi.withHandle(
                h -> new TreeSet<>(h.createQuery("SELECT name FROM project_flag WHERE project = :project")
                        .bind("project", project)
                        .mapTo(String.class)
                        .list()));
    }

    void set(Handle handle, String project, String flag, boolean on) {
        handle.createUpdate("DELETE FROM project_flag WHERE project = :project AND name = :flag")
                .bind("project", project)
                .bind("flag", flag)
                .execute();
        if (on) {
            handle.createUpdate("INSERT INTO project_flag (project, name) VALUES (:project, :flag)")
                    .bind("project", project)
                    .bind("flag", flag)
                    .execute();
        }
    }
}

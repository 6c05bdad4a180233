package dev.gatehouse.example.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The projects, members, releases and files in the database; a method that takes a handle joins its transaction. */
public final class Catalogue {
    private final Jdbi jdbi;

    /** A catalogue in this database, whose schema is in place. */
    public Catalogue(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    /** Every project, by name. */
    public List<Project> projects() {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM project ORDER BY normalized")
                .map((rs, c) -> project(rs))
                .list());
    }

    /** The projects on which the account may publish, by name. */
    public List<Project> projectsOf(String account) {
        return jdbi.withHandle(h -> h.createQuery("SELECT p.* FROM project p JOIN project_role r ON r.project = p.id"
                        + " WHERE r.account = :account ORDER BY p.normalized")
                .bind("account", account)
                .map((rs, c) -> project(rs))
                .list());
    }

    public Optional<Project> project(ProjectName name) {
        return jdbi.withHandle(h -> project(h, name));
    }

    /** The project with this name, in the transaction of the handle. */
    public Optional<Project> project(Handle handle, ProjectName name) {
        return handle.createQuery("SELECT * FROM project WHERE normalized = :name")
                .bind("name", name.normalized())
                .map((rs, c) -> project(rs))
                .findOne();
    }

    /** The project with this id, in the transaction of the handle. */
    public Optional<Project> projectById(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM project WHERE id = :id")
                .bind("id", id)
                .map((rs, c) -> project(rs))
                .findOne();
    }

    /** Makes a project that the account owns. The name must be free; the database refuses a second one. */
    public Project createProject(Handle handle, ProjectName name, String owner, Instant now) {
        Project made = new Project(UUID.randomUUID().toString(), name.display(), name.normalized(), now);
        handle.createUpdate("INSERT INTO project (id, name, normalized, created) VALUES (:id, :name, :norm, :at)")
                .bind("id", made.id())
                .bind("name", made.name())
                .bind("norm", made.normalized())
                .bind("at", utc(now))
                .execute();
        addMember(handle, made.id(), owner, Member.Role.OWNER);
        return made;
    }

    public void addMember(Handle handle, String project, String account, Member.Role role) {
        handle.createUpdate("INSERT INTO project_role (project, account, role) VALUES (:project, :account, :role)")
                .bind("project", project)
                .bind("account", account)
                .bind("role", role.name())
                .execute();
    }

    public List<Member> members(String project) {
        return jdbi.withHandle(h -> h.createQuery(
                        "SELECT account, role FROM project_role WHERE project = :project ORDER BY account")
                .bind("project", project)
                .map((rs, c) -> new Member(rs.getString("account"), Member.Role.valueOf(rs.getString("role"))))
                .list());
    }

    /** What the account may do on the project, if anything. */
    public Optional<Member.Role> role(Handle handle, String project, String account) {
        return handle.createQuery("SELECT role FROM project_role WHERE project = :project AND account = :account")
                .bind("project", project)
                .bind("account", account)
                .map((rs, c) -> Member.Role.valueOf(rs.getString("role")))
                .findOne();
    }

    /** The releases of a project, newest first. */
    public List<Release> releases(String project) {
        return jdbi.withHandle(
                h -> h.createQuery("SELECT * FROM release WHERE project = :project ORDER BY created DESC, version DESC")
                        .bind("project", project)
                        .map((rs, c) -> release(rs))
                        .list());
    }

    /**
     * The release of this version, however either is spelled (PEP 440). Of several that were once kept apart it is the oldest: what is
     * closed by its age is not opened by a younger spelling.
     */
    public Optional<Release> release(Handle handle, String project, String version) {
        return handle.createQuery("SELECT * FROM release WHERE project = :project ORDER BY created, version")
                .bind("project", project)
                .map((rs, c) -> release(rs))
                .filter(release -> Versions.same(release.version(), version))
                .findFirst();
    }

    /**
     * Makes the release of a file. The project must have none of this version; if another transaction has made it meanwhile, under
     * whatever spelling, the database refuses a second one.
     */
    public Release createRelease(Handle handle, Project project, UploadedFile upload, Instant now) {
        handle.createQuery("SELECT id FROM project WHERE id = :project FOR UPDATE")
                .bind("project", project.id())
                .mapTo(String.class)
                .findOne();
        String version = release(handle, project.id(), upload.version())
                .map(Release::version)
                .orElse(upload.version());
        handle.createUpdate("INSERT INTO release (project, version, created, summary) VALUES (:p, :v, :at, :s)")
                .bind("p", project.id())
                .bind("v", version)
                .bind("at", utc(now))
                .bind("s", upload.summary())
                .execute();
        return new Release(version, now, upload.summary());
    }

    /** Deletes the release that is spelled like this, with its files; the names of the files stay used. */
    public boolean deleteRelease(Handle handle, String project, String version) {
        return handle.createUpdate("DELETE FROM release WHERE project = :project AND version = :version")
                        .bind("project", project)
                        .bind("version", version)
                        .execute()
                == 1;
    }

    /** Deletes a project with everything in it; the names of its files stay used. */
    public boolean deleteProject(Handle handle, String project) {
        return handle.createUpdate("DELETE FROM project WHERE id = :project")
                        .bind("project", project)
                        .execute()
                == 1;
    }

    /** The files of a project, by version and name. */
    public List<ReleaseFile> files(String project) {
        return jdbi.withHandle(
                h -> h.createQuery("SELECT * FROM release_file WHERE project = :project ORDER BY version, filename")
                        .bind("project", project)
                        .map((rs, c) -> file(rs))
                        .list());
    }

    public Optional<ReleaseFile> file(String filename) {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM release_file WHERE filename = :filename")
                .bind("filename", filename)
                .map((rs, c) -> file(rs))
                .findOne());
    }

    /** The digest of the bytes that this name was first given to, if ever. */
    public Optional<String> digestOfUsedName(Handle handle, String filename) {
        return handle.createQuery("SELECT sha256 FROM used_filename WHERE filename = :filename")
                .bind("filename", filename)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Adds a file to a release of its version.
     *
     * @param by the account, or what else its credential stands for
     */
    public void addFile(Handle handle, Project project, Release release, UploadedFile upload, String by, Instant now) {
        handle.createUpdate("INSERT INTO used_filename (filename, sha256) VALUES (:f, :d)")
                .bind("f", upload.filename())
                .bind("d", upload.sha256())
                .execute();
        handle.createUpdate("INSERT INTO release_file (filename, project, version, packagetype, requires_python, size,"
                        + " sha256, uploaded, uploaded_by) VALUES (:f, :p, :v, :t, :r, :n, :d, :at, :by)")
                .bind("f", upload.filename())
                .bind("p", project.id())
                .bind("v", release.version())
                .bind("t", upload.packagetype())
                .bind("r", upload.requiresPythonOrNull())
                .bind("n", upload.size())
                .bind("d", upload.sha256())
                .bind("at", utc(now))
                .bind("by", by)
                .execute();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Project project(ResultSet rs) throws SQLException {
        return new Project(
                rs.getString("id"), rs.getString("name"), rs.getString("normalized"), instant(rs, "created"));
    }

    private static Release release(ResultSet rs) throws SQLException {
        return new Release(rs.getString("version"), instant(rs, "created"), rs.getString("summary"));
    }

    private static ReleaseFile file(ResultSet rs) throws SQLException {
        return new ReleaseFile(
                rs.getString("filename"),
                rs.getString("version"),
                rs.getString("packagetype"),
                rs.getString("requires_python"),
                rs.getLong("size"),
                rs.getString("sha256"),
                instant(rs, "uploaded"));
    }
}

package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Member;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.example.publishing.Publishing;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Projects as their owners see them: releases, collaborators, settings, deletion. */
final class ProjectPages {
    private static final AuditTag CHANGED = new AuditTag("project:settings:changed");

    private final Accounts accounts;
    private final Catalogue catalogue;
    private final ProjectFlags flags;
    private final Publishing publishing;
    private final JdbcStore store;
    private final Map<String, String> offered;

    /**
     * The pages.
     *
     * @param offered what owners may ask of their projects: flags, and what they mean
     */
    ProjectPages(Backend backend, Map<String, String> offered) {
        this.accounts = backend.accounts;
        this.catalogue = backend.catalogue;
        this.flags = backend.flags;
        this.publishing = backend.publishing;
        this.store = backend.store;
        this.offered = offered;
    }

    Reply list(Visit visit) {
        return Reply.page("projects.jte", "Your projects")
                .with("projects", catalogue.projectsOf(visit.owner().id()));
    }

    Reply manage(Visit visit) {
        return project(visit, false)
                .map(project -> manage(visit, project, Form.empty()))
                .orElseGet(ProjectPages::none);
    }

    private Reply manage(Visit visit, Project project, Form form) {
        List<Person> people = new ArrayList<>();
        for (Member member : catalogue.members(project.id())) {
            accounts.byId(member.account())
                    .ifPresent(account -> people.add(new Person(account.id(), account.name(), member.role())));
        }
        return Reply.page("manage-project.jte", "Manage " + project.name())
                .with("form", form)
                .with("project", project)
                .with("releases", catalogue.releases(project.id()))
                .with("people", people)
                .with("isOwner", project(visit, true).isPresent())
                .with("flags", flags.of(project.id()))
                .with("offered", offered)
                .status(form.hasErrors() ? 422 : 200);
    }

    /** The same answer whether there is no such project or it is not theirs. */
    private static Reply none() {
        return Reply.message(404, "Page not found", "There is no such project among yours.");
    }

    private Optional<Project> project(Visit visit, boolean asOwner) {
        return ProjectName.of(visit.path("project"))
                .flatMap(catalogue::project)
                .filter(project -> catalogue
                        .jdbi()
                        .withHandle(h ->
                                catalogue.role(h, project.id(), visit.owner().id()))
                        .filter(role -> !asOwner || role == Member.Role.OWNER)
                        .isPresent());
    }

    private static String pageOf(Project project) {
        return "/manage/project/" + project.normalized() + "/";
    }

    Reply settings(Visit visit) {
        Optional<Project> project = project(visit, true);
        if (project.isEmpty()) {
            return none();
        }
        Set<String> before = flags.of(project.get().id());
        Set<String> asked = new TreeSet<>();
        offered.forEach((flag, text) -> {
            if (visit.field(flag).equals("on")) {
                asked.add(flag);
            }
        });
        AuditEvent.Builder event = AuditEvent.of(CHANGED, visit.now())
                .actor(visit.owner().id())
                .address(visit.address())
                .subject(project.get().id());
        List<String> changed = offered.keySet().stream()
                .filter(flag -> before.contains(flag) != asked.contains(flag))
                .toList();
        if (!changed.isEmpty()) {
            changed.forEach(flag -> event.attribute(flag, asked.contains(flag) ? "on" : "off"));
            boolean done = catalogue.jdbi().inTransaction(h -> {
                if (catalogue.projectById(h, project.get().id()).isEmpty()) {
                    return false;
                }
                changed.forEach(flag -> flags.set(h, project.get().id(), flag, asked.contains(flag)));
                store.within(h.getConnection()).auditLog().record(event.build());
                return true;
            });
            if (!done) {
                return none();
            }
        }
        visit.note(
                Note.Kind.SUCCESS,
                asked.isEmpty()
                        ? "This project asks no more of its people than the index does."
                        : "This project now asks: "
                                + asked.stream().map(offered::get).collect(Collectors.joining("; ")) + ".");
        return Reply.to(pageOf(project.get()));
    }

    Reply deleteRelease(Visit visit) {
        Optional<Project> project = project(visit, true);
        if (project.isEmpty()) {
            return none();
        }
        String version = visit.field("version");
        if (!visit.field("confirm").equals(version)) {
            return manage(visit, project.get(), new Form().error("confirm-" + version, "Type the version to confirm."));
        }
        boolean deleted = catalogue
                .jdbi()
                .inTransaction(h -> catalogue.deleteRelease(h, project.get().id(), version));
        if (!deleted) {
            return none();
        }
        visit.note(Note.Kind.SUCCESS, "Deleted release " + version + ". The names of its files stay used.");
        return Reply.to(pageOf(project.get()));
    }

    Reply delete(Visit visit) {
        Optional<Project> project = project(visit, true);
        if (project.isEmpty()) {
            return none();
        }
        if (!visit.field("confirm").equals(project.get().name())) {
            return manage(
                    visit,
                    project.get(),
                    new Form().error("confirm", "Type the name of the project exactly as it is shown to confirm."));
        }
        catalogue
                .jdbi()
                .useTransaction(h -> catalogue.deleteProject(h, project.get().id()));
        for (TrustedPublisher each : publishing.of(project.get().id())) {
            publishing.remove(project.get().id(), each.id(), PublishingPages.requester(visit));
        }
        visit.note(Note.Kind.SUCCESS, "Deleted project " + project.get().name() + ".");
        return Reply.to(Site.PROJECTS);
    }

    Reply addMember(Visit visit) {
        Optional<Project> project = project(visit, true);
        if (project.isEmpty()) {
            return none();
        }
        String name = visit.field("username");
        Member.Role role = visit.field("role").equals("owner") ? Member.Role.OWNER : Member.Role.MAINTAINER;
        Form form = new Form().value("username", name);
        Optional<Account> invited = Accounts.isName(name) ? accounts.byName(name) : Optional.empty();
        if (invited.isEmpty()) {
            return manage(visit, project.get(), form.error("username", "There is no account of this name."));
        }
        if (!invited.get().emailVerified()) {
            return manage(
                    visit,
                    project.get(),
                    form.error("username", "User '" + name + "' does not have a verified primary email address."));
        }
        Optional<Boolean> added = catalogue.jdbi().inTransaction(h -> add(h, project.get(), invited.get(), role));
        if (added.isEmpty()) {
            return none();
        }
        if (!added.get()) {
            return manage(visit, project.get(), form.error("username", "They work on this project already."));
        }
        visit.note(Note.Kind.SUCCESS, "Added " + invited.get().name() + ".");
        return Reply.to(pageOf(project.get()));
    }

    /** Whether the account was added, or works on the project already; nothing if the project was deleted meanwhile. */
    private Optional<Boolean> add(Handle h, Project project, Account account, Member.Role role) {
        if (catalogue.projectById(h, project.id()).isEmpty()) {
            return Optional.empty();
        }
        if (catalogue.role(h, project.id(), account.id()).isPresent()) {
            return Optional.of(false);
        }
        catalogue.addMember(h, project.id(), account.id(), role);
        return Optional.of(true);
    }

    Reply removeMember(Visit visit) {
        Optional<Project> project = project(visit, true);
        if (project.isEmpty()) {
            return none();
        }
        String id = visit.field("account");
        boolean removed = catalogue.jdbi().inTransaction(h -> remove(h, project.get(), id));
        if (!removed) {
            return manage(visit, project.get(), new Form().error("people", "A project keeps at least one owner."));
        }
        visit.note(Note.Kind.SUCCESS, "Removed from the project.");
        return Reply.to(id.equals(visit.owner().id()) ? Site.PROJECTS : pageOf(project.get()));
    }

    /** Locks the rows of the project, so that two owners cannot remove each other at once. */
    private boolean remove(Handle h, Project project, String account) {
        List<String> owners = h.createQuery(
                        "SELECT account FROM project_role WHERE project = :project AND role = 'OWNER' FOR UPDATE")
                .bind("project", project.id())
                .mapTo(String.class)
                .list();
        if (owners.contains(account) && owners.size() == 1) {
            return false;
        }
        h.createUpdate("DELETE FROM project_role WHERE project = :project AND account = :account")
                .bind("project", project.id())
                .bind("account", account)
                .execute();
        return true;
    }
}

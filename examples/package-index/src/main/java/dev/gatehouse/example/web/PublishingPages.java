package dev.gatehouse.example.web;

import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Member;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.example.publishing.Publishing;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.Registration;
import dev.gatehouse.publisher.SettingsReading;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.token.Requester;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The trusted publishers of a project, for its owners. */
final class PublishingPages {
    private static final String LIST = "publishers";

    private final Publishing publishing;
    private final Catalogue catalogue;

    PublishingPages(Publishing publishing, Catalogue catalogue) {
        this.publishing = publishing;
        this.catalogue = catalogue;
    }

    Reply overview(Visit visit) {
        return project(visit)
                .<Reply>map(project -> overview(visit, project, "", Form.empty()))
                .orElseGet(PublishingPages::none);
    }

    /** The same answer whether there is no such project or it is not theirs. */
    private static Reply none() {
        return Reply.message(404, "Page not found", "There is no such project among yours.");
    }

    private Reply.Html overview(Visit visit, Project project, String sent, Form form) {
        return Reply.page("publishing.jte", "Publishing of " + project.name())
                .with("project", project)
                .with("form", form)
                .with(
                        "publishers",
                        publishing.of(project.id()).stream().map(this::line).toList())
                .with("forms", PublisherForm.all(publishing.providers(), sent, form))
                .with("constrain", visit.field("constrain"))
                .with("environment", visit.field("environment"))
                .status(form.hasErrors() ? 422 : 200);
    }

    private PublisherLine line(TrustedPublisher publisher) {
        return PublisherLine.of(publishing, publisher.id(), publisher.settings(), publisher.created())
                .pinned(publisher.pins())
                .sharedBy(publisher.projects().size());
    }

    private Optional<Project> project(Visit visit) {
        return ProjectName.of(visit.path("project"))
                .flatMap(catalogue::project)
                .filter(project -> catalogue
                        .jdbi()
                        .withHandle(h ->
                                catalogue.role(h, project.id(), visit.owner().id()))
                        .filter(role -> role == Member.Role.OWNER)
                        .isPresent());
    }

    static String pageOf(Project project) {
        return "/manage/project/" + project.normalized() + "/publishing/";
    }

    Reply add(Visit visit) {
        Optional<Project> found = project(visit);
        if (found.isEmpty()) {
            return none();
        }
        Project project = found.get();
        return read(
                publishing,
                visit,
                (sent, form) -> overview(visit, project, sent, form),
                (provider, settings, typed) -> publishing
                        .add(project.id(), settings, requester(visit))
                        .fold(
                                added -> {
                                    visit.note(
                                            Note.Kind.SUCCESS,
                                            "Added "
                                                    + publishing.describe(
                                                            added.publisher().settings()) + " to " + project.name());
                                    return Reply.to(pageOf(project));
                                },
                                not -> refused(
                                        visit,
                                        not,
                                        text -> overview(
                                                visit,
                                                project,
                                                provider.id(),
                                                PublisherForm.filled(provider, typed, List.of())
                                                        .error(provider.id(), text)))));
    }

    /** The page again, with the form that was sent. */
    interface Again {
        Reply form(String sent, Form form);
    }

    /** What to do with settings that were read. */
    interface Register {
        Reply register(PublisherProvider provider, PublisherSettings settings, Map<String, String> typed);
    }

    /** Reads the form of a provider, as both pages have it. */
    static Reply read(Publishing publishing, Visit visit, Again again, Register register) {
        Optional<PublisherProvider> provider = publishing.provider(visit.field(PublisherForm.PROVIDER));
        if (provider.isEmpty()) {
            return again.form("", new Form().error(LIST, "Choose where your builds run."));
        }
        Map<String, String> typed = PublisherForm.typed(visit, provider.get());
        SettingsReading reading = provider.get().read(typed);
        return reading.fold(
                accepted -> register.register(provider.get(), accepted.settings(), typed),
                refused -> again.form(
                        provider.get().id(), PublisherForm.filled(provider.get(), typed, refused.problems())));
    }

    /** Why nothing was registered: on the form, or by itself where trying again is no use for now. */
    static Reply refused(Visit visit, Registration.NotRegistered<?> not, Function<String, Reply> again) {
        if (not.retryAfter().isEmpty()) {
            return again.apply(not.text());
        }
        visit.response()
                .setHeader("Retry-After", Long.toString(not.retryAfter().get().toSeconds()));
        return Reply.message(429, "Too many attempts", not.text());
    }

    Reply constrain(Visit visit) {
        Optional<Project> found = project(visit);
        if (found.isEmpty()) {
            return none();
        }
        Project project = found.get();
        return publishing
                .constrain(project.id(), visit.field("id"), visit.raw("environment"), requester(visit))
                .fold(
                        constrained -> {
                            visit.note(
                                    Note.Kind.SUCCESS,
                                    "Constrained to "
                                            + publishing.describe(
                                                    constrained.publisher().settings()));
                            return Reply.to(pageOf(project));
                        },
                        not -> refused(visit, not, text -> overview(visit, project, "", new Form().error(LIST, text))));
    }

    Reply remove(Visit visit) {
        Optional<Project> found = project(visit);
        if (found.isEmpty()) {
            return none();
        }
        Project project = found.get();
        return publishing
                .remove(project.id(), visit.field("id"), requester(visit))
                .fold(
                        removed -> {
                            visit.note(
                                    Note.Kind.SUCCESS,
                                    "Removed trusted publisher for project '" + project.name() + "'");
                            return Reply.to(pageOf(project));
                        },
                        not -> overview(visit, project, "", new Form().error(LIST, not.text())));
    }

    static Requester requester(Visit visit) {
        return new Requester(visit.owner().id(), visit.address());
    }
}

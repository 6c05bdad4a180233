package dev.gatehouse.example.web;

import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.example.publishing.Publishing;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The publishers of an account whose project is still to be made. */
final class PendingPages {
    private static final String PROJECT = "project-name";

    private final Publishing publishing;

    PendingPages(Publishing publishing) {
        this.publishing = publishing;
    }

    Reply overview(Visit visit) {
        return overview(visit, "", Form.empty());
    }

    private Reply overview(Visit visit, String sent, Form form) {
        return Reply.page("pending-publishers.jte", "Publishing")
                .with("form", form)
                .with(
                        "publishers",
                        publishing.pendingOf(visit.owner().id()).stream()
                                .filter(each -> visit.now().isBefore(each.expires()))
                                .map(this::line)
                                .toList())
                .with("forms", PublisherForm.all(publishing.providers(), sent, form))
                .status(form.hasErrors() ? 422 : 200);
    }

    private PublisherLine line(PendingPublisher pending) {
        return PublisherLine.of(publishing, pending.id(), pending.settings(), pending.created())
                .waitingFor(pending.projectName(), pending.expires());
    }

    Reply add(Visit visit) throws IOException {
        OpenDecision open = OpenDecision.of(visit.request()).orElseThrow();
        String project = visit.field(PROJECT);
        OpenTarget target = OpenTarget.of(Action.PUBLISHER_ADD);
        Completion completion = open.complete(
                ProjectName.of(project).isPresent() ? target.project(project, ThingValues.unknown()) : target);
        if (completion instanceof Completion.Refused refused) {
            refused.answer(visit.response());
            return new Reply.Written();
        }
        return PublishingPages.read(
                publishing,
                visit,
                (sent, form) -> overview(visit, sent, named(project, sent, form)),
                (provider, settings, typed) -> add(visit, provider, settings, typed));
    }

    /** The form with the name of the project, and what is wrong with it. */
    private static Form named(String project, String sent, Form form) {
        String key = sent + "-" + PROJECT;
        form.value(key, project);
        if (project.isEmpty()) {
            form.error(key, "Specify project name");
        } else if (ProjectName.of(project).isEmpty()) {
            form.error(key, "Invalid project name");
        }
        return form;
    }

    private Reply add(Visit visit, PublisherProvider provider, PublisherSettings settings, Map<String, String> typed) {
        String project = visit.field(PROJECT);
        Form form = named(project, provider.id(), PublisherForm.filled(provider, typed, List.of()));
        if (form.hasErrors()) {
            return overview(visit, provider.id(), form);
        }
        return publishing
                .addPending(project, settings, PublishingPages.requester(visit))
                .fold(
                        added -> {
                            visit.note(
                                    Note.Kind.SUCCESS,
                                    "Registered a new pending publisher to create the project '" + project + "'.");
                            return Reply.to(Site.PUBLISHING);
                        },
                        not -> PublishingPages.refused(
                                visit, not, text -> overview(visit, provider.id(), form.error(provider.id(), text))));
    }

    Reply remove(Visit visit) {
        Optional<PendingPublisher> pending = publishing.pending(visit.field("id"));
        return publishing
                .removePending(visit.field("id"), PublishingPages.requester(visit))
                .fold(
                        removed -> {
                            visit.note(
                                    Note.Kind.SUCCESS,
                                    "Removed trusted publisher for project '"
                                            + pending.map(PendingPublisher::projectName)
                                                    .orElse("?") + "'");
                            return Reply.to(Site.PUBLISHING);
                        },
                        not -> overview(visit, "", new Form().error("publishers", not.text())));
    }
}

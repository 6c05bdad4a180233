package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.FileStore;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.Release;
import dev.gatehouse.example.index.UploadForm;
import dev.gatehouse.example.index.UploadProblem;
import dev.gatehouse.example.index.UploadedFile;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.example.mail.PublishingMails;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Notice;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.Identity;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import dev.gatehouse.servlet.ReasonPhrase;
import dev.gatehouse.token.TokenOwner;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /legacy/}: the form of twine and its kin. What is asked is known only when the form is read, so that the decision is
 * completed here, in the transaction that writes.
 */
final class UploadPage {
    /** The most bytes of one file. */
    static final long LARGEST_FILE = 100L << 20;

    private static final String NOBODY =
            "Invalid or non-existent authentication information. See /help for more information.";
    private static final String NO_PERSON =
            "Non-user identities cannot create new projects. This was probably caused by successfully using a pending"
                    + " publisher but specifying the project name incorrectly.";

    private final Accounts accounts;
    private final Catalogue catalogue;
    private final FileStore store;
    private final Facts facts;
    private final Post post;
    private final PublisherRepository publishers;
    private final PublishingMails mails;
    private final ReasonPhrase reasonPhrase;

    UploadPage(Backend backend, Facts facts, ReasonPhrase reasonPhrase) {
        this.accounts = backend.accounts;
        this.catalogue = backend.catalogue;
        this.store = backend.files;
        this.facts = facts;
        this.post = backend.post;
        this.publishers = backend.publishers;
        this.mails = backend.publishingMails;
        this.reasonPhrase = reasonPhrase;
    }

    /** What became of an upload: written, or refused for one of two kinds of reasons. */
    private sealed interface Outcome {
        record Kept(Identity identity, Optional<Project> project, Decision decision) implements Outcome {}

        record Refused(Completion.Refused refusal) implements Outcome {}

        record Wrong(int status, String text) implements Outcome {}
    }

    /** Undoes the transaction when an outcome is none to keep. */
    private static final class UndoException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Outcome outcome;

        UndoException(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }

    Reply upload(Visit visit) throws IOException {
        UploadForm form = null;
        try {
            Optional<List<FormPart>> parts = parts(visit);
            if (parts.isEmpty()) {
                return answer(
                        visit,
                        new Outcome.Wrong(400, "The upload is not a form with a file, or it is larger than 100 MiB."));
            }
            form = UploadForm.read(parts.get(), store, LARGEST_FILE);
            return answer(visit, written(visit, form));
        } catch (UploadProblem e) {
            return answer(visit, new Outcome.Wrong(e.status(), message(e)));
        } finally {
            if (form != null) {
                form.discard();
            }
        }
    }

    private Outcome written(Visit visit, UploadForm form) {
        try {
            return catalogue.jdbi().inTransaction(h -> write(visit, form, h));
        } catch (UndoException e) {
            return e.outcome;
        }
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? "The upload is not valid." : message;
    }

    private Outcome write(Visit visit, UploadForm form, Handle h) throws UndoException {
        OpenDecision open = OpenDecision.of(visit.request()).orElseThrow();
        Optional<Project> project = catalogue.project(h, form.name());
        Optional<Release> release = project.flatMap(p -> catalogue.release(h, p.id(), form.version()));
        Completion completion = open.complete(target(form, project, release));
        if (completion instanceof Completion.Refused refused) {
            throw new UndoException(new Outcome.Refused(refused));
        }
        Completion.Permitted permitted = (Completion.Permitted) completion;
        Identity identity = permitted.identity().orElse(null);
        if (identity == null) {
            throw new UndoException(new Outcome.Wrong(403, NOBODY));
        }
        Optional<String> owner = identity.accountId();
        checkMay(h, identity, project);
        UploadedFile file = finish(form);
        Optional<String> used = catalogue.digestOfUsedName(h, file.filename());
        if (used.isPresent()) {
            boolean same = used.get().equals(file.sha256())
                    && catalogue.file(file.filename()).isPresent();
            throw new UndoException(
                    same
                            ? new Outcome.Kept(identity, project, permitted.decision())
                            : new Outcome.Wrong(400, taken(file)));
        }
        Project target =
                project.orElseGet(() -> catalogue.createProject(h, form.name(), owner.orElseThrow(), visit.now()));
        Release kept = release.orElseGet(() -> catalogue.createRelease(h, target, file, visit.now()));
        catalogue.addFile(h, target, kept, file, owner.orElseGet(identity::getName), visit.now());
        keep(form);
        return new Outcome.Kept(identity, Optional.of(target), permitted.decision());
    }

    /** Whether whoever it is may upload to this project, by what this index knows of both. */
    private void checkMay(Handle h, Identity identity, Optional<Project> project) throws UndoException {
        boolean account = identity.accountId().isPresent();
        if (project.isEmpty()) {
            if (!account) {
                throw new UndoException(new Outcome.Wrong(400, NO_PERSON));
            }
            return;
        }
        String id = project.get().id();
        boolean may = account
                ? catalogue.role(h, id, identity.accountId().get()).isPresent()
                : identity.kind() == CredentialKind.TRUSTED_PUBLISHER
                        && publishers.ofProject(id).stream()
                                .anyMatch(each ->
                                        TokenOwner.publisher(each.id()).text().equals(identity.getName()));
        if (!may) {
            throw new UndoException(new Outcome.Wrong(
                    403,
                    (account
                                    ? "The user '" + identity.getName() + "' isn't allowed to upload to project '"
                                    : "The given token isn't allowed to upload to project '")
                            + project.get().name() + "'. See " + post.link("/") + " for more information."));
        }
    }

    /** Tells the owners of a project that a token was used where a publisher could have been. */
    private void warn(Visit visit, Identity identity, Project project) {
        if (identity.kind() == CredentialKind.API_TOKEN
                && identity.tokenId().isPresent()
                && !publishers.ofProject(project.id()).isEmpty()) {
            mails.tokenUsed(
                    project, identity.tokenId().get(), identity.accountId().orElse(""), visit.now());
        }
    }

    private static UploadedFile finish(UploadForm form) throws UndoException {
        try {
            return form.finish();
        } catch (UploadProblem e) {
            throw new UndoException(new Outcome.Wrong(e.status(), message(e)));
        } catch (IOException e) {
            throw new UncheckedIOException("an uploaded file cannot be read", e);
        }
    }

    /** Before the transaction ends: bytes without a row are nothing, a row without bytes would be a broken promise. */
    private void keep(UploadForm form) {
        try {
            form.keep(store);
        } catch (IOException e) {
            throw new UncheckedIOException("an uploaded file cannot be stored", e);
        }
    }

    private String taken(UploadedFile file) {
        return catalogue.file(file.filename()).isPresent()
                ? "File already exists ('" + file.filename() + "')."
                : "This filename was previously used by a file that has since been deleted. Use a different version.";
    }

    private OpenTarget target(UploadForm form, Optional<Project> project, Optional<Release> release) {
        if (project.isEmpty()) {
            return OpenTarget.of(Action.PUBLISH_PROJECT).project(form.name().display(), ThingValues.unknown());
        }
        String name = project.get().name();
        if (release.isEmpty()) {
            return OpenTarget.of(Action.PUBLISH_RELEASE).project(name, facts.project(project.get()));
        }
        return OpenTarget.of(Action.PUBLISH_FILE)
                .project(name, facts.project(project.get()))
                .release(ThingValues.builder(
                                project.get().id() + "/" + release.get().version(),
                                release.get().version())
                        .created(release.get().created())
                        .build());
    }

    private Reply answer(Visit visit, Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Refused refused) {
            refused.refusal().answer(visit.response());
        } else if (outcome instanceof Outcome.Wrong wrong) {
            text(visit, wrong.status(), wrong.text());
        } else if (outcome instanceof Outcome.Kept kept) {
            remind(visit, kept);
            kept.project().ifPresent(project -> warn(visit, kept.identity(), project));
            text(visit, 200, warnings(kept.decision()));
        }
        return new Reply.Written();
    }

    private static String warnings(Decision decision) {
        List<String> lines = decision.notices().stream()
                .map(notice -> notice.message().text())
                .toList();
        return lines.isEmpty() ? "OK" : String.join("\n", lines);
    }

    /** Writes to those whom the policy only warns so far. */
    private void remind(Visit visit, Outcome.Kept kept) {
        for (Notice notice : kept.decision().notices()) {
            if (notice.waiver().isEmpty() && notice.way().steps().contains(Remedy.ENROL_FACTOR)) {
                kept.identity()
                        .accountId()
                        .flatMap(accounts::byId)
                        .ifPresent(account -> post.remind(
                                account,
                                MailText.twoFactorNotYetEnabled(account.name(), post.link(Site.TWO_FACTOR)),
                                MailText.REMINDER_WINDOW,
                                visit.now()));
            }
        }
    }

    private void text(Visit visit, int status, String text) throws IOException {
        HttpServletResponse response = visit.response();
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        if (status >= 400) {
            reasonPhrase.set(visit.request(), response, ReasonPhrase.ascii(text, ReasonPhrase.MAX_LENGTH));
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static Optional<List<FormPart>> parts(Visit visit) throws IOException {
        try {
            return Optional.of(
                    visit.request().getParts().stream().map(FormPart::new).toList());
        } catch (ServletException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** A part as the catalogue's reader wants it. */
    private record FormPart(Part part) implements UploadForm.Part {
        @Override
        public String name() {
            return part.getName();
        }

        @Override
        public String filename() {
            @Nullable String name = part.getSubmittedFileName();
            return name == null ? "" : name;
        }

        @Override
        public InputStream open() throws IOException {
            return part.getInputStream();
        }
    }
}

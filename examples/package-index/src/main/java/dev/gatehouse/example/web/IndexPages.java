package dev.gatehouse.example.web;

import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.FileStore;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.example.index.ReleaseFile;
import dev.gatehouse.example.index.SimpleApi;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is open to everybody: the front page, projects, the simple API, files. */
final class IndexPages {
    private static final String FILES = "/files/";
    private static final int MOST_LISTED = 100;

    private final Catalogue catalogue;
    private final FileStore store;
    private final SimpleApi simple;

    IndexPages(Catalogue catalogue, FileStore store) {
        this.catalogue = catalogue;
        this.store = store;
        this.simple = new SimpleApi(file -> SimpleApi.pathBelow(FILES, file));
    }

    Reply home(Visit visit) {
        String wanted = visit.field("q");
        String key = wanted.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
        List<Project> all = catalogue.projects();
        List<Project> found = all.stream()
                .filter(project -> project.normalized().contains(key))
                .limit(MOST_LISTED)
                .toList();
        return Reply.page("home.jte", wanted.isEmpty() ? "Find and publish packages" : "Search results")
                .with("wanted", wanted)
                .with("projects", found)
                .with("total", all.size());
    }

    Reply project(Visit visit) {
        Optional<Project> project = ProjectName.of(visit.path("project")).flatMap(catalogue::project);
        if (project.isEmpty()) {
            return Reply.message(404, "Page not found", "There is no project of this name.");
        }
        return Reply.page("project.jte", project.get().name())
                .with("project", project.get())
                .with("releases", catalogue.releases(project.get().id()))
                .with("files", catalogue.files(project.get().id()))
                .with("prefix", FILES);
    }

    Reply simpleIndex(Visit visit) throws IOException {
        Optional<SimpleApi.Form> form = form(visit);
        return form.isEmpty()
                ? notAcceptable()
                : write(visit, form.get(), simple.index(catalogue.projects(), form.get()));
    }

    Reply simpleProject(Visit visit) throws IOException {
        Optional<ProjectName> name = ProjectName.of(visit.path("project"));
        Optional<Project> project = name.flatMap(catalogue::project);
        if (name.isEmpty() || project.isEmpty()) {
            return Reply.message(404, "Page not found", "There is no project of this name.");
        }
        if (!name.get().normalized().equals(visit.path("project"))) {
            return Reply.to("/simple/" + name.get().normalized() + "/");
        }
        Optional<SimpleApi.Form> form = form(visit);
        return form.isEmpty()
                ? notAcceptable()
                : write(
                        visit,
                        form.get(),
                        simple.project(
                                project.get(), catalogue.files(project.get().id()), form.get()));
    }

    private static Optional<SimpleApi.Form> form(Visit visit) {
        String accept = visit.request().getHeader("Accept");
        return SimpleApi.negotiate(accept == null ? "" : accept);
    }

    private static Reply notAcceptable() {
        return Reply.message(406, "Not acceptable", "This page is served as HTML (PEP 503) and JSON (PEP 691).");
    }

    private static Reply write(Visit visit, SimpleApi.Form form, String text) throws IOException {
        HttpServletResponse response = visit.response();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Html.secure(response);
        response.setContentType(form.contentType());
        response.setHeader("Vary", "Accept");
        response.setHeader("Cache-Control", "max-age=600, public");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        return new Reply.Written();
    }

    /** A file by its name; the digest in the path must be its own. */
    Reply file(Visit visit) throws IOException {
        Optional<ReleaseFile> file = catalogue.file(visit.path("filename"));
        if (file.isEmpty() || !file.get().sha256().equals(visit.path("sha256"))) {
            return Reply.message(404, "Page not found", "There is no such file.");
        }
        Path path = store.path(file.get().sha256());
        HttpServletResponse response = visit.response();
        Html.secure(response);
        // Never shown: what somebody uploaded must not run as a page of ours.
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "attachment");
        response.setHeader("Cache-Control", "max-age=31536000, immutable, public");
        response.setContentLengthLong(file.get().size());
        Files.copy(path, response.getOutputStream());
        return new Reply.Written();
    }

    /** The style sheet and the icon. */
    Reply asset(Visit visit) throws IOException {
        String name = visit.path("asset");
        String type = switch (name) {
            case "style.css" -> "text/css;charset=UTF-8";
            case "icon.svg" -> "image/svg+xml";
            case "keys.js", "codes.js" -> "text/javascript;charset=UTF-8";
            default -> "";
        };
        if (type.isEmpty()) {
            return Reply.message(404, "Page not found", "There is nothing at this address.");
        }
        try (InputStream in = IndexPages.class.getResourceAsStream("/dev/gatehouse/example/static/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the index lacks its own " + name);
            }
            byte[] bytes = in.readAllBytes();
            HttpServletResponse response = visit.response();
            Html.secure(response);
            response.setContentType(type);
            response.setHeader("Cache-Control", "max-age=600, public");
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
        return new Reply.Written();
    }
}

package dev.gatehouse.example.web;

import dev.gatehouse.servlet.IndexLayout;
import dev.gatehouse.servlet.LayoutBuilder;
import dev.gatehouse.servlet.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every path of the index: what the policy is asked about it, and who answers it. */
final class Routes {
    private record Entry(String method, List<String> template, boolean form, Handler handler) {}

    /**
     * Who answers a request, and what its path names.
     *
     * @param form whether it must come from a form of ours
     */
    record Match(Handler handler, boolean form, Map<String, String> path) {}

    private final LayoutBuilder layout = IndexLayout.builder();
    private final List<Entry> entries = new ArrayList<>();

    Routes get(String template, Route route, Handler handler) {
        return add("GET", template, route, false, handler);
    }

    /** A change by a person in a browser; this servlet checks the token of the form. */
    Routes post(String template, Route route, Handler handler) {
        return add("POST", template, route.csrfTokenCheckedByHost(), true, handler);
    }

    /** A change by a program, with a credential of its own. */
    Routes api(String template, Route route, Handler handler) {
        return add("POST", template, route, false, handler);
    }

    /** A path that a servlet of the library answers. */
    Routes served(String method, String template, Route route) {
        layout.route(method, template, route);
        return this;
    }

    private Routes add(String method, String template, Route route, boolean form, Handler handler) {
        layout.route(method, template, route);
        entries.add(new Entry(method, List.of(template.split("/", -1)), form, handler));
        return this;
    }

    IndexLayout layout() {
        return layout.build();
    }

    Optional<Match> match(String method, String path) {
        List<String> segments = List.of(path.split("/", -1));
        for (Entry entry : entries) {
            if (entry.method.equals(method)) {
                Map<String, String> names = new HashMap<>();
                if (matches(entry.template, segments, names)) {
                    return Optional.of(new Match(entry.handler, entry.form, Map.copyOf(names)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean matches(List<String> template, List<String> segments, Map<String, String> names) {
        for (int i = 0; i < template.size(); i++) {
            String wanted = template.get(i);
            if (i >= segments.size()) {
                return false;
            }
            if (wanted.startsWith("{")) {
                if (segments.get(i).isEmpty()) {
                    return false;
                }
                names.put(wanted.substring(1, wanted.length() - 1), segments.get(i));
            } else if (!wanted.equals(segments.get(i))) {
                return false;
            }
        }
        return template.size() == segments.size();
    }
}

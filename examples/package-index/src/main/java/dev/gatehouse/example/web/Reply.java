package dev.gatehouse.example.web;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler answers. */
sealed interface Reply {
    /** A page made of a template. */
    record Html(int status, String template, String title, Map<String, @Nullable Object> model) implements Reply {
        /** The same with one more value for the template. */
        Html with(String name, @Nullable Object value) {
            Map<String, @Nullable Object> more = new HashMap<>(model);
            more.put(name, value);
            return new Html(status, template, title, more);
        }

        Html status(int other) {
            return new Html(other, template, title, model);
        }
    }

    /** Another page, to be fetched with GET. */
    record SeeOther(String path) implements Reply {}

    /** The handler has written the answer itself. */
    record Written() implements Reply {}

    static Html page(String template, String title) {
        return new Html(200, template, title, Map.of());
    }

    /** A page with one message. */
    static Html message(int status, String title, String text) {
        return page("message.jte", title).status(status).with("text", text);
    }

    static Reply to(String path) {
        return new SeeOther(path);
    }
}

package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What an endpoint says: PyPI's {@code success} and {@code fail}, a document, or nothing.
 *
 * @param status below 400 only for what was done
 * @param json the document; an empty text for an empty body
 * @param retryAfterSeconds for {@code Retry-After}, or -1
 */
record EndpointAnswer(int status, String json, long retryAfterSeconds) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A document that is JSON already. */
    static EndpointAnswer document(String json) {
        return new EndpointAnswer(200, json, -1);
    }

    /** A status and nothing else. */
    static EndpointAnswer empty(int status) {
        return new EndpointAnswer(status, "", -1);
    }

    /** A document as the writer makes it. */
    static EndpointAnswer written(int status, Consumer<JsonGenerator> members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return new EndpointAnswer(status, out.toString(StandardCharsets.UTF_8), -1);
    }

    static EndpointAnswer success(String text, @Nullable String redirect) {
        return written(200, json -> {
            json.writeStringProperty("success", text);
            if (redirect != null) {
                json.writeStringProperty("redirect_to", redirect);
            }
        });
    }

    static EndpointAnswer fail(int status, String... errors) {
        return fail(status, List.of(errors), json -> {});
    }

    static EndpointAnswer fail(int status, List<String> errors, Consumer<JsonGenerator> more) {
        return written(status, json -> {
            json.writeObjectPropertyStart("fail");
            json.writeArrayPropertyStart("errors");
            errors.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
            more.accept(json);
        });
    }

    /** What the policy refuses, with the page of the first step out of it. */
    static EndpointAnswer refused(Completion.Refused refused) {
        String page = refused.page();
        return fail(refused.status(), List.of(refused.text().split("\n", -1)), json -> {
            json.writeStringProperty("code", refused.code());
            if (page != null) {
                json.writeStringProperty("redirect_to", page);
            }
        });
    }

    /** PyPI's words; the duration is told as it tells it. */
    static EndpointAnswer throttled(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0));
        String text = "There have been too many unsuccessful login attempts. You have been locked out for "
                + spoken(seconds) + ". Please try again later.";
        return fail(429, text).retryAfter(seconds);
    }

    private static String spoken(long seconds) {
        return seconds < 60
                ? count(seconds, "second")
                : seconds < 3_600 ? count((seconds + 59) / 60, "minute") : count((seconds + 3_599) / 3_600, "hour");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    EndpointAnswer retryAfter(long seconds) {
        return new EndpointAnswer(status, json, seconds);
    }

    void write(HttpServletResponse response) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (retryAfterSeconds >= 0) {
            response.setHeader("Retry-After", Long.toString(retryAfterSeconds));
        }
        if (body.length > 0) {
            response.setContentType("application/json");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** An answer may hold a challenge. */
    @Override
    public String toString() {
        return "answer " + status;
    }
}

package dev.gatehouse.servlet;

import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the filter says instead of passing a request on; how it looks depends on the client.
 *
 * @param status the status where no redirect takes its place
 * @param code a stable code
 * @param lines what the client is told, never empty
 * @param retryAfterSeconds for {@code Retry-After}, or -1
 * @param challenge whether {@code WWW-Authenticate} goes with it
 * @param phrase whether PyPI's words about password uploads must be in the text
 */
record Answer(int status, String code, List<Line> lines, long retryAfterSeconds, boolean challenge, boolean phrase)
        implements Verdict {
    Answer {
        lines = List.copyOf(lines);
    }

    /** What clients and their users look for after a refused password upload. */
    static final String PHRASE = "an API Token or Trusted Publisher must be used to upload";

    private static final String SENTENCE = "To publish, " + PHRASE + ".";

    /**
     * One thing that the client is told.
     *
     * @param refusal the refusal of the policy it is the text of
     * @param text the text if there is no refusal
     * @param step the step that leads out of it if there is no refusal
     */
    record Line(
            @Nullable Refusal refusal,
            String text,
            @Nullable Remedy step) {
        String text(MessageContext context) {
            return refusal == null ? text : refusal.message().text(context);
        }

        @Nullable
        Remedy remedy() {
            return refusal == null ? step : refusal.way().first();
        }
    }

    static Answer of(int status, String code, String text) {
        return new Answer(status, code, List.of(new Line(null, text, null)), -1, false, false);
    }

    static Answer refused(int status, List<Refusal> told, boolean challenge, boolean phrase) {
        Refusal first = told.get(0);
        ReasonCode code = first.codes().get(0);
        Line[] lines = new Line[told.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(told.get(i), "", null);
        }
        return new Answer(status, code.name(), List.of(lines), -1, challenge, phrase);
    }

    /** To a request whose session has ended since the filter decided, such as while the body was sent. */
    static Answer sessionEnded() {
        Line line = new Line(null, "Your session has ended. Log in again.", Remedy.AUTHENTICATE);
        return new Answer(403, "SESSION_ENDED", List.of(line), -1, false, false);
    }

    static Answer unavailable() {
        return of(503, "UNAVAILABLE", "The request cannot be decided now. Try again later.")
                .retryAfter(Duration.ofSeconds(30));
    }

    Answer retryAfter(Duration wait) {
        return new Answer(status, code, lines, Math.max(1, wait.toSeconds()), challenge, phrase);
    }

    Answer withChallenge() {
        return new Answer(status, code, lines, retryAfterSeconds, true, phrase);
    }

    Answer withPhrase() {
        return new Answer(status, code, lines, retryAfterSeconds, challenge, true);
    }

    /** The step that leads out of the first thing told. */
    @Nullable
    Remedy step() {
        return lines.get(0).remedy();
    }

    /** All that the client is told, a line each. */
    String text(MessageContext context) {
        String text = lines.get(0).text(context);
        for (int i = 1; i < lines.size(); i++) {
            text = text + "\n" + lines.get(i).text(context);
        }
        return phrase && !text.contains(PHRASE) ? text + "\n" + SENTENCE : text;
    }

    /** The first line as a reason phrase: visible ASCII, at most 200 characters, PyPI's words kept whole. */
    String reason(MessageContext context) {
        String first = ReasonPhrase.ascii(lines.get(0).text(context), ReasonPhrase.MAX_LENGTH);
        if (!phrase || first.contains(PHRASE)) {
            return first;
        }
        String shorter =
                ReasonPhrase.ascii(lines.get(0).text(context), ReasonPhrase.MAX_LENGTH - SENTENCE.length() - 1);
        return shorter.isEmpty() ? SENTENCE : shorter + " " + SENTENCE;
    }
}

package dev.gatehouse.servlet;

import dev.gatehouse.policy.Decision;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to a completed {@link OpenDecision}: write, or undo and answer the refusal. Immutable. */
public sealed interface Completion {

    /**
     * Nothing stands in the way.
     *
     * @param decision the permission, with its notices
     * @param identity who asks; empty if the policy lets nobody in particular
     */
    record Permitted(Decision.Permitted decision, Optional<Identity> identity) implements Completion {}

    /** It is refused: nothing may be written. */
    final class Refused implements Completion {
        private final OpenDecision open;
        private final Answer answer;
        private final Optional<Decision.Refused> decision;

        Refused(OpenDecision open, Answer answer, Optional<Decision.Refused> decision) {
            this.open = open;
            this.answer = answer;
            this.decision = decision;
        }

        /** The decision of the policy; empty where the token's own restrictions refuse, or the project is not to be seen. */
        public Optional<Decision.Refused> decision() {
            return decision;
        }

        public int status() {
            return answer.status();
        }

        /** What the client is told, plain. */
        public String text() {
            return open.text(answer);
        }

        /** Answers the client in the way that it understands. */
        public void answer(HttpServletResponse response) throws IOException {
            open.write(answer, response);
        }

        /** The page of the first step that leads out of it. */
        @Nullable
        String page() {
            return open.page(answer);
        }

        String code() {
            return answer.code();
        }

        @Override
        public String toString() {
            return "refused " + answer.code();
        }
    }
}

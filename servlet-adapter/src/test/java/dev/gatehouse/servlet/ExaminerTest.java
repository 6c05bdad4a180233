package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no container can be made to send: dispatches of its own to pages that are not for errors. */
class ExaminerTest {
    private final TestIndex index = new TestIndex();
    private final Examiner examiner = examiner();

    private Examiner examiner() {
        Events events = new Events(index.events::add, index.host, index.clock);
        AnswerWriter writer = new AnswerWriter(Answers.of(Pages.none()));
        Gate gate = new Gate(
                new PolicyDecider(index.policy(), () -> true),
                index.host,
                index.host,
                index.host,
                writer,
                new SecureRandom());
        return new Examiner(TestIndex.layout(), gate, new SameOrigin(Set.of()), events);
    }

    private static HttpServletRequest error(String path, int status) {
        Map<String, Object> attributes = Map.of(RequestDispatcher.ERROR_STATUS_CODE, status);
        return (HttpServletRequest) Proxy.newProxyInstance(
                ExaminerTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDispatcherType" -> DispatcherType.ERROR;
                    case "getMethod" -> "POST";
                    case "getServletPath", "getRequestURI" -> path;
                    case "getAttribute" -> attributes.get((String) arguments[0]);
                    default -> null;
                });
    }

    @Test
    void errorPage_thatIsAPage_isDecidedAsItsGet() {
        assertThat(examiner.examine(error("/whoami", 500))).isInstanceOf(Outcome.class);
    }

    @Test
    void errorPage_thatIsNotListed_leavesAnErrorsStatusAndNoOther() {
        assertThat(((Answer) examiner.examine(error("/nowhere", 418))).status()).isEqualTo(418);
        assertThat(((Answer) examiner.examine(error("/nowhere", 200))).status()).isEqualTo(403);
    }
}

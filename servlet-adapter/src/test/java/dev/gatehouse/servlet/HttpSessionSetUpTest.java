package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSessionSetUpTest {
    private static final Evidence PROOF = Evidence.asserted(
            "id-alice", FactorKind.TOTP, Instant.parse("2024-06-01T12:00:00Z"), Carrier.session("s1"), "test");

    private final List<Evidence> proofs = new ArrayList<>();
    private final SetUpKeeper keeper = SetUpKeeper.inHttpSession((request, proof) -> proofs.add(proof));

    /** A request of a session with these attributes; {@code null} is a request without one, which never makes one. */
    private static HttpServletRequest request(Map<String, Object> attributes) {
        HttpSession session = attributes == null
                ? null
                : standIn(HttpSession.class, (name, arguments) -> switch (name) {
                    case "getAttribute" -> attributes.get((String) arguments[0]);
                    case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                    case "removeAttribute" -> attributes.remove((String) arguments[0]);
                    default -> throw new IllegalStateException(name);
                });
        return standIn(HttpServletRequest.class, (name, arguments) -> {
            assertThat(name).isEqualTo("getSession");
            assertThat(arguments).containsExactly(false);
            return session;
        });
    }

    private interface Answer {
        Object to(String name, Object[] arguments);
    }

    private static <T> T standIn(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object given = answer.to(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : given;
                }));
    }

    @Test
    void kept_afterKeep_isTheLastTextOfThisSession() {
        Map<String, Object> attributes = new HashMap<>();
        keeper.keep(request(attributes), "first");
        keeper.keep(request(attributes), "second");

        assertThat(keeper.kept(request(attributes))).contains("second");
        assertThat(keeper.kept(request(new HashMap<>()))).isEmpty();
        assertThat(attributes.values()).allMatch(String.class::isInstance);
    }

    @Test
    void done_always_forgetsTheTextAndKeepsTheProof() {
        Map<String, Object> attributes = new HashMap<>();
        keeper.keep(request(attributes), "text");
        keeper.done(request(attributes), PROOF);

        assertThat(keeper.kept(request(attributes))).isEmpty();
        assertThat(attributes).isEmpty();
        assertThat(proofs).containsExactly(PROOF);
    }

    @Test
    void keep_withoutASession_isTheHostsMistake() {
        assertThat(keeper.kept(request(null))).isEmpty();
        assertThatThrownBy(() -> keeper.keep(request(null), "text"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("text");
    }

    @Test
    void kept_somethingElseUnderTheName_isNone() {
        Map<String, Object> attributes = new HashMap<>();
        keeper.keep(request(attributes), "text");
        attributes.replaceAll((name, value) -> 1);

        assertThat(keeper.kept(request(attributes))).isEmpty();
    }
}

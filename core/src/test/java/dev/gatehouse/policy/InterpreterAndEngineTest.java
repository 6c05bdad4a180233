package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The engine and the plain interpreter give the same answer to every question. */
class InterpreterAndEngineTest {
    private static final PlainSubject PLAIN = new PlainInterpreter();
    private static final PlainSubject ENGINE = new EngineSubject();

    @Provide
    Arbitrary<PolicyCase> cases() {
        return PolicyCase.arbitrary();
    }

    @Property(tries = 15_000)
    void decide_anyPolicyAndRequest_isWhatTheModelSays(@ForAll("cases") PolicyCase any) {
        assertThat(any.decidedBy(ENGINE)).as("%s", any).isEqualTo(any.decidedBy(PLAIN));
    }
}

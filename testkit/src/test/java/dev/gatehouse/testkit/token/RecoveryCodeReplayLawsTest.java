package dev.gatehouse.testkit.token;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.recovery.InMemoryRecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeVerifier;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.testkit.MutableClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Recovery codes, found and then used up: O13. */
class RecoveryCodeReplayLawsTest implements ReplayLaws {

    @Override
    public ReplaySubject replay() {
        return new Codes();
    }

    private static final class Codes implements ReplaySubject {
        private final FaultSwitch faults = FaultSwitch.none();
        private final List<MutableClock> clocks = List.of(MutableClock.at(START), MutableClock.at(START));
        private final List<RecoveryCodeVerifier> nodes;
        private final Deque<String> codes;

        Codes() {
            InMemoryRecoveryCodeRepository repository = InMemoryRecoveryCodeRepository.create(event -> {});
            Argon2Gate gate = Argon2Gate.of(4);
            codes = RecoveryCodes.builder(repository, gate, clocks.get(0))
                    .build()
                    .generate("alice", repository.versions().of("alice"), event -> event)
                    .fold(generated -> new ArrayDeque<>(generated.codes().list()), not -> {
                        throw new AssertionError(not.reason());
                    });
            RecoveryCodeRepository shared = faults.over(RecoveryCodeRepository.class, repository);
            nodes = clocks.stream()
                    .map(clock -> new RecoveryCodeVerifier(shared, gate, clock))
                    .toList();
        }

        @Override
        public Proof issue(Instant now) {
            String code = codes.pop();
            return Proof.endless((at, node) -> {
                clocks.get(node).set(at);
                RecoveryCodeVerifier verifier = nodes.get(node);
                return verifier.verify(new FactorResponse("alice", Carrier.session("s"), code))
                        .fold(found -> verifier.settle(found.evidence()), rejected -> rejected)
                        .fold(verified -> Answer.ACCEPTED, rejected -> Answer.REFUSED);
            });
        }

        @Override
        public FaultSwitch faults() {
            return faults;
        }
    }
}

package dev.gatehouse.testkit.token;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.recovery.InMemoryRecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeSet;
import dev.gatehouse.recovery.RecoveryCodeVerifier;
import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Recovery codes, found and then used up: O13. */
class RecoveryCodeReplayLawsTest implements ReplayLaws {
    private static final Argon2Cost COST = new Argon2Cost(8, 1, 1);

    @Override
    public ReplaySubject replay() {
        return new Codes();
    }

    private static final class Codes implements ReplaySubject {
        private final FaultSwitch faults = FaultSwitch.none();
        private final List<MutableClock> clocks = List.of(MutableClock.at(START), MutableClock.at(START));
        private final List<RecoveryCodeVerifier> nodes;
        private final Deque<String> codes = new ArrayDeque<>();

        Codes() {
            InMemoryRecoveryCodeRepository repository = InMemoryRecoveryCodeRepository.create(event -> {});
            Argon2Gate gate = Argon2Gate.of(4);
            for (int i = 0; i < RecoveryCodeSet.CODES; i++) {
                codes.add("000000000000000" + i);
            }
            store(repository, gate);
            RecoveryCodeRepository shared = faults.over(RecoveryCodeRepository.class, repository);
            nodes = clocks.stream()
                    .map(clock -> new RecoveryCodeVerifier(shared, gate, clock))
                    .toList();
        }

        /** Codes whose hashes cost little: a stored set keeps the cost it was made with. */
        private void store(InMemoryRecoveryCodeRepository repository, Argon2Gate gate) {
            SecretBytes salt = SecretBytes.copyOf(new byte[RecoveryCodeSet.SALT_BYTES]);
            List<SecretBytes> secrets = codes.stream()
                    .map(code -> SecretBytes.copyOf(code.getBytes(StandardCharsets.US_ASCII)))
                    .toList();
            List<SecretBytes> hashes =
                    gate.hashAll(secrets, salt, COST).fold(Argon2Gate.Passed::value, full -> List.of());
            AuditEvent made =
                    AuditEvent.of(AuditTag.RECOVERY_CODES_GENERATED, START).build();
            repository.replace(
                    RecoveryCodeSet.of("set", "alice", COST, salt, hashes, START),
                    repository.versions().of("alice"),
                    made);
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

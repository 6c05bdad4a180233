package dev.gatehouse.testkit.token;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.Totp;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpSecret;
import dev.gatehouse.totp.TotpVerifier;
import java.time.Instant;
import java.util.List;

/** Codes of an authenticator app: RFC 6238, 5.2. */
class TotpReplayLawsTest implements ReplayLaws {

    @Override
    public ReplaySubject replay() {
        return new Codes();
    }

    private static final class Codes implements ReplaySubject {
        private static final TotpParameters PARAMETERS = TotpParameters.standard();
        private final FaultSwitch faults = FaultSwitch.none();
        private final TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(new byte[20]));
        private final List<MutableClock> clocks = List.of(MutableClock.at(START), MutableClock.at(START));
        private final List<TotpVerifier> nodes;

        Codes() {
            Sealer sealer = new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                    .build());
            InMemoryTotpRepository repository = InMemoryTotpRepository.create(event -> {});
            repository.add(
                    TotpCredential.of(
                            "phone",
                            "alice",
                            PARAMETERS,
                            sealer.seal(secret.bytes(), TotpCredential.placeOfSecret("alice", "phone")),
                            START),
                    repository.versions().of("alice"),
                    AuditEvent.of(AuditTag.FACTOR_ADDED, START).build());
            TotpRepository shared = faults.over(TotpRepository.class, repository);
            nodes = clocks.stream()
                    .map(clock -> new TotpVerifier(shared, sealer, clock))
                    .toList();
        }

        @Override
        public Proof issue(Instant now) {
            String code = Totp.codeAt(secret, PARAMETERS, now);
            // A window of one step to each side.
            long end = (PARAMETERS.stepAt(now) + 2) * PARAMETERS.period().toSeconds();
            return Proof.until(Instant.ofEpochSecond(end), (at, node) -> {
                clocks.get(node).set(at);
                return nodes.get(node)
                        .verify(new FactorResponse("alice", Carrier.session("s"), code))
                        .fold(verified -> Answer.ACCEPTED, rejected -> Answer.REFUSED);
            });
        }

        @Override
        public FaultSwitch faults() {
            return faults;
        }
    }
}

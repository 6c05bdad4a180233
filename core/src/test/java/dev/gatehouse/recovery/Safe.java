package dev.gatehouse.recovery;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.secret.Argon2Gate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A repository in memory that counts its readings, a generator and a verifier over it, a gate with one place, a clock that is set. */
final class Safe {
    static final String ACCOUNT = "account-1";
    static final Carrier SESSION = Carrier.session("session-1");

    final InMemoryAuditLog audit = InMemoryAuditLog.create();
    final InMemoryRecoveryCodeRepository repository = InMemoryRecoveryCodeRepository.create(audit);
    final Argon2Gate gate = Argon2Gate.of(1);
    final RecoveryCodes codes =
            RecoveryCodes.builder(repository, gate, this::now).build();
    final RecoveryCodeVerifier verifier = new RecoveryCodeVerifier(repository, gate, this::now);
    private Instant now = Instant.parse("2024-01-01T05:00:10.123456789Z");

    Instant now() {
        return now;
    }

    void advance(long seconds) {
        now = now.plusSeconds(seconds);
    }

    long version() {
        return repository.versions().of(ACCOUNT);
    }

    GenerationResult attempt() {
        return codes.generate(ACCOUNT, version(), event -> event.address("192.0.2.1"));
    }

    List<String> generate() {
        return attempt().fold(generated -> generated.codes().list(), not -> {
            throw new AssertionError(not.reason());
        });
    }

    static FactorResponse response(String code) {
        return new FactorResponse(ACCOUNT, SESSION, code);
    }

    Verification verify(String code) {
        return verifier.verify(response(code));
    }

    /** {@code VERIFIED}, or the code of the rejection. */
    static String outcomeOf(Verification verification) {
        return verification.fold(
                verified -> "VERIFIED", rejected -> rejected.code().code());
    }

    String outcome(String code) {
        return outcomeOf(verify(code));
    }

    Verification use(String code) {
        return verify(code).fold(verified -> verifier.settle(verified.evidence()), rejected -> rejected);
    }

    /** What a broken store answers. */
    @SuppressWarnings({"NullOptional", "OptionalAssignedToNull"})
    static Optional<RecoveryCodeSet> noAnswer() {
        return null;
    }

    /** A store that answers this. */
    static RecoveryCodeRepository answering(Optional<RecoveryCodeSet> answer, RecoveryCodeRepository.Use use) {
        return new RecoveryCodeRepository() {
            @Override
            public Optional<RecoveryCodeSet> ofAccount(String account) {
                return answer;
            }

            @Override
            public Change replace(RecoveryCodeSet set, long version, AuditEvent made) {
                return null;
            }

            @Override
            public Removal remove(String account, long version, AuditEvent removed) {
                return Removal.REMOVED;
            }

            @Override
            public Use use(String account, String setId, int place, Instant at, AuditEvent used) {
                return use;
            }
        };
    }
}

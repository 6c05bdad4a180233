package dev.gatehouse.totp;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A repository in memory, a verifier over it, and a clock that a test sets. */
final class Desk {
    static final String ACCOUNT = "account-1";
    static final Carrier SESSION = Carrier.session("session-1");
    static final TotpSecret RFC_SECRET = secretOf("12345678901234567890");

    /** The third instant of RFC 6238, appendix B: the last second of its step; its code is 081804. */
    static final Instant RFC_TIME = Instant.ofEpochSecond(1111111109);

    final InMemoryAuditLog audit = InMemoryAuditLog.create();
    final InMemoryTotpRepository repository = InMemoryTotpRepository.create(audit);
    final Sealer sealer = new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
            .build());
    final TotpVerifier verifier = new TotpVerifier(repository, sealer, this::now);
    private volatile Instant now;

    Desk(Instant now) {
        this.now = now;
    }

    /** A desk at the RFC's instant whose account has the RFC's secret. */
    static Desk withRfcSecret() {
        Desk desk = new Desk(RFC_TIME);
        desk.enrol("c1", RFC_SECRET, TotpParameters.standard());
        return desk;
    }

    static TotpSecret secretOf(String ascii) {
        return TotpSecret.of(SecretBytes.copyOf(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    Instant now() {
        return now;
    }

    void set(Instant to) {
        now = to;
    }

    void setSecond(long epochSecond) {
        now = Instant.ofEpochSecond(epochSecond);
    }

    void advance(long seconds) {
        now = now.plusSeconds(seconds);
    }

    long version() {
        return repository.versions().of(ACCOUNT);
    }

    TotpCredential credential(String account, String id, TotpSecret secret, TotpParameters parameters) {
        return TotpCredential.of(
                id, account, parameters, sealer.seal(secret.bytes(), TotpCredential.placeOfSecret(account, id)), now);
    }

    void enrol(String id, TotpSecret secret, TotpParameters parameters) {
        AuditEvent added = AuditEvent.of(AuditTag.FACTOR_ADDED, now).build();
        if (repository.add(credential(ACCOUNT, id, secret, parameters), version(), added)
                != TotpRepository.Change.DONE) {
            throw new AssertionError("not added");
        }
    }

    Verification verify(String code) {
        return verifier.verify(response(code));
    }

    static FactorResponse response(String code) {
        return new FactorResponse(ACCOUNT, SESSION, code);
    }

    /** {@code VERIFIED}, or the code of the rejection. */
    String outcome(String code) {
        return outcomeOf(verify(code));
    }

    static String outcomeOf(Verification verification) {
        return verification.fold(
                verified -> "VERIFIED", rejected -> rejected.code().code());
    }

    /** The code that the RFC's secret has so many steps from now. */
    String codeAtOffset(int steps) {
        TotpParameters parameters = TotpParameters.standard();
        return Totp.code(RFC_SECRET, parameters, parameters.stepAt(now) + steps);
    }
}

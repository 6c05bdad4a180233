package dev.gatehouse.recovery;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.SecretBytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies recovery codes, and uses each up at most once.
 *
 * <p>{@link #verify} only finds the code: the same one may be found many times. {@link #settle} uses it up, and of any number of
 * callers with evidence of one code one is told {@code Verified}. So a code is not lost with a login that ends before it completes,
 * and a login must not count as complete before {@code settle} has said so. Who has shown only that they hold the codes settles at
 * once.
 *
 * <p>White space, hyphens and case of the input do not count. One attempt costs one hash, compared with all eight in constant time;
 * none is made for what has not the form of a code, or where the account has no codes. Attempt limits, and a first factor before,
 * belong before the call; every {@code Rejected} counts save {@link RecoveryRejection#BUSY}. What the store answers is distrusted; a
 * store that throws, throws from here.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecoveryCodeVerifier implements FactorVerifier {
    static final String VERIFIER = "gatehouse.recovery";

    /** The id of the set and the place in it. */
    private static final Pattern FACTOR_ID = Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([0-7])");

    private final RecoveryCodeRepository repository;
    private final Argon2Gate gate;
    private final InstantSource clock;

    /**
     * A verifier of the codes in this repository.
     *
     * @param gate the process's one gate for Argon2id
     */
    public RecoveryCodeVerifier(RecoveryCodeRepository repository, Argon2Gate gate, InstantSource clock) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.gate = Objects.requireNonNull(gate, "gate");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public FactorKind kind() {
        return FactorKind.RECOVERY_CODE;
    }

    /**
     * Finds a code, without using it up.
     *
     * @return {@code Verified} with evidence that names the very code, or {@code Rejected} with a {@link RecoveryRejection}
     */
    @Override
    public Verification verify(FactorResponse response) {
        Optional<SecretBytes> code = CodeInput.read(response.text());
        if (code.isEmpty()) {
            return rejected(RecoveryRejection.MALFORMED);
        }
        Optional<RecoveryCodeSet> stored = repository.ofAccount(response.account());
        if (!StoredCodes.areOf(response.account(), stored)) {
            return rejected(RecoveryRejection.STORE_UNTRUSTED);
        }
        if (stored.isEmpty()) {
            return rejected(RecoveryRejection.NONE);
        }
        RecoveryCodeSet set = stored.get();
        return gate.hash(code.get(), set.salt(), set.cost())
                .fold(hashed -> compared(response, set, hashed.value()), full -> rejected(RecoveryRejection.BUSY));
    }

    private Verification compared(FactorResponse response, RecoveryCodeSet set, SecretBytes hash) {
        int place = set.placeOf(hash);
        if (place < 0) {
            return rejected(RecoveryRejection.WRONG);
        }
        if (set.usedAt(place).isPresent()) {
            return rejected(RecoveryRejection.USED_BEFORE);
        }
        return new Verification.Verified(Evidence.asserted(
                response.account(),
                EnrolledFactor.of(set.id() + "." + place, FactorKind.RECOVERY_CODE),
                clock.instant(),
                response.carrier(),
                VERIFIER));
    }

    @Override
    public Verification settle(Evidence proof) {
        return settle(proof, event -> event);
    }

    /**
     * Uses up the code that evidence of {@link #verify} names.
     *
     * @param proof carried by whatever carries it now
     * @param origin adds address and attributes to the event
     * @return {@code Verified} with the proof, or {@code Rejected} with {@link RecoveryRejection#USED_BEFORE}, or with {@link
     *     RecoveryRejection#WRONG} if it is of no code that the account has now
     */
    public Verification settle(Evidence proof, UnaryOperator<AuditEvent.Builder> origin) {
        Matcher code = FACTOR_ID.matcher(proof.factor().id());
        if (!proof.kind().equals(FactorKind.RECOVERY_CODE) || !proof.by().equals(VERIFIER) || !code.matches()) {
            return rejected(RecoveryRejection.WRONG);
        }
        Instant now = clock.instant();
        AuditEvent event = origin.apply(
                        AuditEvent.of(AuditTag.RECOVERY_CODE_USED, now).actor(proof.account()))
                .account(proof.account())
                .subject(proof.factor().id())
                .build();
        RecoveryCodeRepository.@Nullable Use use =
                repository.use(proof.account(), code.group(1), Integer.parseInt(code.group(2)), now, event);
        if (use == null) {
            return rejected(RecoveryRejection.STORE_UNTRUSTED);
        }
        return switch (use) {
            case USED -> new Verification.Verified(proof);
            case USED_BEFORE -> rejected(RecoveryRejection.USED_BEFORE);
            case NOT_FOUND -> rejected(RecoveryRejection.WRONG);
        };
    }

    private static Verification rejected(RecoveryRejection reason) {
        return new Verification.Rejected(reason);
    }
}

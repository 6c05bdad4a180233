package dev.gatehouse.recovery;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.SecretBytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes, counts and removes the recovery codes of accounts.
 *
 * <p>A set is eight codes of 64 random bits, written as sixteen lower-case hexadecimal digits. They are shown once and kept as
 * Argon2id hashes. A new set voids the one before, its codes, and evidence of them that was not settled yet. Whether codes may be
 * made is the policy's to decide before; the version of the account that the decision rested on goes into the write. Every change is
 * written together with its audit event, to which the host adds who and from where.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecoveryCodes {
    /**
     * What a hash costs by default: 2 MiB, 6 passes, 1 lane. That is twice the memory of PyPI's and as many passes; a code of 64
     * random bits would need no more than one pass.
     */
    public static final Argon2Cost DEFAULT_COST = new Argon2Cost(2048, 6, 1);

    /** The cheapest hash of new codes, PyPI's: this many kibibytes times passes. */
    private static final int MIN_WORK = 6144;

    private static final int ID_BYTES = 16;
    private static final int CODE_BYTES = 8;

    private final RecoveryCodeRepository repository;
    private final Argon2Gate gate;
    private final InstantSource clock;
    private final Argon2Cost cost;
    private final SecureRandom random;

    private RecoveryCodes(Builder b) {
        this.repository = b.repository;
        this.gate = b.gate;
        this.clock = b.clock;
        this.cost = b.cost;
        this.random = b.random;
    }

    /**
     * A builder with the defaults.
     *
     * @param gate the process's one gate for Argon2id
     */
    public static Builder builder(RecoveryCodeRepository repository, Argon2Gate gate, InstantSource clock) {
        return new Builder(repository, gate, clock);
    }

    /**
     * Makes a set, in the place of the one that the account has, if any.
     *
     * @param account the host's immutable id of the account
     * @param version the account's version, read before the facts that the decision rested on
     * @param origin adds actor and address to the event
     */
    public GenerationResult generate(String account, long version, UnaryOperator<AuditEvent.Builder> origin) {
        Objects.requireNonNull(account, "account");
        SecretBytes salt = SecretBytes.random(RecoveryCodeSet.SALT_BYTES, random);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RecoveryCodeSet.CODES; i++) {
            byte[] code = new byte[CODE_BYTES];
            random.nextBytes(code);
            codes.add(HexFormat.of().formatHex(code));
        }
        return gate.hashAll(codes.stream().map(CodeInput::ofMade).toList(), salt, cost)
                .fold(
                        hashed -> store(account, version, codes, salt, hashed.value(), origin),
                        full -> not(GenerationRejection.BUSY));
    }

    private GenerationResult store(
            String account,
            long version,
            List<String> codes,
            SecretBytes salt,
            List<SecretBytes> hashes,
            UnaryOperator<AuditEvent.Builder> origin) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant now = clock.instant();
        RecoveryCodeSet set = RecoveryCodeSet.of(HexFormat.of().formatHex(id), account, cost, salt, hashes, now);
        // What is read here still holds at the write, if the version does.
        boolean isAgain = StoredCodes.of(repository, account).isPresent();
        AuditTag tag = isAgain ? AuditTag.RECOVERY_CODES_REGENERATED : AuditTag.RECOVERY_CODES_GENERATED;
        RecoveryCodeRepository.Change change = repository.replace(set, version, event(tag, set, now, origin));
        // Compared with the one good answer, so that no answer at all is none.
        return change == RecoveryCodeRepository.Change.DONE
                ? new GenerationResult.Generated(new NewRecoveryCodes(set.id(), codes))
                : not(GenerationRejection.CONFLICT);
    }

    /**
     * What codes an account has.
     *
     * @throws IllegalStateException if the store answers with those of another account
     */
    public RecoveryCodeStatus status(String account) {
        return StoredCodes.of(repository, account).map(RecoveryCodeSet::status).orElse(RecoveryCodeStatus.NONE);
    }

    /**
     * Removes all codes of an account, as an operator does who sets an account back.
     *
     * @param version the account's version, read before the facts that the decision rested on
     * @param origin adds actor and address to the event
     */
    public RecoveryCodeRepository.Removal remove(
            String account, long version, UnaryOperator<AuditEvent.Builder> origin) {
        Optional<RecoveryCodeSet> set = StoredCodes.of(repository, account);
        if (set.isEmpty()) {
            return RecoveryCodeRepository.Removal.NOT_FOUND;
        }
        return repository.remove(
                account, version, event(AuditTag.RECOVERY_CODES_REMOVED, set.get(), clock.instant(), origin));
    }

    private static AuditEvent event(
            AuditTag tag, RecoveryCodeSet set, Instant now, UnaryOperator<AuditEvent.Builder> origin) {
        return origin.apply(AuditEvent.of(tag, now).actor(set.account()))
                .account(set.account())
                .subject(set.id())
                .build();
    }

    private static GenerationResult not(GenerationRejection reason) {
        return new GenerationResult.NotGenerated(reason);
    }

    /** Builds {@link RecoveryCodes}; not thread-safe, may be reused. */
    public static final class Builder {
        private final RecoveryCodeRepository repository;
        private final Argon2Gate gate;
        private final InstantSource clock;
        private Argon2Cost cost = DEFAULT_COST;
        private SecureRandom random = new SecureRandom();

        private Builder(RecoveryCodeRepository repository, Argon2Gate gate, InstantSource clock) {
            this.repository = Objects.requireNonNull(repository, "repository");
            this.gate = Objects.requireNonNull(gate, "gate");
            this.clock = Objects.requireNonNull(clock, "clock");
        }

        /**
         * What hashes of new codes cost, {@link #DEFAULT_COST} by default; codes that are stored keep theirs.
         *
         * @throws IllegalArgumentException if kibibytes times passes are fewer than PyPI's 6144
         */
        public Builder cost(Argon2Cost other) {
            if ((long) other.kibibytes() * other.passes() < MIN_WORK) {
                throw new IllegalArgumentException("other: kibibytes times passes are fewer than " + MIN_WORK);
            }
            this.cost = other;
            return this;
        }

        /** Where codes, salts and ids come from, the platform's default by default. */
        public Builder random(SecureRandom other) {
            this.random = Objects.requireNonNull(other, "other");
            return this;
        }

        public RecoveryCodes build() {
            return new RecoveryCodes(this);
        }
    }
}

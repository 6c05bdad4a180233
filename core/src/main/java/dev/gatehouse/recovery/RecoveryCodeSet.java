package dev.gatehouse.recovery;

import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.SecretBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The recovery codes of one account as they are stored: Argon2id hashes under one salt, each in its place, and when it was used.
 *
 * <p>One salt for the set makes an attempt cost one hash instead of eight; codes of 64 random bits need no salt each. The hashes are
 * not sealed: they tell as much as the hash of any such secret, which is nothing. Immutable and thread-safe.
 */
public final class RecoveryCodeSet {
    /** Codes of a set. */
    public static final int CODES = 8;

    /** Bytes of the salt. */
    public static final int SALT_BYTES = 16;

    private static final int MAX_ACCOUNT = 255;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final String id;
    private final String account;
    private final Argon2Cost cost;
    private final SecretBytes salt;
    private final List<SecretBytes> hashes;
    private final Instant createdAt;
    /** A null for each unused code. */
    private final List<@Nullable Instant> usedAt;

    private RecoveryCodeSet(
            String id,
            String account,
            Argon2Cost cost,
            SecretBytes salt,
            List<SecretBytes> hashes,
            Instant createdAt,
            List<@Nullable Instant> usedAt) {
        this.id = id;
        this.account = account;
        this.cost = cost;
        this.salt = salt;
        this.hashes = hashes;
        this.createdAt = createdAt;
        this.usedAt = usedAt;
    }

    /**
     * A set none of whose codes was used.
     *
     * @param id 1 to 64 characters of base64url, unique among all sets
     * @param account the host's immutable id of the account, 1 to 255 characters
     * @param cost of its hashes
     * @param salt {@link #SALT_BYTES} bytes
     * @param hashes {@link #CODES} hashes of {@link Argon2Gate#HASH_BYTES} bytes, in the order in which the codes were shown
     * @throws IllegalArgumentException if one of these is not as said
     */
    public static RecoveryCodeSet of(
            String id, String account, Argon2Cost cost, SecretBytes salt, List<SecretBytes> hashes, Instant createdAt) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id: 1 to 64 characters of base64url");
        }
        if (account.isBlank() || account.length() > MAX_ACCOUNT) {
            throw new IllegalArgumentException("account: blank, or over " + MAX_ACCOUNT + " characters");
        }
        if (salt.size() != SALT_BYTES) {
            throw new IllegalArgumentException("salt: " + SALT_BYTES + " bytes, not " + salt.size());
        }
        if (hashes.size() != CODES || hashes.stream().anyMatch(hash -> hash.size() != Argon2Gate.HASH_BYTES)) {
            throw new IllegalArgumentException(
                    "hashes: " + CODES + " of " + Argon2Gate.HASH_BYTES + " bytes, not " + hashes.size());
        }
        return new RecoveryCodeSet(
                id,
                account,
                Objects.requireNonNull(cost, "cost"),
                salt,
                List.copyOf(hashes),
                Objects.requireNonNull(createdAt, "createdAt"),
                Collections.nCopies(CODES, null));
    }

    /**
     * The same with the code in this place used.
     *
     * @param place 0 to 7
     * @throws IllegalStateException if it was used before
     */
    public RecoveryCodeSet used(int place, Instant at) {
        if (usedAt(place).isPresent()) {
            throw new IllegalStateException("place: " + place + " was used before");
        }
        List<@Nullable Instant> next = new ArrayList<>(usedAt);
        next.set(place, Objects.requireNonNull(at, "at"));
        return new RecoveryCodeSet(id, account, cost, salt, hashes, createdAt, Collections.unmodifiableList(next));
    }

    public String id() {
        return id;
    }

    public String account() {
        return account;
    }

    public Argon2Cost cost() {
        return cost;
    }

    public SecretBytes salt() {
        return salt;
    }

    /** The hashes by place. */
    public List<SecretBytes> hashes() {
        return hashes;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /**
     * When the code in this place was used.
     *
     * @param place 0 to 7
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public Optional<Instant> usedAt(int place) {
        return Optional.ofNullable(usedAt.get(place));
    }

    /** How many of the codes were used. */
    public int used() {
        return (int) usedAt.stream().filter(Objects::nonNull).count();
    }

    /** The place of the code with this hash, or -1; all are compared, each in constant time. */
    int placeOf(SecretBytes hash) {
        int found = -1;
        for (int place = 0; place < CODES; place++) {
            if (hashes.get(place).equals(hash)) {
                found = place;
            }
        }
        return found;
    }

    RecoveryCodeStatus status() {
        return new RecoveryCodeStatus(CODES - used(), used(), Optional.of(createdAt));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecoveryCodeSet that
                && id.equals(that.id)
                && account.equals(that.account)
                && cost.equals(that.cost)
                && salt.equals(that.salt)
                && hashes.equals(that.hashes)
                && createdAt.equals(that.createdAt)
                && usedAt.equals(that.usedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, account, createdAt);
    }

    @Override
    public String toString() {
        return "RecoveryCodeSet[" + id + ", " + used() + " of " + CODES + " used]";
    }
}

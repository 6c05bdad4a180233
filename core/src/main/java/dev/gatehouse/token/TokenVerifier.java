package dev.gatehouse.token;

import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.Claim;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateSpace;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a verification, in their order: form, look-up, signature; then revocation, end of life, owner; then every caveat.
 * Nothing that depends on the record is told before the signature holds. A single use is claimed with the use that the policy has
 * permitted, not before.
 */
final class TokenVerifier {
    private static final StateSpace SINGLE_USE = StateSpace.claims("token.single-use", 1_000_000);
    private static final SealContext NOWHERE = new SealContext(ApiTokenRepository.PURPOSE, "nobody", "nothing");

    private final String prefix;
    private final CaveatKinds kinds;
    private final UnaryOperator<String> names;
    private final ApiTokenRepository repository;
    private final Sealer sealer;
    private final OwnerStatus owners;
    private final InstantSource clock;
    private final List<byte[]> locations;
    private final @Nullable EphemeralState state;
    /** A key that no token has: with it an unknown id costs what a wrong signature costs. */
    private final SealedSecret nobodysKey;

    TokenVerifier(ApiTokens.Builder settings) {
        this.prefix = settings.prefix;
        this.kinds = settings.caveats;
        this.names = settings.names;
        this.repository = settings.repository;
        this.sealer = settings.sealer;
        this.owners = settings.owners;
        this.clock = settings.clock;
        this.locations = List.copyOf(settings.locations);
        this.state = settings.state;
        this.nobodysKey = sealer.seal(SecretBytes.random(ApiTokens.KEY_BYTES, settings.random), NOWHERE);
    }

    /** The same over another view. */
    TokenVerifier(TokenVerifier other, ApiTokenRepository view, OwnerStatus status) {
        this.prefix = other.prefix;
        this.kinds = other.kinds;
        this.names = other.names;
        this.repository = view;
        this.sealer = other.sealer;
        this.owners = status;
        this.clock = other.clock;
        this.locations = other.locations;
        this.state = other.state;
        this.nobodysKey = other.nobodysKey;
    }

    TokenVerification verify(String token, TokenContext request) {
        Objects.requireNonNull(request, "request");
        Macaroon macaroon = TokenFormat.parse(token, prefix);
        if (macaroon == null) {
            return RejectedToken.unproven(TokenRejection.MALFORMED);
        }
        StoredToken stored = genuine(macaroon);
        return stored == null
                ? RejectedToken.unproven(TokenRejection.NOT_GENUINE)
                : finish(stored, read(macaroon, stored), request, null);
    }

    OpenTokenVerification open(String token, TokenContext request) {
        if (request.project().isPresent()) {
            throw new IllegalArgumentException("request: names a project");
        }
        Macaroon macaroon = TokenFormat.parse(token, prefix);
        if (macaroon == null) {
            return RejectedToken.unproven(TokenRejection.MALFORMED);
        }
        StoredToken stored = genuine(macaroon);
        if (stored == null) {
            return RejectedToken.unproven(TokenRejection.NOT_GENUINE);
        }
        Instant now = clock.instant();
        TokenRejection dead = deadOrFrozen(stored, now);
        if (dead != null) {
            return RejectedToken.of(dead, stored.token());
        }
        List<UnmetCaveat> unmet = new ArrayList<>(0);
        CheckedCaveats caveats =
                read(macaroon, stored).check(CaveatContext.open(stored.token(), request, now, names), unmet);
        return unmet.isEmpty()
                ? new OpenToken(this, stored, request, caveats)
                : RejectedToken.unmet(stored.token(), unmet);
    }

    /** Everything behind the signature, with the project settled. */
    TokenVerification finish(
            StoredToken stored, CheckedCaveats caveats, TokenContext request, @Nullable Set<String> spent) {
        Instant now = clock.instant();
        ApiToken token = stored.token();
        TokenRejection dead = deadOrFrozen(stored, now);
        if (dead != null) {
            return RejectedToken.of(dead, token);
        }
        List<UnmetCaveat> unmet = new ArrayList<>(0);
        caveats.check(CaveatContext.of(token, request, now, names), unmet);
        List<CheckedCaveats.Use> singleUses = caveats.singleUses();
        if (!singleUses.isEmpty() && state == null) {
            unmet.add(new UnmetCaveat(singleUses.get(0).caveat().name(), "single-use tokens are not taken here"));
        }
        if (!unmet.isEmpty()) {
            return RejectedToken.unmet(token, unmet);
        }
        return new VerifiedToken(token, caveats, now, spent);
    }

    /** Claims the single uses of a token; what keeps them from it, or null. */
    private @Nullable RejectedToken spend(VerifiedToken verified, Instant now) {
        ApiToken token = verified.token();
        for (CheckedCaveats.Use use : verified.singleUses()) {
            StandardCaveat.SingleUse caveat = use.caveat();
            // The claim is kept until then at least: at or after it nobody could tell that there was another.
            if (now.getEpochSecond() >= caveat.expiresAt()) {
                return RejectedToken.unmet(token, List.of(new UnmetCaveat(caveat.name(), "token is expired")));
            }
            if (verified.isSpentHere(caveat)) {
                continue;
            }
            Claim claim = Objects.requireNonNull(state)
                    .claim(SINGLE_USE, token.id() + ' ' + caveat.nonce(), Instant.ofEpochSecond(use.keptUntil()), now);
            if (claim != Claim.CLAIMED) {
                return RejectedToken.of(TokenRejection.SINGLE_USE, token);
            }
            verified.spentHere(caveat);
        }
        return null;
    }

    /** The stored token whose root key made this signature for a location of ours, or null. */
    private @Nullable StoredToken genuine(Macaroon macaroon) {
        StoredToken signed = signed(macaroon);
        return signed != null && isOurs(macaroon) ? signed : null;
    }

    /** The stored token whose root key made this signature, whatever location it names, or null. */
    @Nullable
    StoredToken signed(Macaroon macaroon) {
        String id = macaroon.identifier();
        StoredToken stored = answered(repository.find(id)).orElse(null);
        // A row of another id is an answer to another question: as good as none.
        boolean found = stored != null && stored.token().id().equals(id);
        SecretBytes key = stored != null && found
                ? sealer.open(stored.rootKey(), ApiTokens.place(stored.token().owner(), id))
                : sealer.open(nobodysKey, NOWHERE);
        byte[] expected = macaroon.expectedSignature(new HmacSha256(), key.toByteArray());
        boolean signed = MessageDigest.isEqual(expected, macaroon.signature());
        return found && signed ? stored : null;
    }

    /** The signature does not cover the location, so a changed one is caught here. */
    private boolean isOurs(Macaroon macaroon) {
        for (byte[] location : locations) {
            if (macaroon.hasLocation(location)) {
                return true;
            }
        }
        return false;
    }

    private CheckedCaveats read(Macaroon macaroon, StoredToken stored) {
        return CheckedCaveats.read(kinds, macaroon, stored.token().restrictions());
    }

    private @Nullable TokenRejection deadOrFrozen(StoredToken stored, Instant now) {
        TokenRejection dead = dead(stored, now);
        return dead == null && !isActive(stored.token().owner()) ? TokenRejection.OWNER_FROZEN : dead;
    }

    /** A name of a project in the one spelling in which names are compared. */
    String normalized(String project) {
        return Objects.requireNonNull(names.apply(project), "names");
    }

    boolean isActive(TokenOwner owner) {
        return answered(owners.standingOf(owner)) == OwnerStatus.Standing.ACTIVE;
    }

    private static @Nullable TokenRejection dead(StoredToken stored, Instant now) {
        ApiToken token = stored.token();
        if (token.revoked().isPresent()) {
            return TokenRejection.REVOKED;
        }
        if (isReached(token.expires(), now)) {
            return TokenRejection.EXPIRED;
        }
        if (isReached(token.idleFrom(), now)) {
            return TokenRejection.IDLE;
        }
        return stored.ownerState().suspended() ? TokenRejection.OWNER_SUSPENDED : null;
    }

    private static boolean isReached(Optional<Instant> end, Instant now) {
        return end.isPresent() && !now.isBefore(end.get());
    }

    /** Writes a use, unless the token has died since or was good for one; a use that others wrote meanwhile is looked at anew. */
    TokenVerification recordUse(VerifiedToken verified) {
        ApiToken token = verified.token();
        boolean isSpent = false;
        Instant used = clock.instant();
        for (int attempt = 0; attempt < 100; attempt++) {
            Instant now = clock.instant();
            StoredToken stored = answered(repository.find(token.id()))
                    .filter(row -> row.token().id().equals(token.id())
                            && row.token().owner().equals(token.owner()))
                    .orElse(null);
            TokenRejection dead = stored == null ? TokenRejection.REVOKED : dead(stored, now);
            if (stored == null || dead != null) {
                return RejectedToken.of(Objects.requireNonNull(dead), token);
            }
            RejectedToken late = isSpent ? null : spend(verified, now);
            if (late != null) {
                return late;
            }
            isSpent = true;
            Optional<Instant> last = stored.token().lastUsed();
            // Among many at once somebody's later use is soon on record, and this one need not be.
            if (isLater(last, used)
                    || answered(repository.recordUse(token.id(), last, now)) == ApiTokenRepository.Change.CHANGED) {
                return verified;
            }
        }
        throw new IllegalStateException("repository: the last use changes all the time");
    }

    private static boolean isLater(Optional<Instant> last, Instant now) {
        return last.isPresent() && last.get().isAfter(now);
    }

    /** Holds that a host's part has answered. */
    @SuppressWarnings("ConstantValue")
    static <T> T answered(@Nullable T answer) {
        if (answer == null) {
            throw new IllegalStateException("a repository or the owner status answered null");
        }
        return answer;
    }
}

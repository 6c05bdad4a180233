package dev.gatehouse.token;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.token.ApiTokenRepository.Change;
import dev.gatehouse.token.ApiTokenRepository.Insertion;
import dev.gatehouse.token.Minting.Minted;
import dev.gatehouse.token.Minting.NotMinted;
import dev.gatehouse.token.Minting.Obstacle;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mints, verifies, restricts and revokes API tokens in PyPI's form: a prefix, a hyphen, and a macaroon.
 *
 * <p>A verification goes in this order: form, look-up, signature; then revocation, end of life, idleness, owner; then every
 * restriction, in the token and on the server's record, each unmet one reported. Before the signature holds nothing is told, and an
 * id that does not exist costs what a wrong signature costs. It is no decision: the owner's address and second factor, and what
 * the token's record must look like, are the policy's business. A request that was permitted is then written down with
 * {@link #recordUse}, which has the last word on idleness and revocation, and spends what is good for one use: a request that is
 * refused spends nothing, and of two that are permitted one goes on. Whoever leaves it out takes such a token any number of times.
 *
 * <p>A token is 32,768 characters at most, with 512 caveats of 8,192 bytes each; one of 200 caveats and 12 KiB is well within,
 * but a container's own limit for headers, often 8 KiB, may not be. Form and limits: {@link #verify}.
 *
 * <p>Thread-safe. What repository, sealer, owner status or state throw reaches the caller, and nothing is then verified or changed.
 */
public final class ApiTokens {
    static final int KEY_BYTES = 32;

    private static final int PURGE = 1_000;

    private final ApiTokenRepository repository;
    private final Sealer sealer;
    private final InstantSource clock;
    private final SecureRandom random;
    private final String prefix;
    private final byte[] location;
    private final CaveatKinds caveats;
    private final UnaryOperator<String> names;
    private final TokenVerifier verifier;

    private ApiTokens(Builder b) {
        this.repository = b.repository;
        this.sealer = b.sealer;
        this.clock = b.clock;
        this.random = b.random;
        this.prefix = b.prefix;
        this.location = b.locations.get(0);
        this.caveats = b.caveats;
        this.names = b.names;
        this.verifier = new TokenVerifier(b);
    }

    /** The same over another view. */
    private ApiTokens(ApiTokens other, ApiTokenRepository view, OwnerStatus owners) {
        this.repository = view;
        this.sealer = other.sealer;
        this.clock = other.clock;
        this.random = other.random;
        this.prefix = other.prefix;
        this.location = other.location;
        this.caveats = other.caveats;
        this.names = other.names;
        this.verifier = new TokenVerifier(other.verifier, view, owners);
    }

    /**
     * The same within a transaction: through a view of the repository that reads and writes in it, and with what is known there
     * of owners. Good until the transaction ends.
     *
     * @param view of the repository that this one was made with
     * @param owners asked instead of the status that this one was made with, which may not see what the transaction has made
     */
    public ApiTokens within(ApiTokenRepository view, OwnerStatus owners) {
        return new ApiTokens(this, Objects.requireNonNull(view, "view"), Objects.requireNonNull(owners, "owners"));
    }

    /**
     * Starts the set-up.
     *
     * @param location where tokens are good, as PyPI's say {@code pypi.org}: 1 to 255 visible ASCII characters
     * @param sealer seals the root keys in the repository
     */
    public static Builder builder(String location, ApiTokenRepository repository, Sealer sealer, OwnerStatus owners) {
        return new Builder(location, repository, sealer, owners);
    }

    static SealContext place(TokenOwner owner, String id) {
        return new SealContext(ApiTokenRepository.PURPOSE, owner.text(), id);
    }

    /**
     * Mints a token with a root key of its own, unless its owner has changed since the policy was asked.
     *
     * @throws IllegalArgumentException if the request is over a limit of {@link ApiToken} or of a token's size, or has a
     *     restriction that {@link Builder#caveats} does not read back
     */
    public Minting mint(MintRequest request) {
        List<Caveat> restrictions = request.restrictions(names);
        List<String> texts = restrictions.stream().map(this::checked).toList();
        if (!verifier.isActive(request.owner())) {
            return new NotMinted(Obstacle.OWNER_FROZEN);
        }
        String id = TokenFormat.freshId(random);
        ApiToken token = request.record(id, clock.instant()).restrictions(texts).build();
        SecretBytes rootKey = SecretBytes.random(KEY_BYTES, random);
        byte[] bare = Macaroon.create(
                new HmacSha256(), rootKey.toByteArray(), location, id.getBytes(StandardCharsets.US_ASCII));
        String secret = attenuate(TokenFormat.write(prefix, bare), restrictions);
        SealedSecret sealed = sealer.seal(rootKey, place(token.owner(), id));
        Insertion insertion =
                TokenVerifier.answered(repository.insert(token, sealed, request.ownerVersion(), added(token, request)));
        return switch (insertion) {
            case INSERTED -> new Minted(token, secret);
            case NAME_TAKEN -> new NotMinted(Obstacle.NAME_TAKEN);
            case OWNER_CHANGED -> new NotMinted(Obstacle.OWNER_CHANGED);
            // 122 random bits: this is a broken repository or a broken source of randomness.
            case ID_TAKEN -> throw new IllegalStateException("repository: a fresh id is taken");
        };
    }

    /** The text of a caveat that this verifier reads back as the same restriction. */
    private String checked(Caveat caveat) {
        String json = caveat.json();
        if (!(caveats.read(json) instanceof CaveatReading.Understood read)
                || !read.caveat().equals(caveat)) {
            throw new IllegalArgumentException("restrictions: a " + caveat.name() + " is not read back as it was");
        }
        return json;
    }

    private static AuditEvent added(ApiToken token, MintRequest request) {
        AuditEvent.Builder event = event(AuditTag.TOKEN_ADDED, token.created(), token.owner(), request.by())
                .subject(token.id())
                .attribute("reach", token.reach().id())
                .attribute("caveats", String.join(",", token.restrictions()))
                .attribute("made_with_2fa", Boolean.toString(token.madeWithTwoFactor()));
        token.name().ifPresent(name -> event.attribute("name", name));
        token.expires().ifPresent(expires -> event.attribute("expires", expires.toString()));
        if (!request.projects().isEmpty()) {
            event.attribute(
                    "projects",
                    request.projects().stream().map(TokenProject::name).collect(Collectors.joining(",")));
        }
        return event.build();
    }

    private static AuditEvent.Builder event(AuditTag tag, Instant at, TokenOwner owner, Requester by) {
        AuditEvent.Builder event = AuditEvent.of(tag, at).actor(by.actor());
        if (owner instanceof TokenOwner.Account account) {
            event.account(account.id());
        } else {
            event.attribute("owner", owner.text());
        }
        String address = by.address();
        return address == null ? event : event.address(address);
    }

    /**
     * Verifies a token for a request about a settled project, or about none.
     *
     * <p>The text is the prefix, a hyphen and base64url without padding, of libmacaroons' binary format 2 with first-party
     * caveats, in its one shortest form; no white space around it is taken.
     */
    public TokenVerification verify(String token, TokenContext request) {
        return verifier.verify(token, request);
    }

    /**
     * Verifies a token before the project is known; the answer is completed when it is.
     *
     * @throws IllegalArgumentException if the request names a project
     */
    public OpenTokenVerification open(String token, TokenContext request) {
        return verifier.open(token, request);
    }

    /**
     * Writes that a permitted request has used the token, unless the token has been revoked, suspended, or idle for too long
     * since, or was good for one use and has had it: call it once, after the policy has permitted and before anything is done.
     *
     * @return the same, or why it must not be used any more
     */
    public TokenVerification recordUse(VerifiedToken verified) {
        return verifier.recordUse(verified);
    }

    /**
     * The token with more restrictions, as anyone who holds it can make it without asking the index.
     *
     * @throws IllegalArgumentException if it is no token, or would be over a limit
     */
    public static String attenuate(String token, List<? extends Caveat> more) {
        String prefix = TokenFormat.prefixOf(token);
        Macaroon macaroon = prefix == null ? null : TokenFormat.parse(token, prefix);
        if (prefix == null || macaroon == null) {
            throw new IllegalArgumentException("token: malformed");
        }
        List<byte[]> texts = new ArrayList<>();
        for (Caveat caveat : more) {
            byte[] text = caveat.json().getBytes(StandardCharsets.UTF_8);
            if (text.length < 1 || text.length > Macaroon.MAX_CAVEAT) {
                throw new IllegalArgumentException("more: 1 to " + Macaroon.MAX_CAVEAT + " bytes each");
            }
            texts.add(text);
        }
        if (texts.size() > Macaroon.MAX_CAVEATS - macaroon.caveatCount()) {
            throw new IllegalArgumentException("more: over " + Macaroon.MAX_CAVEATS + " caveats");
        }
        String attenuated = TokenFormat.write(prefix, macaroon.attenuate(new HmacSha256(), texts));
        if (attenuated.length() > TokenFormat.MAX_TOKEN) {
            throw new IllegalArgumentException("more: over " + TokenFormat.MAX_TOKEN + " characters");
        }
        return attenuated;
    }

    /** The owner's tokens that are not revoked, oldest first; those that are expired are among them. */
    public List<ApiToken> list(TokenOwner owner) {
        return repository.list(owner);
    }

    /** Revokes a token of this owner for ever; all copies of it, however attenuated, are refused from then on. */
    public Change revoke(String id, TokenOwner owner, Requester by) {
        Instant now = clock.instant();
        AuditEvent event =
                event(AuditTag.TOKEN_REMOVED, now, owner, by).subject(id).build();
        return repository.revoke(id, owner, now, event);
    }

    /**
     * Revokes a token that somebody else has seen, if its chain of signatures verifies; all copies of it die with it.
     *
     * <p>Restrictions, in it and on record, are not looked at, nor its age, its owner, its prefix and its location, which the
     * signature does not cover; white space around it and padding behind it are ignored. With the revocation an event is written, from which the
     * host tells the owner: {@code account:api_token:removed_leak}, for a publisher's token {@code project:api_token:removed} with
     * reason and projects: the attribute {@code projects} holds names with commas between them, where they are too long for one {@code
     * projects.2} the next, and so on. A forged token revokes nothing, and costs what a genuine one costs up to the change.
     */
    public Leak reportLeak(String token, LeakSource source) {
        return new LeakRevocation(repository, verifier, caveats).revoke(token, source, clock.instant());
    }

    /**
     * Restricts a token of this owner further, on the server's side: all copies of it, those handed out before too.
     *
     * @throws IllegalArgumentException if this verifier does not read the restriction back, or it is one more than
     *     {@value ApiToken#MAX_RESTRICTIONS}
     */
    public Change restrict(String id, TokenOwner owner, Caveat restriction, Requester by) {
        String json = checked(restriction);
        AuditEvent event = event(AuditTag.TOKEN_CHANGED, clock.instant(), owner, by)
                .subject(id)
                .attribute("restricted", json)
                .build();
        return repository.restrict(id, owner, json, event);
    }

    /** The owner's version and whether its tokens are suspended; read before the policy is asked about a new token. */
    public OwnerState ownerState(TokenOwner owner) {
        return repository.ownerState(owner);
    }

    /**
     * Says that something about the owner has changed on which the policy's answer to a minting may rest (a factor, an address, a
     * freeze), so that no minting that was decided before succeeds after.
     */
    public OwnerState ownerChanged(TokenOwner owner, Requester by) {
        return repository.advance(owner, ownerEvent(owner, by, "changed"));
    }

    /**
     * Suspends all tokens of an owner, as after a password reset or the use of a recovery code. Of a trusted publisher no run gets one
     * until they are resumed, nor through a publisher that it would become one with; whoever may add publishers can register it anew.
     */
    public Change suspendAll(TokenOwner owner, Requester by) {
        return repository.suspend(owner, ownerEvent(owner, by, "suspended"));
    }

    /**
     * Ends the suspension, if nothing has changed since the owner was asked.
     *
     * @param ownerVersion the version of the {@link #ownerState} that the owner has confirmed
     */
    public Change resumeAll(TokenOwner owner, long ownerVersion, Requester by) {
        return repository.resume(owner, ownerVersion, ownerEvent(owner, by, "resumed"));
    }

    /**
     * Deletes tokens that have been dead for longer than this: revoked, expired, or idle for too long. At most 1,000 at a time: call it
     * again while it deletes some. PyPI deletes those of publishers daily, a day after their end.
     *
     * @return how many were deleted
     */
    public int purge(Duration deadFor) {
        Instant now = clock.instant();
        return repository.purge(now.minus(deadFor), PURGE, now);
    }

    private AuditEvent ownerEvent(TokenOwner owner, Requester by, String what) {
        return event(AuditTag.TOKEN_CHANGED, clock.instant(), owner, by)
                .attribute("all", what)
                .build();
    }

    /** Sets up {@link ApiTokens}; not thread-safe, may be reused. */
    public static final class Builder {
        final ApiTokenRepository repository;
        final Sealer sealer;
        final OwnerStatus owners;
        final List<byte[]> locations;
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        String prefix = "pypi";
        CaveatKinds caveats = CaveatKinds.standard();
        UnaryOperator<String> names = ProjectNames::pep503;

        @Nullable
        EphemeralState state;

        private Builder(String location, ApiTokenRepository repository, Sealer sealer, OwnerStatus owners) {
            this.repository = Objects.requireNonNull(repository, "repository");
            this.sealer = Objects.requireNonNull(sealer, "sealer");
            this.owners = Objects.requireNonNull(owners, "owners");
            this.locations = new ArrayList<>(List.of(TokenFormat.checkLocation(location)));
        }

        /** The clock; the system's by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** The source of root keys and ids; the platform's default by default. */
        public Builder random(SecureRandom source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * What stands before the hyphen; {@code pypi} by default. {@code testpypi} is taken, {@code my-index} is not.
         *
         * @throws IllegalArgumentException if it is not 1 to 32 letters, digits or underscores
         */
        public Builder prefix(String text) {
            this.prefix = TokenFormat.checkPrefix(text);
            return this;
        }

        /** Takes tokens of another location too, such as the index's former name; new ones never have it. */
        public Builder allowLocation(String former) {
            locations.add(TokenFormat.checkLocation(former));
            return this;
        }

        /** The caveats that are understood; {@link CaveatKinds#standard} by default. */
        public Builder caveats(CaveatKinds kinds) {
            this.caveats = Objects.requireNonNull(kinds, "kinds");
            return this;
        }

        /**
         * How names of projects are normalised before they are compared; PEP 503 by default. Two names with one result are one
         * project to every token.
         */
        public Builder projectNames(UnaryOperator<String> normalizer) {
            this.names = Objects.requireNonNull(normalizer, "normalizer");
            return this;
        }

        /** Where single uses are claimed; without it tokens that are restricted to one use are refused. */
        public Builder singleUse(EphemeralState claims) {
            this.state = Objects.requireNonNull(claims, "claims");
            return this;
        }

        public ApiTokens build() {
            return new ApiTokens(this);
        }
    }
}

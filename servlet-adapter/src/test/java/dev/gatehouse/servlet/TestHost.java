package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.signin.NetworkAddress;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An index with a few people: alice and amy have two-factor authentication, bob has none, carol's address is not verified. Project
 * {@code locked} is closed to everybody and seen by alice only.
 */
final class TestHost implements IndexHost, TokenVerifier, PasswordVerifier {
    static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    /** What was asked, in order. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** The addresses that came with a token or a password. */
    final Set<String> addresses = ConcurrentHashMap.newKeySet();

    /** What sessions have proven besides. */
    final List<Evidence> proven = new CopyOnWriteArrayList<>();

    private final InstantSource clock;
    volatile String failing = "";
    volatile boolean nothing;

    /** Whose each session is when it is asked for again in one request: nobody's, if it is not empty. */
    volatile Optional<String> later = Optional.empty();

    /** What everybody has set up, if not what their name says. */
    volatile EnrolledFactors enrolled;

    TestHost(InstantSource clock) {
        this.clock = clock;
    }

    private void called(String what) {
        calls.add(what);
        if (what.startsWith(failing) && !failing.isEmpty()) {
            throw new IllegalStateException("the store is down");
        }
    }

    @Override
    public Optional<SignedIn> session(HttpServletRequest request) {
        called("session");
        if (nothing) {
            return null;
        }
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals("sid")) {
                boolean again = calls.stream().filter("session"::equals).count() > 1;
                String name = again ? later.orElse(cookie.getValue()) : cookie.getValue();
                return name.isEmpty() ? Optional.empty() : Optional.of(signedIn(name));
            }
        }
        return Optional.empty();
    }

    private SignedIn signedIn(String name) {
        Carrier session = Carrier.session("session-of-" + name);
        Instant at = clock.instant();
        SignedIn in = SignedIn.of("id-" + name, name, session);
        if (!name.startsWith("a")) {
            return in;
        }
        List<Evidence> proofs = new ArrayList<>(proven);
        proofs.add(Evidence.asserted("id-" + name, FactorKind.TOTP, at, session, "test"));
        proofs.add(Evidence.asserted("id-" + name, FactorKind.PASSWORD, at, session, "test"));
        return in.evidence(proofs);
    }

    @Override
    public AccountFacts account(String accountId) {
        called("account " + accountId);
        EnrolledFactors named =
                accountId.startsWith("id-a") ? EnrolledFactors.of(FactorKind.TOTP) : EnrolledFactors.none();
        EnrolledFactors factors = enrolled == null ? named : enrolled;
        return AccountValues.builder(accountId, accountId.substring(3))
                .registered(Instant.parse("2020-01-01T00:00:00Z"))
                .enrolled(factors)
                .emailVerified(!accountId.equals("id-carol"))
                .recoveryCodesSaved(accountId.equals("id-alice"))
                .flags(Set.of())
                .build();
    }

    @Override
    public ThingFacts project(String name) {
        called("project " + name);
        if (!name.equals("locked") && !name.equals("foo")) {
            return ThingValues.unknown();
        }
        return ThingValues.builder("id-" + name, "the " + name)
                .flags(name.equals("locked") ? Set.of("mandated") : Set.of())
                .build();
    }

    @Override
    public boolean maySee(Identity identity, Optional<String> project) {
        called("maySee");
        return identity != null && identity.getName().equals("alice");
    }

    /** As behind a proxy that sets this header. */
    @Override
    public NetworkAddress address(HttpServletRequest request) {
        String client = request.getHeader("X-Client");
        return client == null ? IndexHost.super.address(request) : NetworkAddress.of(client);
    }

    @Override
    public TokenVerifier.Answer verify(String secret, TokenUse use) {
        addresses.add(use.address());
        called("token " + secret + " " + use.project().orElse(use.open() ? "open" : "none"));
        if (!secret.startsWith("tok-")) {
            return new TokenVerifier.Rejected("INVALID_TOKEN", "Invalid API Token");
        }
        TokenVerifier.Accepted accepted = accepted(secret.substring(4).split("-", 2)[0]);
        if (secret.endsWith("-liar")) {
            return new Open(accepted, named -> accepted("amy"));
        }
        if (!secret.endsWith("-foo")) {
            return accepted;
        }
        return use.open() ? new Open(accepted, named -> scoped(accepted, named)) : scoped(accepted, use.project());
    }

    private TokenVerifier.Answer scoped(TokenVerifier.Accepted accepted, Optional<String> project) {
        return project.filter("foo"::equals).isPresent()
                ? accepted
                : new TokenVerifier.Rejected("CAVEATS", "Invalid API Token: project-scoped token is not valid");
    }

    private TokenVerifier.Accepted accepted(String name) {
        Credential credential = Credential.apiToken()
                .created(clock.instant().minus(Duration.ofDays(3)))
                .lifetime(Lifetime.endless())
                .reach(Reach.ACCOUNT)
                .build();
        return new TokenVerifier.Accepted(
                credential,
                Identity.account(CredentialKind.API_TOKEN, "id-" + name, name).byToken("token-of-" + name),
                dev.gatehouse.policy.PublisherRun.absent(),
                () -> {
                    called("use " + name);
                    return name.equals("stale")
                            ? Optional.of(new TokenVerifier.Rejected("IDLE", "Invalid API Token: token is revoked"))
                            : Optional.empty();
                });
    }

    @Override
    public PasswordVerifier.Answer check(String user, String password, String address) {
        called("password " + user);
        addresses.add(address);
        if (user.equals("busy")) {
            return new Throttled(Duration.ofSeconds(90));
        }
        return password.equals("secret")
                ? new PasswordVerifier.Accepted("id-" + user, user)
                : new PasswordVerifier.Rejected();
    }
}

package dev.gatehouse.testkit.issuer;

import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.fetch.FetchFailedException;
import dev.gatehouse.fetch.FetchFailedException.Reason;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.testkit.internal.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A CI service that issues identity tokens, for tests: keys of its own, a discovery document and a key set, rotation, outages, and
 * answers that no good issuer gives.
 *
 * <p>{@link #at} answers in process, through {@link #fetch}; {@link #onLoopback} is a real HTTP server on a port of its own, which
 * ends with {@link #close}. Keys are made once in a virtual machine for each URL; two issuers share none.
 *
 * <pre>{@code
 * FakeIssuer github = FakeIssuer.at("https://token.actions.githubusercontent.com");
 * IdentityTokens tokens = IdentityTokens.builder("pypi", IssuerDirectory.of(List.of(github.issuer("github"))), github.fetch())
 *         .clock(clock)
 *         .build();
 * String token = github.token("pypi", clock.instant()).claim("repository", "octo-org/octo-repo").sign();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class FakeIssuer implements AutoCloseable {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEY_SET = "/keys";
    private static final long LIFETIME_SECONDS = 300;

    /** How its documents are answered. */
    public enum Behaviour {
        /** As they should be. */
        GOOD,
        /** With status 503. */
        UNAVAILABLE,
        /** With a redirect to where the good document is. */
        REDIRECTING,
        /** With a megabyte and more. */
        OVERSIZED,
        /** With half of a document. */
        MALFORMED,
        /** With a key set that has no keys. */
        EMPTY,
        /** With an object that is neither document. */
        OTHER_DOCUMENT,
        /** With a discovery document that leads to another host. */
        OTHER_HOST,
        /** With the discovery document of another issuer. */
        OTHER_ISSUER,
        /** Not at all, until the issuer is closed. */
        STALLING,
        /** One byte at a time, without an end. */
        DRIPPING
    }

    private final String url;
    private final @Nullable FakeIssuerServer server;
    private final List<FakeKeys> published = new CopyOnWriteArrayList<>();
    private final List<Map<String, ?>> strangeKeys = new CopyOnWriteArrayList<>();
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicInteger discoveries = new AtomicInteger();
    private final AtomicInteger keySets = new AtomicInteger();

    private volatile FakeKeys signing;
    private volatile Behaviour behaviour = Behaviour.GOOD;

    private FakeIssuer(String url, @Nullable FakeIssuerServer server) {
        this.url = url;
        this.server = server;
        this.signing = FakeKeys.of(url, generation.getAndIncrement());
        published.add(signing);
    }

    /**
     * An issuer within this process, whose documents only {@link #fetch} gets.
     *
     * @param url such as {@code https://gitlab.example}
     */
    public static FakeIssuer at(String url) {
        return new FakeIssuer(Objects.requireNonNull(url, "url"), null);
    }

    /** An issuer with an HTTP server on a free port of the loopback address. */
    public static FakeIssuer onLoopback() {
        FakeIssuerServer server = FakeIssuerServer.start();
        FakeIssuer issuer = new FakeIssuer(server.url(), server);
        server.serve(issuer);
        return issuer;
    }

    /** What is in the {@code iss} of its tokens. */
    public String url() {
        return url;
    }

    /** The entry of a list of issuers. */
    public Issuer issuer(String providerId) {
        Issuer.Builder entry = Issuer.builder(url, providerId);
        return (url.startsWith("https:") ? entry : entry.allowHttpAndLoopback()).build();
    }

    /** Gets its two documents, in process and counted; everything else has status 404. */
    public DocumentFetch fetch() {
        return (address, headers) -> get(address);
    }

    private byte[] get(URI address) {
        String host = Objects.requireNonNullElse(address.getHost(), "");
        String text = address.toString();
        byte[] document = text.startsWith(url) ? answer(text.substring(url.length())) : null;
        Behaviour now = behaviour;
        Reason reason = switch (now) {
            case UNAVAILABLE -> Reason.STATUS;
            case REDIRECTING -> Reason.REDIRECT;
            case OVERSIZED -> Reason.TOO_LARGE;
            case STALLING, DRIPPING -> Reason.TIMEOUT;
            default -> document == null ? Reason.STATUS : null;
        };
        if (document == null || reason != null) {
            throw new FetchFailedException(Objects.requireNonNullElse(reason, Reason.STATUS), host);
        }
        return document;
    }

    /** The document at a path, counted, as this issuer now answers it; null if there is none. */
    byte @Nullable [] answer(String path) {
        String text;
        if (path.equals(DISCOVERY)) {
            discoveries.incrementAndGet();
            text = discovery();
        } else if (path.equals(KEY_SET)) {
            keySets.incrementAndGet();
            text = keySet();
        } else {
            return null;
        }
        if (behaviour == Behaviour.MALFORMED) {
            text = text.substring(0, text.length() / 2);
        } else if (behaviour == Behaviour.OTHER_DOCUMENT) {
            text = "{\"message\":\"hello\"}";
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String discovery() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", behaviour == Behaviour.OTHER_ISSUER ? url + "/other" : url);
        members.put("jwks_uri", behaviour == Behaviour.OTHER_HOST ? "https://keys.example" + KEY_SET : url + KEY_SET);
        members.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
        return Json.write(members);
    }

    private String keySet() {
        List<Map<String, ?>> keys = new ArrayList<>();
        if (behaviour != Behaviour.EMPTY) {
            keys.addAll(strangeKeys);
            for (FakeKeys each : published) {
                for (FakeToken.Algorithm algorithm : FakeToken.Algorithm.values()) {
                    keys.add(each.jwk(algorithm));
                }
            }
        }
        return Json.write(Map.of("keys", keys));
    }

    /** How its documents are answered from now on. */
    public void behave(Behaviour how) {
        this.behaviour = Objects.requireNonNull(how, "how");
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** Makes new keys, publishes them beside the others, and signs with them from now on. */
    public synchronized void rotate() {
        FakeKeys next = FakeKeys.of(url, generation.getAndIncrement());
        published.add(next);
        signing = next;
    }

    /** Publishes from now on only the keys that it signs with. */
    public synchronized void withdrawOlderKeys() {
        published.removeIf(keys -> !keys.equals(signing));
    }

    /** Publishes another key, such as one that is none, before its own. */
    public void publish(Map<String, ?> jwk) {
        strangeKeys.add(Map.copyOf(jwk));
    }

    /** The id of the key that it signs with. */
    public String keyId(FakeToken.Algorithm algorithm) {
        return signing.id(algorithm);
    }

    /** The public key that it signs with, as a JSON Web Key. */
    public Map<String, Object> key(FakeToken.Algorithm algorithm) {
        return signing.jwk(algorithm);
    }

    /** A good token with RS256: {@code iss}, {@code aud}, {@code iat}, {@code nbf}, {@code exp} 5 minutes later, and a new {@code jti}. */
    public FakeToken token(String audience, Instant now) {
        long seconds = now.getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", url);
        claims.put("aud", audience);
        claims.put("iat", seconds);
        claims.put("nbf", seconds);
        claims.put("exp", seconds + LIFETIME_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        return FakeToken.of(signing, claims);
    }

    /** How often the discovery document was asked for, whatever was answered. */
    public int discoveryFetches() {
        return discoveries.get();
    }

    /** How often the key set was asked for, whatever was answered. */
    public int keySetFetches() {
        return keySets.get();
    }

    /** Ends the HTTP server, if there is one. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public String toString() {
        return "FakeIssuer[" + url + ", " + behaviour + "]";
    }
}

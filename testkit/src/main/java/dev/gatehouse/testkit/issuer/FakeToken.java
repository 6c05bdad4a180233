package dev.gatehouse.testkit.issuer;

import dev.gatehouse.testkit.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An identity token before it is signed: its header and its claims, which a test makes as wrong as it likes.
 *
 * <p>{@code issuer.token("pypi", now).claim("jti", null).sign()} is one without a {@code jti}. Immutable; each method gives another one.
 */
public final class FakeToken {
    /** How a token is signed. */
    public enum Algorithm {
        RS256,
        ES256
    }

    private final FakeKeys keys;
    private final Algorithm algorithm;
    private final Map<String, @Nullable Object> header;
    private final Map<String, @Nullable Object> claims;

    private FakeToken(
            FakeKeys keys,
            Algorithm algorithm,
            Map<String, @Nullable Object> header,
            Map<String, @Nullable Object> claims) {
        this.keys = keys;
        this.algorithm = algorithm;
        this.header = header;
        this.claims = claims;
    }

    static FakeToken of(FakeKeys keys, Map<String, ? extends @Nullable Object> claims) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", Algorithm.RS256.name());
        header.put("kid", keys.id(Algorithm.RS256));
        return new FakeToken(keys, Algorithm.RS256, header, new LinkedHashMap<>(claims));
    }

    /** With a claim of this value, as JSON has it: a text, number, truth value, list or map; null takes the claim out. */
    public FakeToken claim(String name, @Nullable Object value) {
        return new FakeToken(keys, algorithm, header, changed(claims, name, value));
    }

    /** With a claim that is JSON's null. */
    public FakeToken nullClaim(String name) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(claims);
        changed.put(name, null);
        return new FakeToken(keys, algorithm, header, changed);
    }

    /** With all these claims too. */
    public FakeToken claims(Map<String, ?> more) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(claims);
        changed.putAll(more);
        return new FakeToken(keys, algorithm, header, changed);
    }

    /** With a member of the header, which changes nothing about how it is signed; null takes the member out. */
    public FakeToken header(String name, @Nullable Object value) {
        return new FakeToken(keys, algorithm, changed(header, name, value), claims);
    }

    /** Signed with the issuer's key for this algorithm, and with the header that says so. */
    public FakeToken by(Algorithm other) {
        return new FakeToken(keys, other, changed(changed(header, "alg", other.name()), "kid", keys.id(other)), claims);
    }

    private static Map<String, @Nullable Object> changed(
            Map<String, @Nullable Object> members, String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    /** The token, signed. */
    public String sign() {
        return sign(Json.write(claims));
    }

    /** The token with this text as its payload, signed. */
    public String sign(String payload) {
        return sign(Json.write(header), payload);
    }

    /** The token with these texts as header and payload, signed. */
    public String sign(String headerText, String payload) {
        return with(headerText, payload, signed -> keys.sign(algorithm, signed));
    }

    /** The token with a signature of one's own, such as none, or an HMAC with a key that is public. */
    public String signWith(Function<? super byte[], byte[]> signer) {
        return with(Json.write(header), Json.write(claims), signer);
    }

    private static String with(String header, String payload, Function<? super byte[], byte[]> signer) {
        String signed =
                text(header.getBytes(StandardCharsets.UTF_8)) + "." + text(payload.getBytes(StandardCharsets.UTF_8));
        return signed + "." + text(signer.apply(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Its claims in JSON. */
    public String payload() {
        return Json.write(claims);
    }

    @Override
    public String toString() {
        return "FakeToken[" + algorithm + ", " + keys + "]";
    }
}

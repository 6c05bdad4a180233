package dev.gatehouse.testkit.token;

import dev.gatehouse.token.Caveat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes tokens out of one token: restricted further, as any bearer can, and corrupted in every way that was met in the field.
 *
 * <p>It knows libmacaroons' binary format 2 from a reader and writer of its own, not from the library that it tests. It never prints
 * the token, nor does what it makes. Immutable and thread-safe.
 */
public final class TokenForge {
    private final String prefix;
    private final LooseMacaroon macaroon;

    private TokenForge(String prefix, LooseMacaroon macaroon) {
        this.prefix = prefix;
        this.macaroon = macaroon;
    }

    /**
     * A forge of a token, such as one that an index has minted.
     *
     * @throws IllegalArgumentException if it is not a prefix, a hyphen and a macaroon in base64url
     */
    public static TokenForge of(String token) {
        int hyphen = token.indexOf('-');
        if (hyphen < 0) {
            throw malformed();
        }
        byte[] raw;
        try {
            raw = Base64.getUrlDecoder().decode(token.substring(hyphen + 1));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        return new TokenForge(
                token.substring(0, hyphen), LooseMacaroon.parse(raw).orElseThrow(TokenForge::malformed));
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("token: malformed");
    }

    /**
     * A forge of a valid token without caveats, for a verifier that a test gives this root key.
     *
     * @param prefix what stands before the hyphen, such as {@code pypi}
     * @param location where it is good, such as {@code pypi.org}
     * @param id the token's id
     */
    public static TokenForge signed(String prefix, String location, String id, byte[] rootKey) {
        return new TokenForge(
                Objects.requireNonNull(prefix, "prefix"),
                LooseMacaroon.signed(
                        rootKey.clone(),
                        location.getBytes(StandardCharsets.US_ASCII),
                        id.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The token itself, unchanged; as live as it was. */
    public ForgedToken token() {
        return new ForgedToken(text(macaroon.bytes()), "unchanged");
    }

    /** What stands before the hyphen. */
    public String prefix() {
        return prefix;
    }

    /** The token's id, which it carries in the clear. */
    public String id() {
        return new String(macaroon.id, StandardCharsets.US_ASCII);
    }

    /** Where it says that it is good; the signature does not cover it. */
    public String location() {
        return new String(macaroon.location, StandardCharsets.US_ASCII);
    }

    /** The texts of its caveats, in order. */
    public List<String> caveats() {
        return macaroon.caveats.stream()
                .map(caveat -> new String(caveat.id(), StandardCharsets.UTF_8))
                .toList();
    }

    /** A forge of the token with these restrictions more, properly signed. */
    public TokenForge restricted(List<? extends Caveat> more) {
        LooseMacaroon restricted = macaroon;
        for (Caveat caveat : more) {
            restricted = restricted.and(caveat.json());
        }
        return new TokenForge(prefix, restricted);
    }

    /** A forge of the token with one restriction more, of whatever text, properly signed. */
    public TokenForge restricted(String text) {
        return new TokenForge(prefix, macaroon.and(text));
    }

    /** The token changed in this way; always another text. */
    public ForgedToken forged(Forgery forgery) {
        ForgedToken genuine = token();
        String text = genuine.text();
        // A few ways change nothing in a few tokens, such as an id of digits in capitals: then the next way is taken.
        for (int more = 0; text.equals(genuine.text()); more++) {
            text = new Forging(prefix, macaroon).text(forgery.kind(), forgery.place() + more);
        }
        return new ForgedToken(text, forgery.toString());
    }

    /** In how many ways this token can be changed so: {@link Forgery#place} begins again from there. */
    public int places(Forgery.Kind kind) {
        return new Forging(prefix, macaroon).places(kind);
    }

    /** The token changed in each way of this kind, as each of its bits flipped. */
    public Stream<ForgedToken> every(Forgery.Kind kind) {
        return IntStream.range(0, places(kind)).mapToObj(place -> forged(new Forgery(kind, place)));
    }

    private String text(byte[] raw) {
        return prefix + "-" + LooseMacaroon.base64(raw);
    }

    @Override
    public String toString() {
        return "TokenForge[" + id() + ", " + macaroon.caveats.size() + " caveats]";
    }
}

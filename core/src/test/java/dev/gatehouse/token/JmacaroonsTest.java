package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.nitram509.jmacaroons.MacaroonsBuilder;
import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import com.github.nitram509.jmacaroons.MacaroonsVerifier;
import dev.gatehouse.internal.Base64Url;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** jmacaroons, an independent implementation, and ours read each other's macaroons, and agree on spoilt ones or for a named reason. */
class JmacaroonsTest {
    private static final String LOCATION = "pypi.org";

    private static com.github.nitram509.jmacaroons.Macaroon theirs(byte[] key, String id, List<String> caveats) {
        MacaroonsBuilder builder = com.github.nitram509.jmacaroons.Macaroon.builder(LOCATION, key, id);
        caveats.forEach(builder::addCaveat);
        return builder.build();
    }

    private static byte[] ours(byte[] key, String id, List<String> caveats) {
        HmacSha256 hmac = new HmacSha256();
        byte[] bare = Macaroon.create(hmac, key, LOCATION.getBytes(US_ASCII), id.getBytes(US_ASCII));
        return Macaroon.parse(bare)
                .attenuate(
                        hmac, caveats.stream().map(text -> text.getBytes(UTF_8)).toList());
    }

    @Property
    void bytes_ofARandomToken_areTheirs(
            @ForAll @Size(32) byte[] key,
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 64) String id,
            @ForAll @Size(max = 10) List<@AlphaChars @NotEmpty @StringLength(max = 300) String> caveats) {
        String text = theirs(key, id, caveats).serialize(MacaroonsSerializer.V2);

        assertThat(Base64Url.encode(ours(key, id, caveats))).isEqualTo(text.replace("=", ""));
    }

    @Property
    void expectedSignature_ofTheirToken_isTheSignatureOnlyForTheirKey(
            @ForAll @Size(32) byte[] key,
            @ForAll @Size(32) byte[] otherKey,
            @ForAll @Size(max = 10) List<@AlphaChars @NotEmpty @StringLength(max = 300) String> caveats) {
        String text =
                theirs(key, "id", caveats).serialize(MacaroonsSerializer.V2).replace("=", "");
        Macaroon macaroon = Macaroon.parse(Base64Url.decode(text, 0));

        assertThat(macaroon.expectedSignature(new HmacSha256(), key)).isEqualTo(macaroon.signature());
        assertThat(Arrays.equals(macaroon.expectedSignature(new HmacSha256(), otherKey), macaroon.signature()))
                .isEqualTo(Arrays.equals(key, otherKey));
    }

    @Property
    void isValid_byThem_agreesOnOurToken(
            @ForAll @Size(32) byte[] key,
            @ForAll @Size(32) byte[] otherKey,
            @ForAll @Size(max = 10) List<@AlphaChars @NotEmpty @StringLength(max = 300) String> caveats) {
        String text = Base64Url.encode(ours(key, "id", caveats));
        MacaroonsVerifier verifier = new MacaroonsVerifier(
                com.github.nitram509.jmacaroons.Macaroon.deserialize(text, MacaroonsSerializer.V2));
        caveats.forEach(verifier::satisfyExact);

        assertThat(verifier.isValid(key)).isTrue();
        assertThat(verifier.isValid(otherKey)).isEqualTo(Arrays.equals(key, otherKey));
    }

    /** Why jmacaroons takes bytes that are no macaroon here; whatever it takes for another reason fails. */
    private enum Reason {
        /** It does not look at what comes after the signature. */
        TRAILING_BYTES,
        /** The location is not signed; here it is compared with the index's own, there it is left to the caller. */
        LOCATION
    }

    private static Set<Reason> reasons(byte[] whole, byte[] changed) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        if (changed.length > whole.length) {
            reasons.add(Reason.TRAILING_BYTES);
        }
        int location = 3 + LOCATION.length();
        if (Arrays.mismatch(whole, 0, location, changed, 0, Math.min(location, changed.length)) >= 3) {
            reasons.add(Reason.LOCATION);
        }
        return reasons;
    }

    private static boolean acceptedHere(byte[] raw, byte[] key) {
        Macaroon macaroon = Macaroon.parse(raw);
        return macaroon != null
                && macaroon.hasLocation(LOCATION.getBytes(US_ASCII))
                && Arrays.equals(macaroon.expectedSignature(new HmacSha256(), key), macaroon.signature());
    }

    /** It throws whatever its reading of arrays runs into. */
    private static boolean acceptedThere(byte[] raw, byte[] key) {
        try {
            MacaroonsVerifier verifier = new MacaroonsVerifier(com.github.nitram509.jmacaroons.Macaroon.deserialize(
                    Base64Url.encode(raw), MacaroonsSerializer.V2));
            return verifier.satisfyGeneral(caveat -> true).isValid(key);
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Property(tries = 2000)
    void verify_aSpoiltToken_agreesOrTheDifferenceIsNamed(
            @ForAll @Size(32) byte[] key,
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 64) String id,
            @ForAll @Size(max = 4) List<@AlphaChars @NotEmpty @StringLength(max = 200) String> caveats,
            @ForAll Spoiling how,
            @ForAll @IntRange(max = 100_000) int place) {
        byte[] whole = ours(key, id, caveats);
        byte[] changed = how.apply(whole, place);
        boolean here = acceptedHere(changed, key);
        boolean there = acceptedThere(changed, key);

        assertThat(here).isEqualTo(Arrays.equals(whole, changed));
        if (here != there) {
            assertThat(there)
                    .as("taken here and not there: %s at %d", how, place)
                    .isTrue();
            assertThat(reasons(whole, changed)).as("%s at %d", how, place).isNotEmpty();
        }
    }

    /** What is named as a difference is one. */
    @Test
    void verify_trailingBytesAndAnotherLocation_areTakenThere() {
        byte[] key = new byte[32];
        byte[] whole = ours(key, "id", List.of("a"));

        assertThat(acceptedThere(Spoiling.LONGER.apply(whole, 1), key)).isTrue();
        assertThat(acceptedThere(Spoiling.BIT.apply(whole, 8 * 3), key)).isTrue();
    }

    /** How a token is changed. */
    enum Spoiling {
        NOT,
        BIT,
        SHORTER,
        LONGER,
        TWICE;

        byte[] apply(byte[] whole, int place) {
            byte[] changed = whole.clone();
            return switch (this) {
                case NOT -> changed;
                case BIT -> {
                    changed[place / 8 % whole.length] ^= (byte) (1 << place % 8);
                    yield changed;
                }
                case SHORTER -> Arrays.copyOf(whole, place % whole.length);
                case LONGER -> Arrays.copyOf(whole, whole.length + 1 + place % 40);
                case TWICE -> {
                    byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
                    System.arraycopy(whole, 0, twice, whole.length, whole.length);
                    yield twice;
                }
            };
        }
    }
}

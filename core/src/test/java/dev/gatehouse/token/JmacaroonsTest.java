package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.nitram509.jmacaroons.MacaroonsBuilder;
import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import com.github.nitram509.jmacaroons.MacaroonsVerifier;
import dev.gatehouse.internal.Base64Url;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** jmacaroons, an independent implementation, and ours read each other's macaroons. */
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
}

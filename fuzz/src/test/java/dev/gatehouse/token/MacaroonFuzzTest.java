package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.internal.Base64Url;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Bytes of a macaroon: what is read is all that was written, and what jmacaroons reads. */
class MacaroonFuzzTest extends FuzzTarget {
    private static final byte[] KEY = new byte[32];
    private static final HmacSha256 HMAC = new HmacSha256();

    static byte[] macaroon(String... caveats) {
        byte[] bare = Macaroon.create(HMAC, KEY, "pypi.org".getBytes(US_ASCII), "7f0b".getBytes(US_ASCII));
        return Macaroon.parse(bare)
                .attenuate(
                        HMAC,
                        Arrays.stream(caveats).map(text -> text.getBytes(UTF_8)).toList());
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                macaroon(),
                macaroon("[1,[\"a\"]]"),
                macaroon("{\"nbf\":1,\"exp\":2}", "[0,2,1]"),
                macaroon("x".repeat(127), "y".repeat(128)),
                macaroon("z".repeat(Macaroon.MAX_CAVEAT)));
    }

    @Override
    protected void check(byte[] input) {
        Macaroon read = Macaroon.parse(input);
        if (read == null) {
            return;
        }
        assertThat(read.signature()).hasSize(Macaroon.SIGNATURE_BYTES);
        assertThat(read.expectedSignature(HMAC, KEY)).hasSize(Macaroon.SIGNATURE_BYTES);
        byte[] more = read.attenuate(HMAC, List.of(new byte[] {'x'}));
        assertThat(Macaroon.parse(more).caveatCount()).isEqualTo(read.caveatCount() + 1);
        byte[] location = location(input);
        assertThat(read.hasLocation(location)).isTrue();
        assertThat(rewritten(read, location)).isEqualTo(input);
        theySee(read, input, location);
    }

    private static byte[] rewritten(Macaroon read, byte[] location) {
        Macaroon bare = Macaroon.parse(
                Macaroon.create(HMAC, KEY, location, read.identifier().getBytes(US_ASCII)));
        byte[] whole = bare.attenuate(HMAC, caveats(read));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(whole, 0, whole.length - Macaroon.SIGNATURE_BYTES);
        out.writeBytes(read.signature());
        return out.toByteArray();
    }

    private static List<byte[]> caveats(Macaroon read) {
        List<byte[]> caveats = new ArrayList<>();
        for (int i = 0; i < read.caveatCount(); i++) {
            caveats.add(Arrays.copyOfRange(read.raw(), read.caveatFrom(i), read.caveatTo(i)));
        }
        return caveats;
    }

    /** Behind version and type: a length of one byte, or of two from 128 on. */
    private static byte[] location(byte[] raw) {
        int from = raw[2] < 0 ? 4 : 3;
        int length = raw[2] < 0 ? (raw[2] & 0x7f) | raw[3] << 7 : raw[2];
        return Arrays.copyOfRange(raw, from, from + length);
    }

    private static void theySee(Macaroon read, byte[] input, byte[] location) {
        com.github.nitram509.jmacaroons.Macaroon theirs =
                com.github.nitram509.jmacaroons.Macaroon.deserialize(Base64Url.encode(input), MacaroonsSerializer.V2);
        assertThat(theirs.identifier).isEqualTo(read.identifier());
        assertThat(theirs.location).isEqualTo(new String(location, UTF_8));
        assertThat(theirs.signature).isEqualTo(HexFormat.of().formatHex(read.signature()));
        assertThat(theirs.caveatPackets).hasSize(read.caveatCount());
        for (int i = 0; i < theirs.caveatPackets.length; i++) {
            assertThat(theirs.caveatPackets[i].getRawValue())
                    .isEqualTo(caveats(read).get(i));
        }
    }
}

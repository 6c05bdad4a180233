package dev.gatehouse.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.internal.Base64Url;
import java.text.ParseException;
import java.util.List;

/** Texts of signed tokens: the parts are those that Nimbus finds, and together they are the text again. */
class CompactJwsFuzzTest extends FuzzTarget {
    private static String jws(String header, String payload, int signature) {
        return Base64Url.encode(utf8(header)) + "." + Base64Url.encode(utf8(payload)) + "."
                + Base64Url.encode(new byte[signature]);
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8(jws("{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"JWT\"}", "{\"iss\":\"https://a.example\"}", 64)),
                utf8(jws("{\"alg\":\"RS256\",\"kid\":\"k\",\"crit\":[\"b64\"],\"b64\":false}", "x", 256)),
                utf8(jws("{\"alg\":\"none\",\"jwk\":{\"kty\":\"EC\"},\"x5c\":[\"MII=\"]}", "{}", 0)));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        CompactJws read = CompactJws.read(text);
        if (read == null) {
            return;
        }
        String[] part = text.split("\\.", -1);
        assertThat(part).hasSize(3);
        assertThat(Base64Url.encode(read.payload())).isEqualTo(part[1]);
        assertThat(new String(read.signed(), US_ASCII)).isEqualTo(part[0] + "." + part[1]);
        JwsHeader header = read.header();
        assertThat(header.algorithmText()).matches("none|\"[^\\x00-\\x1f]*\"");
        assertThat(CompactJws.read(text, header).payload()).isEqualTo(read.payload());
        if (header.algorithm() != null && !header.demandsMore() && !part[2].isEmpty()) {
            theyAgree(text, read);
        }
    }

    /** Nimbus refuses more headers, such as those whose keys it cannot read; those that it takes it reads alike. */
    private static void theyAgree(String text, CompactJws read) {
        JWSObject theirs;
        try {
            theirs = JWSObject.parse(text);
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            return;
        }
        assertThat(theirs.getPayload().toBytes()).isEqualTo(read.payload());
        assertThat(theirs.getSigningInput()).isEqualTo(read.signed());
        assertThat(theirs.getHeader().getAlgorithm().getName())
                .isEqualTo(read.header().algorithm().name());
        String id = theirs.getHeader().getKeyID();
        assertThat(read.header().keyId()).isEqualTo(id == null || id.isEmpty() ? null : id);
        assertThat(theirs.getSignature()).isEqualTo(new Base64URL(text.substring(text.lastIndexOf('.') + 1)));
    }
}

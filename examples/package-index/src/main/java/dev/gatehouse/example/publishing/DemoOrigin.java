package dev.gatehouse.example.publishing;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.disclosure.DisclosureOrigin;
import dev.gatehouse.disclosure.LeakReports;
import dev.gatehouse.fetch.DocumentFetch;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A scanner for leaked tokens in this process, so that a report can be tried: it signs a report of any token, with a key that is made
 * at the start and never stored. It is there only with {@code --demo}. Thread-safe.
 */
public final class DemoOrigin {
    private static final URI KEYS = URI.create("https://demo-origin.invalid/keys");
    private static final String KEY_ID = "demo-origin-1";
    private static final DisclosureOrigin ORIGIN =
            DisclosureOrigin.of("Demonstration", KEYS, "DEMO-PUBLIC-KEY-IDENTIFIER", "DEMO-PUBLIC-KEY-SIGNATURE");

    private final KeyPair pair;
    private final SecureRandom random;

    /** A scanner with a key of its own. */
    public DemoOrigin(SecureRandom random) {
        this.random = random;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /** As the index knows it. */
    DisclosureOrigin origin() {
        return ORIGIN;
    }

    /** A fetch that finds the keys of this scanner, whose address is no place on the web, and all others where they are. */
    DocumentFetch keysBefore(DocumentFetch others) {
        return (address, headers) ->
                address.equals(KEYS) ? keys().getBytes(StandardCharsets.UTF_8) : others.get(address, headers);
    }

    private String keys() {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return JSONObjectUtils.toJSONString(
                Map.of("public_keys", List.of(Map.of("key_identifier", KEY_ID, "key", pem, "is_current", true))));
    }

    /**
     * A report, to be sent as it is.
     *
     * @param headers by name
     * @param body the bytes that are signed, in ASCII
     */
    public record Report(Map<String, String> headers, String body) {}

    /** Reports that a token was found. */
    public Report report(String token) {
        String body = JSONArrayUtils.toJSONString(List.of(Map.of(
                "token",
                token,
                "type",
                LeakReports.PYPI_TYPE,
                "url",
                "https://example.org/some/file.txt",
                "source",
                "content")));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate(), random);
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return new Report(
                    Map.of(
                            ORIGIN.keyIdHeader(),
                            KEY_ID,
                            ORIGIN.signatureHeader(),
                            Base64.getEncoder().encodeToString(signature.sign())),
                    body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the demonstration's key does not sign", e);
        }
    }
}

package dev.gatehouse.webauthn;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import dev.gatehouse.internal.Base64Url;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** One assertion and the ways to verify it: the bare signature, this library, and webauthn4j's own verification. */
public final class AssertionCase {
    private static final String ORIGIN = "https://example.org";
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] HANDLE = {1, 2, 3, 4};
    private static final int P256_BYTES = 32;

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final WebAuthnVerifier verifier = WebAuthnVerifier.of(
            RelyingParty.builder("example.org", "Index", Set.of(ORIGIN)).build());
    private final Challenge challenge = Challenge.ofAnySize(new byte[Challenge.BYTES]);
    private final byte[] cose;
    private final Supplier<VerificationKey> bare;
    private final byte[] data;
    private final byte[] clientData;
    private final byte[] signed;
    private final byte[] signature;
    private final VerificationKey cached;
    private final String json;
    private final AssertionExpectation expected;
    private final AuthenticationParameters parameters;
    private final AuthenticationRequest request;
    private int fresh;

    private AssertionCase(byte[] cose, Supplier<VerificationKey> bare, KeyPair pair, String algorithm)
            throws GeneralSecurityException {
        this.cose = cose;
        this.bare = bare;
        this.clientData = ("{\"type\":\"webauthn.get\",\"challenge\":\"" + challenge.text() + "\",\"origin\":\""
                        + ORIGIN + "\",\"crossOrigin\":false}")
                .getBytes(StandardCharsets.UTF_8);
        this.data = ByteBuffer.allocate(37)
                .put(SignedBytes.sha256("example.org".getBytes(StandardCharsets.UTF_8)))
                .put((byte) 5)
                .array();
        this.signed = SignedBytes.of(data, SignedBytes.sha256(clientData));
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(signed);
        this.signature = signer.sign();
        this.cached = bare.get();
        String id = Base64Url.encode(ID);
        this.json = "{\"id\":\"" + id + "\",\"rawId\":\"" + id
                + "\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\""
                + Base64Url.encode(clientData) + "\",\"authenticatorData\":\"" + Base64Url.encode(data)
                + "\",\"signature\":\"" + Base64Url.encode(signature) + "\"}}";
        this.expected = AssertionExpectation.ofIdentifiedUser(challenge, credential(id));
        ByteBuffer attested = ByteBuffer.allocate(16 + 2 + ID.length + cose.length);
        attested.position(16);
        attested.putShort((short) ID.length).put(ID).put(cose);
        this.parameters = new AuthenticationParameters(
                ServerProperty.builder()
                        .origins(Set.of(new Origin(ORIGIN)))
                        .rpId("example.org")
                        .challenge(new DefaultChallenge(new byte[Challenge.BYTES]))
                        .build(),
                new CredentialRecordImpl(
                        new NoneAttestationStatement(),
                        true,
                        false,
                        false,
                        0,
                        new AttestedCredentialDataConverter(converter).convert(attested.array()),
                        null,
                        null,
                        null,
                        Set.of()),
                List.of(ID),
                false,
                true);
        this.request = new AuthenticationRequest(ID, data, clientData, signature);
    }

    private WebAuthnCredential credential(String id) {
        return WebAuthnCredential.of(
                "account",
                Base64Url.encode(HANDLE),
                NewCredential.builder(id, cose).build(),
                Instant.EPOCH);
    }

    /** An assertion with one of {@code ES256}, {@code EDDSA}, {@code RS256}. */
    public static AssertionCase of(CoseAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case ES256 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                    KeyPair pair = generator.generateKeyPair();
                    ECPublicKey key = (ECPublicKey) pair.getPublic();
                    byte[] x = fixed(key.getW().getAffineX());
                    byte[] y = fixed(key.getW().getAffineY());
                    yield new AssertionCase(
                            cose("a5010203262001215820", x, "225820", y),
                            () -> Objects.requireNonNull(EcKey.of(algorithm, x, y)),
                            pair,
                            "SHA256withECDSA");
                }
                case EDDSA -> {
                    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                    byte[] x = last(pair.getPublic());
                    yield new AssertionCase(cose("a4010103272006215820", x), () -> new Ed25519Key(x), pair, "Ed25519");
                }
                default -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(2048);
                    KeyPair pair = generator.generateKeyPair();
                    BigInteger number = ((RSAPublicKey) pair.getPublic()).getModulus();
                    byte[] modulus = number.toByteArray();
                    yield new AssertionCase(
                            cose(
                                    "a401030339010020590100",
                                    Arrays.copyOfRange(modulus, 1, modulus.length),
                                    "2143010001"),
                            () -> Objects.requireNonNull(RsaKey.of(algorithm, number, BigInteger.valueOf(65_537))),
                            pair,
                            "SHA256withRSA");
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bouncy Castle's verification alone, with a key that was decoded before. */
    public long bareCached() {
        return checked(cached.verifies(signed, signature));
    }

    /** The same with a key that is made from its numbers each time. */
    public long bareFresh() {
        return checked(bare.get().verifies(signed, signature));
    }

    /** Reading the browser's JSON and every step, with the key in the cache. */
    public long ours() {
        return verified(expected);
    }

    /** The same for another credential each time, so that the key is decoded. */
    public long oursFresh() {
        byte[] id = ByteBuffer.allocate(16).putInt(fresh++).array();
        String text = Base64Url.encode(id);
        AssertionExpectation other = AssertionExpectation.ofIdentifiedUser(challenge, credential(text));
        return verified(
                AssertionResponse.read(json.replace(Base64Url.encode(ID), text)).orElseThrow(), other);
    }

    /** Every step of webauthn4j's own verification; it is given bytes and no JSON. */
    public long webauthn4j() {
        return manager.verify(request, parameters).getSignature().length;
    }

    private long verified(AssertionExpectation by) {
        return verified(AssertionResponse.read(json).orElseThrow(), by);
    }

    private long verified(AssertionResponse response, AssertionExpectation by) {
        return checked(verifier.verifyAssertion(by, response).fold(asserted -> true, refused -> false));
    }

    private static long checked(boolean verified) {
        if (!verified) {
            throw new IllegalStateException("not verified");
        }
        return 1;
    }

    private static byte[] cose(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            out.writeBytes(part instanceof String hex ? java.util.HexFormat.of().parseHex(hex) : (byte[]) part);
        }
        return out.toByteArray();
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[P256_BYTES];
        int length = Math.min(bytes.length, P256_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, P256_BYTES - length, length);
        return fixed;
    }

    private static byte[] last(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - P256_BYTES, encoded.length);
    }
}

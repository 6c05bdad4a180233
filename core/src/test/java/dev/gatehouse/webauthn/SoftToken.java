package dev.gatehouse.webauthn;

import dev.gatehouse.internal.Base64Url;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** An ES256 key in software, and what it and a browser say; each part can be made to lie. */
final class SoftToken {
    static final String RP_ID = "example.org";
    static final String ORIGIN = "https://example.org";
    static final String USER = "dXNlci0x";
    static final Challenge CHALLENGE = Challenge.ofAnySize(new byte[32]);
    static final int UP = 0x01;
    static final int UV = 0x04;
    static final int BE = 0x08;
    static final int BS = 0x10;

    private static final KeyPair KEY = generate();
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    int flags = UP | UV;
    String rpId = RP_ID;
    boolean crossOrigin;

    /** Absent if null. */
    @Nullable
    String topOrigin;

    /** Instead of the ceremony's own. */
    @Nullable
    String type;

    long count;
    String origin = ORIGIN;

    @Nullable
    String userHandle;

    byte[] extensions = {};

    /** Behind the last part of the authenticator data that the flags announce, and signed with it. */
    byte[] afterData = {};

    UUID aaguid = NewCredential.NO_AAGUID;
    byte[] publicKey = cose();
    String format = "none";

    /** From the authenticator data and the hash of the client data. */
    BinaryOperator<byte[]> statement = (data, hash) -> new byte[] {(byte) 0xA0};

    List<String> transports = List.of();
    Map<String, Object> extra = Map.of();
    String afterClientData = "";
    byte[] afterObject = {};

    static RelyingParty.Builder site() {
        return RelyingParty.builder(RP_ID, "Index", java.util.Set.of(ORIGIN));
    }

    static WebAuthnVerifier verifier() {
        return WebAuthnVerifier.of(site().build());
    }

    static String id() {
        return Base64Url.encode(ID);
    }

    /** The key's credential as it is stored. */
    static WebAuthnCredential stored(long count, boolean backupEligible) {
        return WebAuthnCredential.of(
                "account",
                USER,
                NewCredential.builder(id(), cose())
                        .signCount(count)
                        .backup(backupEligible, false)
                        .build(),
                Verdicts.NOW);
    }

    String assertion() {
        byte[] data = authenticatorData(new byte[] {});
        String client = clientData("webauthn.get");
        VectorRow.Response response = new VectorRow.Response(
                id(),
                null,
                members(Map.of(
                        "authenticatorData", Base64Url.encode(data),
                        "clientDataJSON", text(client),
                        "signature", Base64Url.encode(sign(data, client)))),
                List.of(),
                extra);
        return response.json();
    }

    String registration() {
        ByteBuffer credential = ByteBuffer.allocate(16 + 2 + ID.length + publicKey.length);
        credential.putLong(aaguid.getMostSignificantBits()).putLong(aaguid.getLeastSignificantBits());
        credential.putShort((short) ID.length).put(ID).put(publicKey);
        byte[] data = authenticatorData(credential.array());
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        byte[] hash = SignedBytes.sha256(clientData("webauthn.create").getBytes(StandardCharsets.UTF_8));
        object.write(0xA3);
        CoseBytes.text(object, "fmt");
        CoseBytes.text(object, format);
        CoseBytes.text(object, "attStmt");
        object.writeBytes(statement.apply(data, hash));
        CoseBytes.text(object, "authData");
        CoseBytes.bytes(object, data);
        object.writeBytes(afterObject);
        return new VectorRow.Response(
                        id(),
                        null,
                        members(Map.of(
                                "attestationObject", Base64Url.encode(object.toByteArray()),
                                "clientDataJSON", text(clientData("webauthn.create")))),
                        transports,
                        extra)
                .json();
    }

    private Map<String, String> members(Map<String, String> some) {
        Map<String, String> members = new java.util.HashMap<>(some);
        if (userHandle != null) {
            members.put("userHandle", userHandle);
        }
        return members;
    }

    private String clientData(String ceremony) {
        return "{\"type\":\"" + (type == null ? ceremony : type) + "\",\"challenge\":\"" + CHALLENGE.text()
                + "\",\"origin\":\"" + origin + "\",\"crossOrigin\":" + crossOrigin
                + (topOrigin == null ? "" : ",\"topOrigin\":\"" + topOrigin + '"') + "}" + afterClientData;
    }

    private byte[] authenticatorData(byte[] credential) {
        byte[] hash = SignedBytes.sha256(rpId.getBytes(StandardCharsets.UTF_8));
        int present = flags | (credential.length > 0 ? 0x40 : 0) | (extensions.length > 0 ? 0x80 : 0);
        return ByteBuffer.allocate(hash.length + 5 + credential.length + extensions.length + afterData.length)
                .put(hash)
                .put((byte) present)
                .putInt((int) count)
                .put(credential)
                .put(extensions)
                .put(afterData)
                .array();
    }

    private static String text(String client) {
        return Base64Url.encode(client.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sign(byte[] data, String client) {
        return sign(SignedBytes.of(data, SignedBytes.sha256(client.getBytes(StandardCharsets.UTF_8))));
    }

    /** The key's signature. */
    static byte[] sign(byte[] signed) {
        return signed(signed, "SHA256withECDSA");
    }

    /** Its two numbers side by side, as in a JWS (RFC 7518, section 3.4). */
    static byte[] signJws(byte[] signed) {
        return signed(signed, "SHA256withECDSAinP1363Format");
    }

    private static byte[] signed(byte[] signed, String algorithm) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(KEY.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECPublicKey key() {
        return (ECPublicKey) KEY.getPublic();
    }

    static byte[] cose() {
        ECPublicKey key = key();
        return CoseBytes.ec(
                CoseAlgorithm.ES256,
                1,
                fixed(key.getW().getAffineX().toByteArray()),
                fixed(key.getW().getAffineY().toByteArray()));
    }

    static byte[] fixed(byte[] number) {
        byte[] fixed = new byte[32];
        byte[] digits = number.length > 32 ? Arrays.copyOfRange(number, number.length - 32, number.length) : number;
        System.arraycopy(digits, 0, fixed, 32 - digits.length, digits.length);
        return fixed;
    }
}

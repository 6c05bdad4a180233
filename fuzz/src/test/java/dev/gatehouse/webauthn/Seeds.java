package dev.gatehouse.webauthn;

import dev.gatehouse.internal.Base64Url;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/** What authenticators and browsers send, as seeds. */
final class Seeds {
    static final String RP_ID = "example.org";
    static final String ORIGIN = "https://example.org";
    static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    static final Challenge CHALLENGE = Challenge.ofAnySize(new byte[32]);
    static final KeyPair KEY = pair("EC");
    static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private Seeds() {}

    static RelyingParty.Builder site() {
        return RelyingParty.builder(RP_ID, "Index", Set.of(ORIGIN));
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] es256() {
        ECPublicKey key = (ECPublicKey) KEY.getPublic();
        ByteArrayOutputStream out = start("a5010203262001215820");
        out.writeBytes(fixed(key.getW().getAffineX()));
        out.writeBytes(HexFormat.of().parseHex("225820"));
        out.writeBytes(fixed(key.getW().getAffineY()));
        return out.toByteArray();
    }

    static byte[] rs256() {
        RSAPublicKey key = (RSAPublicKey) pair("RSA").getPublic();
        ByteArrayOutputStream out = start("a401030339010020590100");
        byte[] n = key.getModulus().toByteArray();
        out.write(n, n.length - 256, 256);
        out.writeBytes(HexFormat.of().parseHex("2143010001"));
        return out.toByteArray();
    }

    static byte[] ed25519() {
        ByteArrayOutputStream out = start("a4010103272006215820");
        out.writeBytes(new byte[32]);
        return out.toByteArray();
    }

    static byte[] mlDsa44() {
        ByteArrayOutputStream out = start("a3010703382f20590520");
        out.writeBytes(new byte[1312]);
        return out.toByteArray();
    }

    private static ByteArrayOutputStream start(String hex) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex(hex));
        return out;
    }

    private static byte[] fixed(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] all = new byte[32];
        int from = Math.max(0, digits.length - 32);
        System.arraycopy(digits, from, all, 32 - digits.length + from, digits.length - from);
        return all;
    }

    static byte[] data(int flags, byte[] key, byte[] extensions) {
        boolean attested = key.length > 0;
        ByteBuffer out = ByteBuffer.allocate(37 + (attested ? 18 + ID.length + key.length : 0) + extensions.length);
        out.put(SignedBytes.sha256(RP_ID.getBytes(StandardCharsets.UTF_8)));
        out.put((byte) (flags | (attested ? 0x40 : 0) | (extensions.length > 0 ? 0x80 : 0)))
                .putInt(7);
        if (attested) {
            out.put(new byte[16]).putShort((short) ID.length).put(ID).put(key);
        }
        return out.put(extensions).array();
    }

    static byte[] object(String format, String statementHex, byte[] data) {
        ByteArrayOutputStream out = start("a363666d74");
        out.write(0x60 + format.length());
        out.writeBytes(format.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(HexFormat.of().parseHex("6761747453746d74" + statementHex + "686175746844617461"));
        out.write(data.length < 0x100 ? 0x58 : 0x59);
        if (data.length >= 0x100) {
            out.write(data.length >> 8);
        }
        out.write(data.length);
        out.writeBytes(data);
        return out.toByteArray();
    }

    static String clientData(String type) {
        return "{\"type\":\"" + type + "\",\"challenge\":\"" + CHALLENGE.text() + "\",\"origin\":\"" + ORIGIN
                + "\",\"crossOrigin\":false}";
    }

    static String registration(byte[] object) {
        return "{\"id\":\"" + Base64Url.encode(ID) + "\",\"type\":\"public-key\",\"response\":{\"attestationObject\":\""
                + Base64Url.encode(object) + "\",\"clientDataJSON\":\""
                + Base64Url.encode(clientData("webauthn.create").getBytes(StandardCharsets.UTF_8))
                + "\",\"transports\":[\"usb\",\"internal\"]}}";
    }

    static String assertion(byte[] data, byte[] client, byte[] signature) {
        return "{\"id\":\"" + Base64Url.encode(ID) + "\",\"rawId\":\"" + Base64Url.encode(ID)
                + "\",\"type\":\"public-key\",\"response\":{\"authenticatorData\":\"" + Base64Url.encode(data)
                + "\",\"clientDataJSON\":\"" + Base64Url.encode(client) + "\",\"signature\":\""
                + Base64Url.encode(signature) + "\",\"userHandle\":\"dXNlci0x\"},\"clientExtensionResults\":{}}";
    }

    static byte[] sign(byte[] data, byte[] client) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(KEY.getPrivate());
            signature.update(SignedBytes.of(data, SignedBytes.sha256(client)));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static WebAuthnCredential stored() {
        return WebAuthnCredential.of(
                "account",
                "dXNlci0x",
                NewCredential.builder(Base64Url.encode(ID), es256()).build(),
                NOW);
    }
}

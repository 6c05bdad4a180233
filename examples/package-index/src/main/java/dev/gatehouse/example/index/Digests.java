package dev.gatehouse.example.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** The digests of one stream of bytes, taken while it is copied. */
record Digests(long size, String sha256, String md5, String blake2b256) {

    static Digests copy(InputStream in, OutputStream out, long limit) throws IOException, UploadProblem {
        MessageDigest sha256 = digest("SHA-256");
        MessageDigest md5 = digest("MD5");
        Blake2bDigest blake2 = new Blake2bDigest(256);
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
            if (size > limit) {
                throw new UploadProblem(413, "File too large. The limit of this index is " + limit + " bytes.");
            }
            sha256.update(buffer, 0, n);
            md5.update(buffer, 0, n);
            blake2.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        byte[] blake = new byte[blake2.getDigestSize()];
        blake2.doFinal(blake, 0);
        HexFormat hex = HexFormat.of();
        return new Digests(size, hex.formatHex(sha256.digest()), hex.formatHex(md5.digest()), hex.formatHex(blake));
    }

    /** Checks the digest that a form gives, if it gives one. */
    void check(String field, String given) throws UploadProblem {
        String real = switch (field) {
            case "sha256_digest" -> sha256;
            case "md5_digest" -> md5;
            case "blake2_256_digest" -> blake2b256;
            default -> throw new IllegalArgumentException("field: " + field);
        };
        if (!given.isEmpty() && !given.toLowerCase(Locale.ROOT).equals(real)) {
            throw new UploadProblem("The digest supplied in " + field + " does not match a digest calculated from the"
                    + " uploaded file.");
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform lacks " + algorithm, e);
        }
    }
}

package dev.gatehouse.webauthn;

import java.util.Optional;

/**
 * A signature algorithm of the COSE registry that credentials may have (RFC 9053, RFC 8812, RFC 9864).
 *
 * <p>RSA with SHA-1 ({@code RS1}) is not among them and never accepted.
 */
public enum CoseAlgorithm {
    /** ECDSA on P-256 with SHA-256. */
    ES256(-7),
    /** EdDSA on Ed25519. */
    EDDSA(-8),
    /** ECDSA on P-384 with SHA-384. */
    ES384(-35),
    /** ECDSA on P-521 with SHA-512. */
    ES512(-36),
    /** RSASSA-PSS with SHA-256 and a salt of 32 bytes. */
    PS256(-37),
    /** RSASSA-PSS with SHA-384 and a salt of 48 bytes. */
    PS384(-38),
    /** RSASSA-PSS with SHA-512 and a salt of 64 bytes. */
    PS512(-39),
    /** ML-DSA-44, FIPS 204. */
    ML_DSA_44(-48),
    /** ML-DSA-65, FIPS 204. */
    ML_DSA_65(-49),
    /** ML-DSA-87, FIPS 204. */
    ML_DSA_87(-50),
    /** EdDSA on Ed448. */
    ED448(-53),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256(-257),
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    RS384(-258),
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RS512(-259);

    private final int id;

    CoseAlgorithm(int id) {
        this.id = id;
    }

    /** Its number in the COSE registry, as {@code pubKeyCredParams} holds it. */
    public int id() {
        return id;
    }

    /** The algorithm with the number, if it is one of these. */
    public static Optional<CoseAlgorithm> of(long id) {
        for (CoseAlgorithm algorithm : values()) {
            if (algorithm.id == id) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}

package dev.gatehouse.webauthn;

/** Most bytes of each part of a response: generous against what authenticators send, small against what costs. */
final class Limits {
    static final int CLIENT_DATA = 16 << 10;
    static final int AUTHENTICATOR_DATA = 16 << 10;
    static final int SIGNATURE = 8 << 10;
    static final int ATTESTATION_OBJECT = 64 << 10;

    /** Longest registration response in UTF-16 units; it holds the attestation object and parts of it again. */
    static final int REGISTRATION_TEXT = 256 << 10;

    /** Deepest nesting in JSON and in CBOR. */
    static final int DEPTH = 16;

    private Limits() {}
}

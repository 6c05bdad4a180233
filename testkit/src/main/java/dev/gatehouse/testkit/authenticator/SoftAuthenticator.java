package dev.gatehouse.testkit.authenticator;

import dev.gatehouse.testkit.internal.Json;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A security key in software, together with the browser that speaks for it: it answers the options of WebAuthn ceremonies with the
 * JSON that a page would send back ({@code PublicKeyCredential.toJSON()}), with real keys and real signatures.
 *
 * <p>{@link #create} and {@link #get} make an honest answer, from which a test may depart in one respect before it asks for the
 * text: wrong origin, challenge, RP id, flags, counter, credential id, user handle, or a spoilt signature. An honest authenticator
 * that could not answer throws an {@code IllegalStateException}, as a browser's promise would be rejected.
 *
 * <p>All its credentials are discoverable. It is no model of the limits of real keys. Thread-safe; the answers it gives are not.
 */
public final class SoftAuthenticator {
    /** The flag of a test of user presence. */
    public static final int USER_PRESENT = 0x01;

    /** The flag of user verification. */
    public static final int USER_VERIFIED = 0x04;

    /** The flag of a credential that may be backed up. */
    public static final int BACKUP_ELIGIBLE = 0x08;

    /** The flag of a credential that is backed up. */
    public static final int BACKED_UP = 0x10;

    /** What its keys sign with. */
    public enum Algorithm {
        ES256(-7, "EC", "SHA256withECDSA"),
        /** Ed25519. */
        EDDSA(-8, "Ed25519", "Ed25519"),
        /** 2,048 bits. */
        RS256(-257, "RSA", "SHA256withRSA");

        private final int coseId;
        private final String keyType;
        private final String signature;

        Algorithm(int coseId, String keyType, String signature) {
            this.coseId = coseId;
            this.keyType = keyType;
            this.signature = signature;
        }

        /** Its number in the registry of COSE algorithms. */
        public int coseId() {
            return coseId;
        }

        String keyType() {
            return keyType;
        }

        String signature() {
            return signature;
        }
    }

    /** What it says about the origin of its keys. */
    public enum Statement {
        /** Nothing, and an AAGUID of zeros. */
        NONE,
        /** The form {@code packed}, signed by the new key itself. */
        PACKED_SELF
    }

    private static final int ID_BYTES = 32;

    private final String origin;
    private final Algorithm algorithm;
    private final Statement statement;
    private final UUID aaguid;
    private final boolean verifiesUsers;
    private final boolean synced;
    private final SecureRandom random;
    private final List<SoftKey> keys = new ArrayList<>();

    private SoftAuthenticator(Builder b) {
        this.origin = b.origin;
        this.algorithm = b.algorithm;
        this.statement = b.statement;
        this.aaguid = b.aaguid;
        this.verifiesUsers = b.verifiesUsers;
        this.synced = b.synced;
        this.random = b.random;
    }

    /** An authenticator with ES256 keys, without attestation, that verifies its user and counts signatures. */
    public static SoftAuthenticator at(String origin) {
        return builder(origin).build();
    }

    /**
     * A builder of an authenticator.
     *
     * @param origin of the page that asks it, such as {@code https://packages.example.org}
     */
    public static Builder builder(String origin) {
        return new Builder(origin);
    }

    /**
     * Answers the options of a registration; the new credential is kept once the text is asked for.
     *
     * @param optionsJson as {@code PublicKeyCredential.parseCreationOptionsFromJSON} takes it
     * @throws IllegalArgumentException if the options lack what every ceremony needs
     */
    public SoftRegistration create(String optionsJson) {
        return new SoftRegistration(this, Json.parse(optionsJson));
    }

    /**
     * Answers the options of an authentication with the latest credential that fits them.
     *
     * @param optionsJson as {@code PublicKeyCredential.parseRequestOptionsFromJSON} takes it
     * @throws IllegalArgumentException if the options lack what every ceremony needs
     * @throws IllegalStateException if it has no credential that fits
     */
    public SoftAssertion get(String optionsJson) {
        Json options = Json.parse(optionsJson);
        return new SoftAssertion(this, options, fitting(options));
    }

    /**
     * Answers the options of an authentication with this credential, whether it fits them or not.
     *
     * @param credentialId in base64url
     * @throws IllegalStateException if it has no such credential
     */
    public SoftAssertion get(String optionsJson, String credentialId) {
        SoftKey key = keys().stream()
                .filter(each -> each.idText().equals(credentialId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such credential"));
        return new SoftAssertion(this, Json.parse(optionsJson), key);
    }

    private SoftKey fitting(Json options) {
        String rpId = SoftResponse.rpId(options.textOrNull("rpId"), origin);
        List<String> allowed = options.objects("allowCredentials").stream()
                .map(each -> each.text("id"))
                .toList();
        return keys().stream()
                .filter(key -> key.rpId().equals(rpId))
                .filter(key -> allowed.isEmpty() || allowed.contains(key.idText()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("NotAllowedError: no credential fits the options"));
    }

    /** The ids of its credentials in base64url, oldest first. */
    public List<String> credentialIds() {
        return keys().stream().map(SoftKey::idText).toList();
    }

    /** Loses all its credentials. */
    public synchronized void reset() {
        keys.clear();
    }

    synchronized List<SoftKey> keys() {
        return List.copyOf(keys);
    }

    synchronized void keep(SoftKey key) {
        keys.add(key);
    }

    /** The counter of the next signature; one whose keys are synced does not count. */
    synchronized long nextCounter(SoftKey key) {
        if (!synced) {
            key.counter(key.counter() + 1);
        }
        return key.counter();
    }

    synchronized void counter(SoftKey key, long value) {
        key.counter(value);
    }

    byte[] freshId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return id;
    }

    SoftKey freshKey(byte[] id, String rpId, byte[] userHandle) {
        return SoftKey.generate(id, rpId, userHandle, algorithm, random);
    }

    String origin() {
        return origin;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    Statement statement() {
        return statement;
    }

    byte[] aaguid() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(aaguid.getMostSignificantBits())
                .putLong(aaguid.getLeastSignificantBits())
                .array();
    }

    boolean verifiesUsers() {
        return verifiesUsers;
    }

    int backupFlags() {
        return synced ? BACKUP_ELIGIBLE | BACKED_UP : 0;
    }

    /** Builds a {@link SoftAuthenticator}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String origin;
        private Algorithm algorithm = Algorithm.ES256;
        private Statement statement = Statement.NONE;
        private UUID aaguid = new UUID(0, 0);
        private boolean verifiesUsers = true;
        private boolean synced;
        private SecureRandom random = new SecureRandom();

        private Builder(String origin) {
            this.origin = Objects.requireNonNull(origin, "origin");
        }

        /** What its keys sign with; {@link Algorithm#ES256} by default. */
        public Builder algorithm(Algorithm other) {
            this.algorithm = Objects.requireNonNull(other, "other");
            return this;
        }

        /** What it says about itself; {@link Statement#NONE} by default. */
        public Builder statement(Statement other) {
            this.statement = Objects.requireNonNull(other, "other");
            return this;
        }

        /** Its model; zeros by default. */
        public Builder aaguid(UUID other) {
            this.aaguid = Objects.requireNonNull(other, "other");
            return this;
        }

        /** It has neither PIN nor sensor: it can tell that somebody is present and not who. */
        public Builder withoutUserVerification() {
            this.verifiesUsers = false;
            return this;
        }

        /** Its credentials are passkeys that are synced: backed up, with a counter that is always 0. */
        public Builder synced() {
            this.synced = true;
            return this;
        }

        /** Where keys and ids come from; the platform's default by default. */
        public Builder random(SecureRandom other) {
            this.random = Objects.requireNonNull(other, "other");
            return this;
        }

        public SoftAuthenticator build() {
            return new SoftAuthenticator(this);
        }
    }
}

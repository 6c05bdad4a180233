package dev.gatehouse.secret;

import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it lies in a store: encrypted, authenticated and bound to its place by a {@link Sealer}.
 *
 * <p>The text form is {@code gs1.<key id>.<base64url>}: a version, the id of the key, then nonce, ciphertext and tag,
 * unpadded. It is visible ASCII of at most {@value #MAX_TEXT} characters. That a text has this form says nothing about
 * whether it opens. Immutable and thread-safe.
 */
public final class SealedSecret {
    /** Longest text form in characters; a column of this width holds every sealed value. */
    public static final int MAX_TEXT = 1500;

    static final String VERSION = "gs1";
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final Pattern FORM = Pattern.compile("gs([0-9]{1,4})\\.([A-Za-z0-9_-]{1,32})\\.([A-Za-z0-9_-]+)");

    private final String keyId;
    private final byte[] body;
    private final String text;

    private SealedSecret(String keyId, byte[] body, String text) {
        this.keyId = keyId;
        this.body = body;
        this.text = text;
    }

    static SealedSecret of(String keyId, byte[] body) {
        String text = VERSION + "." + keyId + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(body);
        return new SealedSecret(keyId, body, text);
    }

    /**
     * Reads the text form.
     *
     * @throws UnsealingException with {@link UnsealingException.Cause#NOT_SEALED} if the text is not of this form, as a
     *     plain secret is not, or with {@link UnsealingException.Cause#UNKNOWN_VERSION} if a later version wrote it
     */
    public static SealedSecret parse(String text) {
        Objects.requireNonNull(text, "text");
        Matcher form = FORM.matcher(text);
        if (text.length() > MAX_TEXT || !form.matches()) {
            throw new UnsealingException(UnsealingException.Cause.NOT_SEALED, null);
        }
        if (!form.group(1).equals("1")) {
            throw new UnsealingException(UnsealingException.Cause.UNKNOWN_VERSION, null);
        }
        byte[] body = strictBase64(form.group(3));
        if (body.length < NONCE_BYTES + TAG_BYTES) {
            throw new UnsealingException(UnsealingException.Cause.NOT_SEALED, null);
        }
        return new SealedSecret(form.group(2), body, text);
    }

    /** The JDK's decoder ignores the unused bits of the last character; one value must not have two texts. */
    private static byte[] strictBase64(String encoded) {
        byte[] body;
        try {
            body = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new UnsealingException(UnsealingException.Cause.NOT_SEALED, null);
        }
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(body).equals(encoded)) {
            throw new UnsealingException(UnsealingException.Cause.NOT_SEALED, null);
        }
        return body;
    }

    /** The id of the key that sealed it. */
    public String keyId() {
        return keyId;
    }

    /** The text form, for a column of a table. */
    public String text() {
        return text;
    }

    byte[] body() {
        return body;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedSecret that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "SealedSecret[key " + keyId + "]";
    }
}

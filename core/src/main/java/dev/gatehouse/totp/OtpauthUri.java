package dev.gatehouse.totp;

import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@code otpauth://totp/} URI from which an authenticator app sets itself up.
 *
 * <p>After the Key URI Format: issuer as prefix of the label and as parameter, secret in unpadded Base32, algorithm, digits and
 * period always written out. Everything but letters, digits and {@code - . _ ~} is percent-encoded as UTF-8; a space is {@code
 * %20}, never {@code +}.
 *
 * <p>It holds the secret: show it, or its {@link QrSvg}, once, over TLS, uncached. Immutable and thread-safe; never in
 * {@code toString}.
 */
public final class OtpauthUri {
    /** Longest issuer and longest account name in UTF-16 units. */
    public static final int MAX_NAME = 200;

    private static final Escaper ESCAPER = new PercentEscaper("-._~", false);

    private final String issuer;
    private final String accountName;
    private final String text;

    private OtpauthUri(String issuer, String accountName, String text) {
        this.issuer = issuer;
        this.accountName = accountName;
        this.text = text;
    }

    /**
     * The URI of one secret.
     *
     * @param issuer the site as its users know it; without a colon, which would end it too early
     * @param accountName the account as its user knows it, such as a user name or an address
     * @throws IllegalArgumentException if a name is blank, longer than {@value #MAX_NAME} characters, not well-formed Unicode or
     *     holds control characters, or the issuer holds a colon
     */
    public static OtpauthUri of(String issuer, String accountName, TotpSecret secret, TotpParameters parameters) {
        checkIssuer(issuer);
        checkName(accountName, "accountName");
        String text = "otpauth://totp/" + ESCAPER.escape(issuer) + ":" + ESCAPER.escape(accountName) + "?secret="
                + secret.base32()
                + "&issuer=" + ESCAPER.escape(issuer)
                + "&algorithm=" + parameters.algorithm().name()
                + "&digits=" + parameters.digits()
                + "&period=" + parameters.period().toSeconds();
        return new OtpauthUri(issuer, accountName, text);
    }

    static void checkIssuer(String issuer) {
        checkName(issuer, "issuer");
        if (issuer.indexOf(':') >= 0) {
            throw new IllegalArgumentException("issuer: a colon would end it");
        }
    }

    private static void checkName(String name, String parameter) {
        if (Objects.requireNonNull(name, parameter).isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(parameter + ": blank or over " + MAX_NAME + " characters");
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException(parameter + ": control characters or lone surrogates");
        }
    }

    public String issuer() {
        return issuer;
    }

    public String accountName() {
        return accountName;
    }

    /** The URI, with the secret in it. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OtpauthUri that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(issuer, accountName);
    }

    @Override
    public String toString() {
        return "OtpauthUri[" + issuer + "]";
    }
}

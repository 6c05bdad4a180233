package dev.gatehouse.publisher;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an owner has registered of a publisher: provider, issuer, and the settings in their normal form.
 *
 * <p>Equal settings are the same publisher: two registrations that differ only in the case of a name that the provider compares
 * without case are equal, because {@link PublisherProvider#read} has brought both to one form. Pinned ids are no part of it. A
 * setting without a value is not there. Immutable and thread-safe.
 */
public final class PublisherSettings {
    /** The most settings. */
    public static final int MAX_VALUES = 32;

    /** Longest value of a setting, and longest issuer, in UTF-16 units. */
    public static final int MAX_VALUE = 400;

    static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final String provider;
    private final String issuer;
    private final SortedMap<String, String> values;

    private PublisherSettings(String provider, String issuer, SortedMap<String, String> values) {
        this.provider = provider;
        this.issuer = issuer;
        this.values = values;
    }

    /**
     * Settings from a store. What a person types goes through {@link PublisherProvider#read} instead, which also brings it into
     * its normal form; whether these can be verified is found at every {@link PublisherProvider#match}.
     *
     * @param provider the provider's id
     * @param issuer the issuer's URL, to the letter as it stands in the tokens
     * @param values by name; empty ones are left out
     * @throws IllegalArgumentException if a name is no lower-case word of 32 characters, a value or the issuer is over
     *     {@value #MAX_VALUE} characters, or there are more than {@value #MAX_VALUES}
     */
    public static PublisherSettings of(String provider, String issuer, Map<String, String> values) {
        check(WORD.matcher(provider).matches(), "provider: a lower-case word of 32 characters at most");
        check(!issuer.isEmpty() && issuer.length() <= MAX_VALUE, "issuer: 1 to " + MAX_VALUE + " characters");
        check(values.size() <= MAX_VALUES, "values: more than " + MAX_VALUES);
        TreeMap<String, String> kept = new TreeMap<>();
        values.forEach((name, value) -> {
            check(
                    WORD.matcher(name).matches() && value.length() <= MAX_VALUE && value.indexOf('\0') < 0,
                    "values: lower-case words with values of " + MAX_VALUE + " characters at most");
            if (!value.isEmpty()) {
                kept.put(name, value);
            }
        });
        return new PublisherSettings(provider, issuer, Collections.unmodifiableSortedMap(kept));
    }

    /** The provider's id, such as {@code github}. */
    public String provider() {
        return provider;
    }

    /** The issuer whose tokens count, to the letter. */
    public String issuer() {
        return issuer;
    }

    /** All settings that have a value, constraints too; unmodifiable. */
    public SortedMap<String, String> values() {
        return values;
    }

    /** One setting; empty if it has no value. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A text for a unique column: 64 lower-case hexadecimal digits, equal for equal settings and only for them (SHA-256). */
    public String fingerprint() {
        return digest(provider, issuer, String.join("\0", values.keySet()), String.join("\0", values.values()));
    }

    /** A digest that tells the parts apart wherever they are cut. */
    static String digest(String... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublisherSettings that
                && provider.equals(that.provider)
                && issuer.equals(that.issuer)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(provider, issuer, values);
    }

    @Override
    public String toString() {
        return "PublisherSettings[" + provider + ", " + issuer + ", " + values + "]";
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

package dev.gatehouse.disclosure;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who reports leaked tokens, as data: which headers carry key id and signature, and where the keys are.
 *
 * <p>All sign the body with ECDSA on P-256 and SHA-256 and write the signature in base64; all publish their keys as a JSON object
 * whose {@code public_keys} are objects with {@code key_identifier}, {@code key} (a PEM) and, if they are told apart, {@code is_current}. Immutable
 * and thread-safe.
 */
public final class DisclosureOrigin {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");

    private final String name;
    private final URI keys;
    private final String keyIdHeader;
    private final String signatureHeader;
    private final @Nullable Supplier<String> authorization;

    private DisclosureOrigin(
            String name,
            URI keys,
            String keyIdHeader,
            String signatureHeader,
            @Nullable Supplier<String> authorization) {
        this.name = name;
        this.keys = keys;
        this.keyIdHeader = keyIdHeader;
        this.signatureHeader = signatureHeader;
        this.authorization = authorization;
    }

    /**
     * GitHub's secret scanning.
     *
     * <p>Its API answers without credentials too, less often; see {@link #withAuthorization}.
     */
    public static DisclosureOrigin gitHub() {
        return of(
                "GitHub",
                URI.create("https://api.github.com/meta/public_keys/token_scanning"),
                "GITHUB-PUBLIC-KEY-IDENTIFIER",
                "GITHUB-PUBLIC-KEY-SIGNATURE");
    }

    /** The scanner of deps.dev. */
    public static DisclosureOrigin depsDev() {
        return of(
                "deps.dev",
                URI.create("https://storage.googleapis.com/depsdev-gcp-public-keys/secret_scanning"),
                "GOSST-PUBLIC-KEY-IDENTIFIER",
                "GOSST-PUBLIC-KEY-SIGNATURE");
    }

    /**
     * Another origin of the same form.
     *
     * @param name for log, audit and mails: 1 to 64 letters, digits, blanks, dots, underscores or hyphens
     * @param keys where its keys are; https, without user or fragment
     * @param keyIdHeader the header with the key's id: 1 to 64 letters, digits or hyphens
     * @param signatureHeader the header with the signature
     * @throws IllegalArgumentException if one of them is malformed, or the headers are one
     */
    public static DisclosureOrigin of(String name, URI keys, String keyIdHeader, String signatureHeader) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: 1 to 64 letters, digits, blanks, '.', '_' or '-'");
        }
        if (!"https".equals(keys.getScheme())
                || keys.getHost() == null
                || keys.getRawUserInfo() != null
                || keys.getRawFragment() != null) {
            throw new IllegalArgumentException("keys: not an https address without user and fragment");
        }
        if (!HEADER.matcher(keyIdHeader).matches()
                || !HEADER.matcher(signatureHeader).matches()
                || keyIdHeader.equalsIgnoreCase(signatureHeader)) {
            throw new IllegalArgumentException("keyIdHeader, signatureHeader: two names of letters, digits or '-'");
        }
        return new DisclosureOrigin(name, keys, keyIdHeader, signatureHeader, null);
    }

    /**
     * The same, whose keys are asked for with this {@code Authorization}, such as {@code token} and a token of GitHub's.
     *
     * @param value asked for at each fetch, and kept nowhere; what it throws counts as a failed fetch
     */
    public DisclosureOrigin withAuthorization(Supplier<String> value) {
        return new DisclosureOrigin(name, keys, keyIdHeader, signatureHeader, Objects.requireNonNull(value, "value"));
    }

    public String name() {
        return name;
    }

    /** Where its keys are. */
    public URI keys() {
        return keys;
    }

    /** The header with the id of the key, whose name is compared without regard to case. */
    public String keyIdHeader() {
        return keyIdHeader;
    }

    /** The header with the signature in base64. */
    public String signatureHeader() {
        return signatureHeader;
    }

    /** What the keys are asked for with. */
    Map<String, String> headers() {
        return authorization == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "Authorization", authorization.get());
    }

    /** Whether a request with headers of this one could be taken for one of the other. */
    boolean overlaps(DisclosureOrigin other) {
        return name.equals(other.name)
                || keyIdHeader.equalsIgnoreCase(other.keyIdHeader)
                || signatureHeader.equalsIgnoreCase(other.signatureHeader);
    }

    /** Without what its keys are asked for with. */
    @Override
    public String toString() {
        return "DisclosureOrigin[" + name + "]";
    }
}

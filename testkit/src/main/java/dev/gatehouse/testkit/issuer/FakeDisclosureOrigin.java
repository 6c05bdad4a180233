package dev.gatehouse.testkit.issuer;

import dev.gatehouse.disclosure.DisclosureOrigin;
import dev.gatehouse.disclosure.LeakReports;
import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.fetch.FetchFailedException;
import dev.gatehouse.testkit.internal.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who reports leaked tokens, in a test: signs reports with keys of its own, and answers for the address of those keys.
 *
 * <p>It can change its keys, fail, and answer something else. Thread-safe.
 */
public final class FakeDisclosureOrigin implements DocumentFetch {
    private final DisclosureOrigin origin;
    private final String curve;
    private final Map<String, KeyPair> keys = new LinkedHashMap<>();
    private final List<Map<String, String>> asked = new ArrayList<>();
    private volatile String current = "";
    private final AtomicInteger made = new AtomicInteger();
    private volatile byte @Nullable [] instead;
    private volatile boolean down;

    private FakeDisclosureOrigin(DisclosureOrigin origin, String curve) {
        this.origin = origin;
        this.curve = curve;
        rotate();
    }

    /** One that signs as this origin does, with a first key. */
    public static FakeDisclosureOrigin of(DisclosureOrigin origin) {
        return new FakeDisclosureOrigin(Objects.requireNonNull(origin, "origin"), "secp256r1");
    }

    /**
     * One whose keys are on another curve, which nobody should take.
     *
     * @param curve a name that the platform knows, such as {@code secp384r1}
     */
    public static FakeDisclosureOrigin onCurve(DisclosureOrigin origin, String curve) {
        return new FakeDisclosureOrigin(Objects.requireNonNull(origin, "origin"), curve);
    }

    /** Answers for each of these; for any other address there is no document. */
    public static DocumentFetch all(FakeDisclosureOrigin... some) {
        List<FakeDisclosureOrigin> origins = List.of(some);
        return (address, headers) -> origins.stream()
                .filter(each -> each.origin.keys().equals(address))
                .findFirst()
                .orElseThrow(() -> new FetchFailedException(
                        FetchFailedException.Reason.UNKNOWN_HOST, String.valueOf(address.getHost())))
                .get(address, headers);
    }

    /** A report as it is sent. Immutable. */
    public static final class Report {
        private final Map<String, String> headers;
        private final byte[] body;

        private Report(Map<String, String> headers, byte[] body) {
            this.headers = Map.copyOf(headers);
            this.body = body.clone();
        }

        /** The headers by name, as the origin writes them. */
        public Map<String, String> headers() {
            return headers;
        }

        /** A copy of the body. */
        public byte[] body() {
            return body.clone();
        }

        /** The values of a header, whatever its case: one or none. */
        public List<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(each -> each.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        /** The same headers over another body, which they do not sign. */
        public Report withBody(byte[] other) {
            return new Report(headers, other);
        }

        /** The same body under other headers. */
        public Report withHeader(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Report(more, body);
        }

        /** Without the body: it has tokens in it. */
        @Override
        public String toString() {
            return "Report[" + body.length + " bytes]";
        }
    }

    /** A record of PyPI's type, as JSON. */
    public static String record(String token, String url) {
        return Json.write(Map.of("token", token, "type", LeakReports.PYPI_TYPE, "url", url, "source", "content"));
    }

    /** A signed report of these tokens. */
    public Report report(String... tokens) {
        return sign(Stream.of(tokens)
                .map(token -> record(token, "https://code.example/someone/something/blob/main/secrets"))
                .collect(java.util.stream.Collectors.joining(",", "[", "]")));
    }

    /** A report with this text as its body, signed with the current key. */
    public Report sign(String body) {
        return sign(currentKey(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** A report signed with one of the keys that there were. */
    public synchronized Report sign(String keyId, byte[] body) {
        KeyPair key = Optional.ofNullable(keys.get(keyId))
                .orElseThrow(() -> new IllegalArgumentException("keyId: no such key"));
        return new Report(
                Map.of(origin.keyIdHeader(), keyId, origin.signatureHeader(), signature(key.getPrivate(), body)), body);
    }

    private static String signature(PrivateKey key, byte[] body) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(body);
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no ECDSA", e);
        }
    }

    /** The id of the key that signs now. */
    public synchronized String currentKey() {
        return current;
    }

    /**
     * Signs with a new key from now on; the ones before stay listed, as no longer current.
     *
     * @return the id of the key before
     */
    public synchronized String rotate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            String before = current;
            current = origin.name().replace(' ', '-') + "-key-" + made.incrementAndGet();
            keys.put(current, generator.generateKeyPair());
            return before;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("curve: not known to the platform", e);
        }
    }

    /** Lists a key no longer; it can sign no more here. */
    public synchronized void drop(String keyId) {
        keys.remove(keyId);
    }

    /** Fails from now on, until it is {@link #up}. */
    public synchronized void down() {
        down = true;
    }

    /** Answers again, with its keys. */
    public synchronized void up() {
        down = false;
        instead = null;
    }

    /** Answers with this instead of its keys, until it is {@link #up}. */
    public synchronized void answer(byte[] document) {
        instead = document.clone();
    }

    /** The headers of each time that its keys were asked for. */
    public synchronized List<Map<String, String>> asked() {
        return List.copyOf(asked);
    }

    /** Its document of keys as it is now. */
    public synchronized byte[] document() {
        List<String> listed = new ArrayList<>();
        keys.forEach((id, key) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("key_identifier", id);
            entry.put("key", pem(key));
            entry.put("is_current", id.equals(current));
            listed.add(Json.write(entry));
        });
        return ("{\"public_keys\":[" + String.join(",", listed) + "]}").getBytes(StandardCharsets.UTF_8);
    }

    /** A key as its document has it. */
    public synchronized String pem(String keyId) {
        return pem(Objects.requireNonNull(keys.get(keyId), "keyId"));
    }

    private static String pem(KeyPair key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    @Override
    public synchronized byte[] get(URI address, Map<String, String> headers) {
        asked.add(Map.copyOf(headers));
        if (!address.equals(origin.keys())) {
            throw new FetchFailedException(FetchFailedException.Reason.STATUS, String.valueOf(address.getHost()));
        }
        if (down) {
            throw new FetchFailedException(FetchFailedException.Reason.UNREACHABLE, String.valueOf(address.getHost()));
        }
        byte[] other = instead;
        return other == null ? document() : other.clone();
    }

    @Override
    public String toString() {
        return "FakeDisclosureOrigin[" + origin.name() + "]";
    }
}

package dev.gatehouse.publisher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Digests by which publishers are told apart and found, each part behind its length. */
final class Digests {
    private Digests() {}

    static String of(
            PublisherSettings settings, SortedMap<String, String> pins, @Nullable String organization, String name) {
        MessageDigest digest = sha256();
        add(digest, settings.provider());
        add(digest, settings.issuer());
        add(digest, settings.values());
        add(digest, pins);
        add(digest, organization);
        add(digest, name);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A provider's look-up keys as they are stored: no two issuers or providers share one. */
    static Set<String> keys(String provider, String issuer, Set<String> keys) {
        Set<String> all = new LinkedHashSet<>();
        for (String key : keys) {
            MessageDigest digest = sha256();
            add(digest, provider);
            add(digest, issuer);
            add(digest, key);
            all.add(HexFormat.of().formatHex(digest.digest()));
        }
        return all;
    }

    private static void add(MessageDigest digest, Map<String, String> map) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(map.size()).array());
        map.forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
    }

    private static void add(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? -1 : bytes.length)
                .array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}

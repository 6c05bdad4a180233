package dev.gatehouse.testkit.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A macaroon of libmacaroons' binary format 2 taken apart, so that any part of it can be put together wrongly. Written apart from the
 * reader that it tests. Immutable.
 */
final class LooseMacaroon {
    private static final int LOCATION = 1;
    private static final int IDENTIFIER = 2;
    private static final int VERIFICATION = 4;
    private static final int SIGNATURE = 6;

    /** One caveat; with a verification id and a location it is a third party's. */
    static final class Part {
        private final byte[] id;
        private final byte @Nullable [] verification;
        private final byte @Nullable [] location;

        Part(byte[] id, byte @Nullable [] verification, byte @Nullable [] location) {
            this.id = id;
            this.verification = verification;
            this.location = location;
        }

        Part(byte[] id) {
            this(id, null, null);
        }

        Part(String text) {
            this(utf8(text));
        }

        byte[] id() {
            return id;
        }
    }

    /** Where a part lies in the bytes. */
    record Span(int from, int to) {
        int length() {
            return to - from;
        }
    }

    final byte[] location;
    final byte[] id;
    final List<Part> caveats;
    final byte[] signature;

    LooseMacaroon(byte[] location, byte[] id, List<Part> caveats, byte[] signature) {
        this.location = location;
        this.id = id;
        this.caveats = List.copyOf(caveats);
        this.signature = signature;
    }

    /** A macaroon without caveats, signed with a root key. */
    static LooseMacaroon signed(byte[] rootKey, byte[] location, byte[] id) {
        byte[] key = hmac(utf8("macaroons-key-generator"), rootKey);
        return new LooseMacaroon(location, id, List.of(), hmac(key, id));
    }

    /** What these bytes say, if they are a sound macaroon without caveats of third parties. */
    static Optional<LooseMacaroon> parse(byte[] raw) {
        try {
            return Optional.of(read(raw));
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static LooseMacaroon read(byte[] raw) {
        int[] at = {0};
        expect(raw, at, 2);
        byte[] location = field(raw, at, LOCATION);
        byte[] id = field(raw, at, IDENTIFIER);
        expect(raw, at, 0);
        List<Part> caveats = new ArrayList<>();
        while (raw[at[0]] != 0) {
            caveats.add(new Part(field(raw, at, IDENTIFIER)));
            expect(raw, at, 0);
        }
        expect(raw, at, 0);
        byte[] signature = field(raw, at, SIGNATURE);
        if (at[0] != raw.length || signature.length != 32) {
            throw new IndexOutOfBoundsException("signature");
        }
        return new LooseMacaroon(location, id, caveats, signature);
    }

    private static void expect(byte[] raw, int[] at, int octet) {
        if (raw[at[0]++] != octet) {
            throw new IndexOutOfBoundsException(at[0]);
        }
    }

    private static byte[] field(byte[] raw, int[] at, int type) {
        expect(raw, at, type);
        int length = 0;
        int octet = 0x80;
        for (int shift = 0; octet > 0x7f && shift < 28; shift += 7) {
            octet = raw[at[0]++] & 0xff;
            length |= (octet & 0x7f) << shift;
        }
        if (length > raw.length - at[0]) {
            throw new IndexOutOfBoundsException(length);
        }
        byte[] data = java.util.Arrays.copyOfRange(raw, at[0], at[0] + length);
        at[0] += length;
        return data;
    }

    /** The same with one more caveat, properly signed: what any bearer can do. */
    LooseMacaroon and(Part caveat) {
        byte[] next = caveat.verification == null
                ? hmac(signature, caveat.id())
                : hmac(signature, join(hmac(signature, caveat.verification), hmac(signature, caveat.id())));
        List<Part> more = new ArrayList<>(caveats);
        more.add(caveat);
        return new LooseMacaroon(location, id, more, next);
    }

    LooseMacaroon and(String caveat) {
        return and(new Part(caveat));
    }

    /** The same with other caveats under the old signature. */
    LooseMacaroon withCaveats(List<Part> others) {
        return new LooseMacaroon(location, id, others, signature);
    }

    LooseMacaroon withId(byte[] other) {
        return new LooseMacaroon(location, other, caveats, signature);
    }

    LooseMacaroon withLocation(byte[] other) {
        return new LooseMacaroon(other, id, caveats, signature);
    }

    LooseMacaroon withSignature(byte[] other) {
        return new LooseMacaroon(location, id, caveats, other);
    }

    /** Binary format 2. */
    byte[] bytes() {
        return bytes(new ArrayList<>());
    }

    /** Binary format 2; adds where location, identifier, each caveat and the signature lie. */
    byte[] bytes(List<Span> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(2);
        spans.add(write(out, LOCATION, location));
        spans.add(write(out, IDENTIFIER, id));
        out.write(0);
        for (Part caveat : caveats) {
            if (caveat.location != null) {
                write(out, LOCATION, caveat.location);
            }
            spans.add(write(out, IDENTIFIER, caveat.id()));
            if (caveat.verification != null) {
                write(out, VERIFICATION, caveat.verification);
            }
            out.write(0);
        }
        out.write(0);
        spans.add(write(out, SIGNATURE, signature));
        return out.toByteArray();
    }

    private static Span write(ByteArrayOutputStream out, int type, byte[] data) {
        out.write(type);
        int length = data.length;
        while (length > 0x7f) {
            out.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        out.write(length);
        int from = out.size();
        out.writeBytes(data);
        return new Span(from, out.size());
    }

    /** The old binary format, of lines. */
    byte[] formatOne() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packet(out, "location", location);
        packet(out, "identifier", id);
        caveats.forEach(caveat -> packet(out, "cid", caveat.id()));
        packet(out, "signature", signature);
        return out.toByteArray();
    }

    private static void packet(ByteArrayOutputStream out, String name, byte[] data) {
        int length = 4 + name.length() + 1 + data.length + 1;
        out.writeBytes(utf8(String.format(java.util.Locale.ROOT, "%04x%s ", length, name)));
        out.writeBytes(data);
        out.write('\n');
    }

    /** The format of JSON, version 2. */
    byte[] json() {
        StringBuilder out = new StringBuilder("{\"v\":2,\"l64\":\"")
                .append(base64(location))
                .append("\",\"i64\":\"")
                .append(base64(id))
                .append("\",\"c\":[");
        for (int i = 0; i < caveats.size(); i++) {
            out.append(i == 0 ? "{\"i64\":\"" : ",{\"i64\":\"")
                    .append(base64(caveats.get(i).id()))
                    .append("\"}");
        }
        return utf8(out.append("],\"s64\":\"")
                .append(base64(signature))
                .append("\"}")
                .toString());
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not usable on this platform", e);
        }
    }
}

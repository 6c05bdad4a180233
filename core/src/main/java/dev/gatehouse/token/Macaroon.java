package dev.gatehouse.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A macaroon in libmacaroons' binary format, version 2, as offsets into its bytes; nothing about it has been verified.
 *
 * <p>The bytes are: version 2; location, identifier, end; for each caveat its identifier and an end; an end; a signature of 32
 * bytes. A field is its type, its length and its bytes; the length is a varint in its shortest form. The location must be there.
 * Whatever else the format allows or a reader might forgive is malformed here: caveats of third parties (with a location or a
 * verification id), unknown or repeated fields, another order, trailing bytes, fields and counts beyond the limits.
 */
final class Macaroon {
    static final int MAX_LOCATION = 255;
    static final int MAX_IDENTIFIER = 64;
    static final int MAX_CAVEAT = 8_192;
    static final int MAX_CAVEATS = 512;
    static final int SIGNATURE_BYTES = 32;

    private static final int VERSION = 2;
    private static final int END = 0;
    private static final int LOCATION = 1;
    private static final int IDENTIFIER = 2;
    private static final int SIGNATURE = 6;

    private final byte[] raw;
    private final int locationFrom;
    private final int locationTo;
    private final int identifierFrom;
    private final int identifierTo;
    /** Begin and end of each caveat's identifier. */
    private final int[] caveats;

    private final int signatureFrom;

    private Macaroon(byte[] raw, int[] fields, int[] caveats, int signatureFrom) {
        this.raw = raw;
        this.locationFrom = fields[0];
        this.locationTo = fields[1];
        this.identifierFrom = fields[2];
        this.identifierTo = fields[3];
        this.caveats = caveats;
        this.signatureFrom = signatureFrom;
    }

    /** The macaroon in these bytes, which must not change any more; null if malformed. */
    static @Nullable Macaroon parse(byte[] raw) {
        return new Reader(raw).read();
    }

    int caveatCount() {
        return caveats.length / 2;
    }

    int caveatFrom(int index) {
        return caveats[2 * index];
    }

    int caveatTo(int index) {
        return caveats[2 * index + 1];
    }

    byte[] raw() {
        return raw;
    }

    boolean hasLocation(byte[] location) {
        return Arrays.equals(raw, locationFrom, locationTo, location, 0, location.length);
    }

    /** The identifier: visible ASCII. */
    String identifier() {
        return new String(raw, identifierFrom, identifierTo - identifierFrom, StandardCharsets.US_ASCII);
    }

    /** The signature that this macaroon has to have if this is its root key. */
    byte[] expectedSignature(HmacSha256 hmac, byte[] rootKey) {
        byte[] signature = hmac.compute(HmacSha256.deriveKey(hmac, rootKey), raw, identifierFrom, identifierTo);
        for (int i = 0; i < caveats.length; i += 2) {
            signature = hmac.compute(signature, raw, caveats[i], caveats[i + 1]);
        }
        return signature;
    }

    byte[] signature() {
        return Arrays.copyOfRange(raw, signatureFrom, raw.length);
    }

    /** The bytes of a macaroon without caveats. */
    static byte[] create(HmacSha256 hmac, byte[] rootKey, byte[] location, byte[] identifier) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + location.length + identifier.length);
        out.write(VERSION);
        writeField(out, LOCATION, location);
        writeField(out, IDENTIFIER, identifier);
        out.write(END);
        out.write(END);
        byte[] key = HmacSha256.deriveKey(hmac, rootKey);
        writeField(out, SIGNATURE, hmac.compute(key, identifier, 0, identifier.length));
        return out.toByteArray();
    }

    /** The bytes of this macaroon with more caveats at the end: what any bearer can do. */
    byte[] attenuate(HmacSha256 hmac, List<byte[]> more) {
        byte[] signature = signature();
        // Behind the last caveat, before the end of all caveats and the head of the signature.
        int keep = signatureFrom - 3;
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 64 * more.size());
        out.write(raw, 0, keep);
        for (byte[] caveat : more) {
            writeField(out, IDENTIFIER, caveat);
            out.write(END);
            signature = hmac.compute(signature, caveat, 0, caveat.length);
        }
        out.write(END);
        writeField(out, SIGNATURE, signature);
        return out.toByteArray();
    }

    private static void writeField(ByteArrayOutputStream out, int type, byte[] data) {
        out.write(type);
        int length = data.length;
        while (length > 0x7f) {
            out.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(data);
    }

    /** Reads from the front; once a field does not fit, nothing fits any more. */
    private static final class Reader {
        private final byte[] raw;
        private int at;
        private boolean malformed;

        Reader(byte[] raw) {
            this.raw = raw;
        }

        @Nullable
        Macaroon read() {
            int[] fields = new int[4];
            expect(VERSION);
            field(LOCATION, 1, MAX_LOCATION, fields, 0);
            field(IDENTIFIER, 1, MAX_IDENTIFIER, fields, 2);
            expect(END);
            int[] caveats = new int[16];
            int used = 0;
            while (!malformed && peek() != END) {
                if (used == 2 * MAX_CAVEATS) {
                    return null;
                }
                if (used == caveats.length) {
                    caveats = Arrays.copyOf(caveats, 2 * used);
                }
                field(IDENTIFIER, 1, MAX_CAVEAT, caveats, used);
                expect(END);
                used += 2;
            }
            expect(END);
            int[] signature = new int[2];
            field(SIGNATURE, SIGNATURE_BYTES, SIGNATURE_BYTES, signature, 0);
            if (malformed || at != raw.length || !isVisibleAscii(fields[2], fields[3])) {
                return null;
            }
            return new Macaroon(raw, fields, Arrays.copyOf(caveats, used), signature[0]);
        }

        private int peek() {
            return at < raw.length ? raw[at] : -1;
        }

        private void expect(int octet) {
            if (malformed || peek() != octet) {
                malformed = true;
            } else {
                at++;
            }
        }

        private void field(int type, int least, int most, int[] bounds, int index) {
            expect(type);
            int length = length();
            if (malformed || length < least || length > most || length > raw.length - at) {
                malformed = true;
                return;
            }
            bounds[index] = at;
            at += length;
            bounds[index + 1] = at;
        }

        /** A varint of at most three octets, none of them 0: alone it were an empty field, behind others it is superfluous. */
        private int length() {
            int value = 0;
            for (int shift = 0; shift < 21 && at < raw.length; shift += 7) {
                int octet = raw[at++];
                value |= (octet & 0x7f) << shift;
                if (octet > 0) {
                    return value;
                }
                if (octet == 0) {
                    break;
                }
            }
            malformed = true;
            return 0;
        }

        private boolean isVisibleAscii(int from, int to) {
            for (int i = from; i < to; i++) {
                if (raw[i] < 0x21 || raw[i] > 0x7e) {
                    return false;
                }
            }
            return true;
        }
    }
}

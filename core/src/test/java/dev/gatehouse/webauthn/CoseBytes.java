package dev.gatehouse.webauthn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Public keys as COSE_Key, written by hand. */
final class CoseBytes {
    private CoseBytes() {}

    static byte[] ec(CoseAlgorithm algorithm, int curve, byte[] x, byte[] y) {
        ByteArrayOutputStream out = map(5, 2, algorithm.id());
        integer(out, -1);
        integer(out, curve);
        integer(out, -2);
        bytes(out, x);
        integer(out, -3);
        bytes(out, y);
        return out.toByteArray();
    }

    static byte[] okp(CoseAlgorithm algorithm, int curve, byte[] x) {
        ByteArrayOutputStream out = map(4, 1, algorithm.id());
        integer(out, -1);
        integer(out, curve);
        integer(out, -2);
        bytes(out, x);
        return out.toByteArray();
    }

    static byte[] rsa(CoseAlgorithm algorithm, byte[] modulus, byte[] exponent) {
        ByteArrayOutputStream out = map(4, 3, algorithm.id());
        integer(out, -1);
        bytes(out, modulus);
        integer(out, -2);
        bytes(out, exponent);
        return out.toByteArray();
    }

    static byte[] akp(CoseAlgorithm algorithm, byte[] key) {
        ByteArrayOutputStream out = map(3, 7, algorithm.id());
        integer(out, -1);
        bytes(out, key);
        return out.toByteArray();
    }

    private static ByteArrayOutputStream map(int entries, int type, int algorithm) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xA0 + entries);
        integer(out, 1);
        integer(out, type);
        integer(out, 3);
        integer(out, algorithm);
        return out;
    }

    static void integer(ByteArrayOutputStream out, int value) {
        if (value >= 0) {
            head(out, 0x00, value);
        } else {
            head(out, 0x20, -1 - value);
        }
    }

    static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        head(out, 0x40, bytes.length);
        out.writeBytes(bytes);
    }

    static void text(ByteArrayOutputStream out, String ascii) {
        head(out, 0x60, ascii.length());
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static void head(ByteArrayOutputStream out, int type, int argument) {
        if (argument < 24) {
            out.write(type + argument);
        } else if (argument < 0x100) {
            out.write(type + 24);
            out.write(argument);
        } else {
            out.write(type + 25);
            out.write(argument >> 8);
            out.write(argument);
        }
    }
}

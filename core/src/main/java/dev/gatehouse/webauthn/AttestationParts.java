package dev.gatehouse.webauthn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An attestation object taken apart: {@code fmt}, {@code attStmt} and {@code authData} (WebAuthn Level 3, 6.5.4). */
final class AttestationParts {
    private static final int LONG_BYTES = 0x59;

    private static final byte EMPTY_MAP = (byte) 0xA0;
    private static final Set<String> KNOWN_FORMATS =
            Set.of("packed", "tpm", "android-key", "android-safetynet", "fido-u2f", "apple");

    private final byte[] bytes;
    private final Cbor.Entry format;
    private final Cbor.Entry statement;
    private final Cbor.Entry data;

    private AttestationParts(byte[] bytes, Cbor.Entry format, Cbor.Entry statement, Cbor.Entry data) {
        this.bytes = bytes;
        this.format = format;
        this.statement = statement;
        this.data = data;
    }

    /** The parts, or null if the bytes are not one canonical map with all of them, in any order. */
    static @Nullable AttestationParts read(byte[] bytes) {
        if (!Cbor.isOneItem(bytes)) {
            return null;
        }
        List<Cbor.Entry> entries = Cbor.entries(bytes, 0);
        if (entries == null) {
            return null;
        }
        Cbor.Entry format = find(bytes, entries, "fmt", Cbor.TEXT);
        Cbor.Entry statement = find(bytes, entries, "attStmt", Cbor.MAP);
        Cbor.Entry data = find(bytes, entries, "authData", Cbor.BYTES);
        return format == null || statement == null || data == null
                ? null
                : new AttestationParts(bytes, format, statement, data);
    }

    private static Cbor.@Nullable Entry find(byte[] bytes, List<Cbor.Entry> entries, String name, int type) {
        for (Cbor.Entry entry : entries) {
            if (Cbor.typeAt(bytes, entry.key()) == Cbor.TEXT
                    && new String(Cbor.contents(bytes, entry.key()), StandardCharsets.UTF_8).equals(name)) {
                return Cbor.typeAt(bytes, entry.value()) == type ? entry : null;
            }
        }
        return null;
    }

    /** Whether the format is a registered one, and the statement of the format {@code none} is empty (8.7). */
    boolean isKnownStatement() {
        String name = new String(Cbor.contents(bytes, format.value()), StandardCharsets.UTF_8);
        return name.equals("none") ? bytes[statement.value()] == EMPTY_MAP : KNOWN_FORMATS.contains(name);
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] data() {
        return Cbor.contents(bytes, data.value());
    }

    /** The same object with other authenticator data, for a parser that stumbles over extension outputs. */
    byte[] withData(byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        out.write(0xA3);
        out.write(bytes, format.key(), format.end() - format.key());
        out.write(bytes, statement.key(), statement.end() - statement.key());
        out.write(bytes, data.key(), data.value() - data.key());
        out.write(LONG_BYTES);
        out.write(other.length >> 8);
        out.write(other.length);
        out.write(other, 0, other.length);
        return out.toByteArray();
    }
}

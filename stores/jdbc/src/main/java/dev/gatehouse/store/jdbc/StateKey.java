package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.EntryCheck;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A caller's key as it is stored: hashed, so that any text fits and no collation makes two keys one. */
final class StateKey {
    private StateKey() {}

    static String of(String key) {
        EntryCheck.key(key);
        ByteBuffer units = ByteBuffer.allocate(Character.BYTES * key.length());
        for (int i = 0; i < key.length(); i++) {
            units.putChar(key.charAt(i));
        }
        return HexFormat.of().formatHex(AuditForm.sha256().digest(units.array()));
    }
}

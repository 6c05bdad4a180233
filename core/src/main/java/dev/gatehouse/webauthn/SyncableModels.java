package dev.gatehouse.webauthn;

import java.util.Set;
import java.util.UUID;

/** Models of authenticators that are known to copy keys to other devices, by the names that their makers publish. */
final class SyncableModels {
    private static final Set<UUID> KNOWN = Set.of(
            // Google Password Manager
            UUID.fromString("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"),
            // iCloud Keychain, and the managed one
            UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd"),
            UUID.fromString("dd4ec289-e01d-41c9-bb89-70fa845d4bf2"),
            // Samsung Pass
            UUID.fromString("53414d53-554e-4700-0000-000000000000"),
            // 1Password
            UUID.fromString("bada5566-a7aa-401f-bd96-45619a55120d"),
            // Bitwarden
            UUID.fromString("d548826e-79b4-db40-a3d8-11116f7e8349"),
            // Dashlane
            UUID.fromString("531126d6-e717-415c-9320-3d9aa6981239"),
            // Keeper
            UUID.fromString("0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6"),
            // NordPass
            UUID.fromString("b84e4048-15dc-4dd0-8640-f4f60813c8af"),
            // Enpass
            UUID.fromString("f3809540-7f14-49c1-a8b3-8f813b225541"),
            // Proton Pass
            UUID.fromString("50726f74-6f6e-5061-7373-50726f746f6e"),
            // KeePassXC
            UUID.fromString("fdb141b2-5d84-443e-8a35-4698c205a502"));

    private SyncableModels() {}

    static boolean contains(UUID aaguid) {
        return KNOWN.contains(aaguid);
    }
}

package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import dev.gatehouse.fuzz.FuzzTarget;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Authenticator data: nothing left over, and what webauthn4j reads of it. */
class AuthenticatorDataFuzzTest extends FuzzTarget {
    private static final AuthenticatorDataConverter THEIRS = new AuthenticatorDataConverter(new ObjectConverter());
    private static final byte[] EXTENSIONS = HexFormat.of().parseHex("a16b6372656450726f7465637402");

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                Seeds.data(0x05, Seeds.es256(), new byte[0]),
                Seeds.data(0x1d, Seeds.es256(), EXTENSIONS),
                Seeds.data(0x05, Seeds.rs256(), new byte[0]),
                Seeds.data(0x01, new byte[0], EXTENSIONS),
                Seeds.data(0x01, new byte[0], new byte[0]));
    }

    @Override
    protected void check(byte[] input) {
        AuthenticatorBytes read = AuthenticatorBytes.read(input);
        if (read == null) {
            return;
        }
        assertThat(read.bytes()).isEqualTo(input);
        assertThat(read.isFor(Arrays.copyOf(input, 32))).isTrue();
        assertThat(read.signCount()).isBetween(0L, 0xFFFF_FFFFL);
        AuthenticatorBytes shorter = AuthenticatorBytes.read(read.withoutExtensions());
        assertThat(shorter.hasExtensions()).isFalse();
        assertThat(shorter.signCount()).isEqualTo(read.signCount());
        int end = shorter.bytes().length;
        assertThat(read.hasExtensions() ? Cbor.end(input, end) : end)
                .as("nothing left over")
                .isEqualTo(input.length);
        if (read.hasAttestedCredential()) {
            assertThat(Cbor.isOneItem(read.publicKey())).isTrue();
            assertThat(shorter.publicKey()).isEqualTo(read.publicKey());
            assertThat(37 + 18 + read.credentialId().length + read.publicKey().length)
                    .isEqualTo(shorter.bytes().length);
            CoseKeys.algorithmOf(read.publicKey());
            VerificationKey key = CoseKeys.decode(read.publicKey());
            assertThat(key == null || key.algorithm() == CoseKeys.algorithmOf(read.publicKey()))
                    .isTrue();
        }
        theySee(read, shorter.bytes());
    }

    /** webauthn4j stumbles over keys and extensions that it does not know; what it reads is the same. */
    private static void theySee(AuthenticatorBytes read, byte[] bytes) {
        AuthenticatorData<?> theirs;
        try {
            theirs = THEIRS.convert(bytes);
        } catch (RuntimeException e) {
            return;
        }
        assertThat(theirs.getSignCount()).isEqualTo(read.signCount());
        assertThat(theirs.isFlagUV()).isEqualTo(read.isUserVerified());
        assertThat(theirs.isFlagUP()).isEqualTo(read.isUserPresent());
        assertThat(theirs.isFlagBE()).isEqualTo(read.isBackupEligible());
        assertThat(theirs.isFlagBS()).isEqualTo(read.isBackedUp());
        if (theirs.getAttestedCredentialData() != null) {
            assertThat(theirs.getAttestedCredentialData().getCredentialId()).isEqualTo(read.credentialId());
            ByteBuffer model = ByteBuffer.wrap(
                    theirs.getAttestedCredentialData().getAaguid().getBytes());
            assertThat(new UUID(model.getLong(), model.getLong())).isEqualTo(read.aaguid());
        }
    }
}

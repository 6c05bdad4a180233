package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.util.List;

/** Authenticator data and client data under their key's signature, and other bytes in the place of a signature. */
class AssertionFuzzTest extends FuzzTarget {
    private static final WebAuthnVerifier VERIFIER =
            WebAuthnVerifier.of(Seeds.site().build());
    private static final byte[] DATA = Seeds.data(0x05, new byte[0], new byte[0]);
    private static final byte[] CLIENT = utf8(Seeds.clientData("webauthn.get"));
    private static final byte[] SIGNATURE = Seeds.sign(DATA, CLIENT);

    @Override
    protected int mutations() {
        return 150;
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                DATA,
                CLIENT,
                SIGNATURE,
                Seeds.data(0x04, new byte[0], new byte[0]),
                Seeds.data(0x1d, Seeds.es256(), new byte[] {(byte) 0xa0}));
    }

    private static boolean isAsserted(byte[] data, byte[] client, byte[] signature) {
        AssertionResponse response =
                AssertionResponse.read(Seeds.assertion(data, client, signature)).orElse(null);
        return response != null
                && VERIFIER.verifyAssertion(
                                AssertionExpectation.ofIdentifiedUser(Seeds.CHALLENGE, Seeds.stored()), response)
                        .fold(asserted -> true, refused -> false);
    }

    @Override
    protected void check(byte[] input) {
        if (isAsserted(input, CLIENT, Seeds.sign(input, CLIENT))) {
            AuthenticatorBytes data = AuthenticatorBytes.read(input);
            assertThat(data.isUserPresent()).isTrue();
            assertThat(data.isBackupEligible()).isFalse();
            assertThat(data.isFor(SignedBytes.sha256(utf8(Seeds.RP_ID)))).isTrue();
        }
        if (isAsserted(DATA, input, Seeds.sign(DATA, input))) {
            assertThat(new String(input, java.nio.charset.StandardCharsets.UTF_8))
                    .contains("webauthn.get");
        }
        assertThat(isAsserted(DATA, CLIENT, input)).isEqualTo(java.util.Arrays.equals(input, SIGNATURE));
    }
}

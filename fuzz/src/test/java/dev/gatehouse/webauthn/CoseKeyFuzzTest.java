package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import dev.gatehouse.fuzz.FuzzTarget;
import java.util.HexFormat;
import java.util.List;

/** Items of CBOR and keys in them: what is taken as canonical another reader takes too and writes the same, but for the order of maps. */
class CoseKeyFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                Seeds.es256(),
                Seeds.rs256(),
                Seeds.ed25519(),
                Seeds.mlDsa44(),
                HexFormat.of().parseHex("a20102613303"),
                HexFormat.of().parseHex("a2616101616283f5f6fb3ff0000000000000"),
                HexFormat.of().parseHex("9818" + "00".repeat(24)),
                HexFormat.of().parseHex("1bffffffffffffffff"));
    }

    @Override
    protected void check(byte[] input) {
        boolean one = Cbor.isOneItem(input);
        VerificationKey key = CoseKeys.decode(input);
        CoseAlgorithm algorithm = CoseKeys.algorithmOf(input);
        if (!one) {
            assertThat(key).isNull();
            return;
        }
        CBORObject theirs;
        try {
            theirs = CBORObject.DecodeFromBytes(input);
        } catch (CBORException e) {
            throw new AssertionError("they refuse it", e);
        }
        if (!hasFraction(theirs)) {
            assertThat(theirs.EncodeToBytes()).hasSameSizeAs(input);
        }
        List<Cbor.Entry> entries = Cbor.entries(input, 0);
        assertThat(entries != null).isEqualTo(theirs.getType() == CBORType.Map);
        if (entries != null) {
            assertThat(entries).hasSize(theirs.size());
            CBORObject named = theirs.get(CBORObject.FromObject(3));
            boolean isKnown = named != null
                    && named.isNumber()
                    && named.AsNumber().CanFitInInt64()
                    && CoseAlgorithm.of(named.AsInt64Value()).isPresent();
            assertThat(algorithm != null).isEqualTo(isKnown);
        }
        if (key != null) {
            assertThat(key.algorithm()).isEqualTo(algorithm);
            assertThat(isSigned(key)).isFalse();
        }
    }

    /** Numbers with fractions keep the length they have (CTAP 2.1, section 8); theirs become short. */
    private static boolean hasFraction(CBORObject item) {
        if (item.getType() == CBORType.Array) {
            return item.getValues().stream().anyMatch(CoseKeyFuzzTest::hasFraction);
        }
        if (item.getType() == CBORType.Map) {
            return item.getEntries().stream()
                    .anyMatch(entry -> hasFraction(entry.getKey()) || hasFraction(entry.getValue()));
        }
        return item.getType() == CBORType.FloatingPoint;
    }

    private static boolean isSigned(VerificationKey key) {
        try {
            return key.verifies(new byte[] {1}, new byte[64]);
        } catch (RuntimeException e) {
            // As the verifier does: what Bouncy Castle throws for a signature that is none is not documented.
            return false;
        }
    }
}

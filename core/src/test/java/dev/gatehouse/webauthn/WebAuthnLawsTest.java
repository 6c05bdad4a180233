package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.Base64Url;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is changed is refused, and whatever comes has a result. */
class WebAuthnLawsTest {
    private static final List<String> SIGNED = List.of("clientDataJSON", "authenticatorData", "signature");

    @Provide
    Arbitrary<VectorRow> rows() {
        return Arbitraries.of(VectorFiles.w3c());
    }

    private static VectorRow with(VectorRow row, String member, byte[] bytes) {
        Map<String, String> members = new LinkedHashMap<>(row.response().members());
        members.put(member, Base64Url.encode(bytes));
        VectorRow.Response response = row.response();
        return new VectorRow(
                row.name(),
                row.verdict(),
                row.site(),
                row.challenge(),
                row.stored(),
                new VectorRow.Response(response.id(), null, members, List.of(), Map.of()));
    }

    private static byte[] member(VectorRow row, String name) {
        return Base64Url.decode(row.response().member(name), 0);
    }

    @Property(tries = 300)
    void verifyAssertion_oneBitChanged_isRefused(
            @ForAll("rows") VectorRow row, @ForAll @IntRange(max = 2) int part, @ForAll @IntRange int place) {
        if (row.isRegistration()) {
            return;
        }
        String name = SIGNED.get(part);
        byte[] bytes = member(row, name);
        int bit = Math.floorMod(place, bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(Verdicts.ours(with(row, name, bytes))).isNotEqualTo(Verdicts.ACCEPTED);
    }

    @Property(tries = 300)
    void verifyRegistration_anythingChanged_hasAResult(
            @ForAll("rows") VectorRow row, @ForAll @IntRange int place, @ForAll byte other, @ForAll boolean cut) {
        if (!row.isRegistration()) {
            return;
        }
        byte[] bytes = member(row, "attestationObject");
        int at = Math.floorMod(place, bytes.length);
        bytes[at] = other;

        assertThat(Verdicts.ours(with(row, "attestationObject", cut ? Arrays.copyOf(bytes, at) : bytes)))
                .isNotEmpty();
    }

    @Property(tries = 500)
    void verify_randomBytes_isRefused(
            @ForAll("rows") VectorRow row, @ForAll @IntRange(max = 2) int part, @ForAll @Size(max = 200) byte[] bytes) {
        String name = row.isRegistration() ? "attestationObject" : SIGNED.get(part);

        assertThat(Verdicts.ours(with(row, name, bytes))).isNotEqualTo(Verdicts.ACCEPTED);
    }

    @Property(tries = 500)
    void read_anyText_hasAResult(@ForAll String text) {
        assertThat(AssertionResponse.read(text)).isEmpty();
        assertThat(SoftToken.verifier()
                        .verifyRegistration(RegistrationExpectation.of(SoftToken.CHALLENGE, Verdicts.NOW), text))
                .isEqualTo(new RegistrationVerification.Refused(WebAuthnRejection.MALFORMED));
    }

    @Property(tries = 500)
    void decodeKey_anyBytes_hasAResult(@ForAll @Size(max = 100) byte[] bytes) {
        assertThat(CoseKeys.decode(bytes)).isNull();
    }
}

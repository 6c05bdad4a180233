package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.fuzz.ReferenceJson;
import dev.gatehouse.internal.Base64Url;
import java.util.List;
import java.util.Map;

/** What a browser sends of a credential, and challenges as they come back. */
class ResponseJsonFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        byte[] data = Seeds.data(0x05, new byte[0], new byte[0]);
        byte[] client = utf8(Seeds.clientData("webauthn.get"));
        return List.of(
                utf8(Seeds.assertion(data, client, Seeds.sign(data, client))),
                utf8(Seeds.registration(Seeds.object("none", "a0", Seeds.data(0x05, Seeds.es256(), new byte[0])))),
                utf8(
                        "{\"id\":\"AQ\",\"type\":\"public-key\",\"response\":{\"a\":[[]],\"transports\":[1,{}],\"signature\":null}}"),
                utf8(Seeds.CHALLENGE.text()));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        Challenge.read(text).ifPresent(challenge -> assertThat(challenge.text()).isEqualTo(text));
        ResponseJson read = ResponseJson.read(text, Limits.REGISTRATION_TEXT);
        AssertionResponse assertion = AssertionResponse.read(text).orElse(null);
        if (read == null) {
            assertThat(assertion).isNull();
            return;
        }
        ReferenceJson.Read reference = ReferenceJson.of(text);
        assertThat(reference.isJson()).isTrue();
        Map<?, ?> members = (Map<?, ?>) reference.value();
        assertThat(members.get("id")).isEqualTo(read.id());
        Map<?, ?> response = (Map<?, ?>) members.get("response");
        for (String name : List.of("clientDataJSON", "authenticatorData", "signature", "userHandle")) {
            byte[] bytes = read.bytes(name, Limits.CLIENT_DATA);
            assertThat(bytes == null || Base64Url.encode(bytes).equals(response.get(name)))
                    .isTrue();
        }
        if (assertion != null) {
            assertThat(assertion.credentialId()).isEqualTo(read.id());
            assertThat(Base64Url.encode(assertion.signature())).isEqualTo(response.get("signature"));
            assertThat(assertion.userHandle().orElse(""))
                    .isEqualTo(response.get("userHandle") == null ? "" : response.get("userHandle"));
        }
    }
}

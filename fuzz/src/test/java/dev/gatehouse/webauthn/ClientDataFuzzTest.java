package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.fuzz.ReferenceJson;
import java.util.List;
import java.util.Map;

/** Client data: one object in UTF-8 with what it must have, each once; nothing but the right one fits a ceremony. */
class ClientDataFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8(Seeds.clientData("webauthn.get")),
                utf8(Seeds.clientData("webauthn.create")
                        .replace("false}", "true,\"topOrigin\":\"https://top.example\"}")),
                utf8(
                        "{\"other\":{\"a\":[1,2.5e3]},\"type\":\"\\u0077ebauthn.get\",\"challenge\":\"AAAA\",\"origin\":\"x\"}"));
    }

    @Override
    protected void check(byte[] input) {
        ClientData read = ClientData.read(input);
        if (read == null) {
            return;
        }
        ReferenceJson.Read reference = ReferenceJson.of(input);
        assertThat(reference.isJson()).isTrue();
        assertThat(reference.depth()).isLessThanOrEqualTo(Limits.DEPTH);
        Map<?, ?> members = (Map<?, ?>) reference.value();
        assertThat(members.get("challenge")).isInstanceOf(String.class);
        boolean fits =
                read.mismatch("webauthn.get", Seeds.CHALLENGE, Seeds.site().build()) == null;
        boolean right = "webauthn.get".equals(members.get("type"))
                && Seeds.CHALLENGE.text().equals(members.get("challenge"))
                && Seeds.ORIGIN.equals(members.get("origin"))
                && !members.containsKey("topOrigin")
                && !Boolean.TRUE.equals(members.get("crossOrigin"));
        assertThat(fits).isEqualTo(right);
    }
}

package dev.gatehouse.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.testkit.issuer.FakeDisclosureOrigin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The document of an origin's keys: keys, or the one exception for a document that is none. */
class KeyDocumentFuzzTest extends FuzzTarget {
    private final FakeDisclosureOrigin origin = FakeDisclosureOrigin.of(DisclosureOrigin.gitHub());

    @Override
    protected List<byte[]> seeds() {
        String document = new String(origin.document(), StandardCharsets.UTF_8);
        String pem = origin.pem(origin.currentKey());
        return List.of(
                origin.document(),
                utf8(document.replace("true", "false")),
                utf8(pem),
                utf8(pem.replace("\n", "\r\n")),
                utf8("{\"public_keys\":[{\"key_identifier\":\"a\",\"key\":\"x\"}]}"));
    }

    @Override
    protected void check(byte[] input) {
        Map<String, OriginKey> keys;
        try {
            keys = KeyDocument.read(input);
        } catch (IllegalStateException e) {
            assertThat(e.getClass()).isEqualTo(IllegalStateException.class);
            keys = Map.of();
        }
        keys.forEach((id, key) -> {
            assertThat(id).hasSizeBetween(1, 200);
            assertThat(key.verifies(input, new byte[70])).isFalse();
        });
        OriginKey one = OriginKey.read(text(input), true);
        if (one != null) {
            assertThat(text(input)).contains("-----BEGIN PUBLIC KEY-----");
            assertThat(one.verifies(new byte[0], input)).isFalse();
        }
    }
}

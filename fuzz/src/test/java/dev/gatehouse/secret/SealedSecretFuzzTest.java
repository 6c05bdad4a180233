package dev.gatehouse.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.util.List;

/** Sealed values as they lie in a store: one text each, and only what was sealed for this place opens. */
class SealedSecretFuzzTest extends FuzzTarget {
    private static final Sealer SEALER = new Sealer(
            KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32])).build());
    private static final SealContext PLACE = new SealContext("totp", "alice", "row-1");
    private static final SecretBytes SECRET = SecretBytes.copyOf("a secret of Alice's".getBytes(UTF_8));
    private static final String SEALED = SEALER.seal(SECRET, PLACE).text();
    private static final String SEALED_SHORT =
            SEALER.seal(SecretBytes.copyOf(new byte[1]), PLACE).text();

    @Override
    protected List<byte[]> seeds() {
        return List.of(utf8(SEALED), utf8(SEALED_SHORT), utf8("gs2.k1.AAAA"), utf8("GEZDGNBVGY3TQOJQ"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        try {
            SealedSecret sealed = SealedSecret.parse(text);
            assertThat(sealed.text()).isEqualTo(text);
            assertThat(SealedSecret.of(sealed.keyId(), sealed.body()).text()).isEqualTo(text);
            SEALER.open(sealed, PLACE);
            assertThat(text).as("opened").isIn(SEALED, SEALED_SHORT);
        } catch (UnsealingException e) {
            assertThat(e.getMessage().length()).isLessThan(300);
        }
    }
}

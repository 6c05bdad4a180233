package dev.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class SealerLawsTest {
    private final Sealer sealer = new Sealer(KeyRing.sealingWith("a", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
            .build());

    @Property(tries = 300)
    void open_whatWasSealed_givesTheSecretBack(
            @ForAll @Size(max = Sealer.MAX_SECRET) byte[] bytes,
            @ForAll @NotEmpty @Chars({'a', '7', '.', '|', '\u00fc', '\u4e2d'}) @StringLength(max = 30) String owner,
            @ForAll @NotEmpty @Chars({'a', '7', '.', '|', '\u00fc', '\u4e2d'}) @StringLength(max = 30) String row) {
        SealContext place = new SealContext("totp", owner, row);
        SecretBytes secret = SecretBytes.copyOf(bytes);
        SealedSecret sealed = sealer.seal(secret, place);

        assertThat(sealed.text()).matches("gs1\\.a\\.[A-Za-z0-9_-]+").hasSizeLessThanOrEqualTo(SealedSecret.MAX_TEXT);
        assertThat(sealer.open(SealedSecret.parse(sealed.text()), place)).isEqualTo(secret);
    }
}

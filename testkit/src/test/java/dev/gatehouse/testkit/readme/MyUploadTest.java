package dev.gatehouse.testkit.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.token.Forgery;
import dev.gatehouse.testkit.token.TokenForge;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MyUploadTest {
    private static final String TOKEN = TokenForge.signed("pypi", "index.example", "42", new byte[] {1})
            .token()
            .text();

    @Property
    void upload_withAForgedToken_isRefused(@ForAll Forgery forgery) {
        String forged = TokenForge.of(TOKEN).forged(forgery).text();

        assertThat(upload(forged)).isEqualTo(403);
    }

    /** What the index answers; here one that takes this token alone. */
    private static int upload(String token) {
        return token.equals(TOKEN) ? 200 : 403;
    }
}

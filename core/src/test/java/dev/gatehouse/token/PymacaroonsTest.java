package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * pymacaroons, the implementation behind PyPI, as Debian packages it, and ours read each other's tokens. Skipped where it is
 * not installed, failed there with {@code -Dclients.required=true}.
 */
@Tag("unmutated")
class PymacaroonsTest {
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");
    private static final byte[] KEY = new byte[32];
    private static final ApiToken RECORD = ApiToken.builder(
                    "7f6f1d6e-6c0f-4c1b-9a53-0b6e5a3a8d11", TokenIndex.ALICE, TokenReach.ACCOUNT, TokenIndex.START)
            .build();
    private static List<String> python = List.of();

    @BeforeAll
    static void findPymacaroons() throws Exception {
        for (String candidate : PYTHONS) {
            try {
                if (run(candidate, "import pymacaroons\nprint('there')").equals("there")) {
                    python = List.of(candidate);
                    return;
                }
            } catch (IOException | IllegalStateException e) {
                // The next one may have it.
            }
        }
        String missing = "python3 with pymacaroons is not installed";
        if (Boolean.getBoolean("clients.required")) {
            fail(missing);
        }
        abort(missing);
    }

    private static String run(String command, String script, String... arguments) throws Exception {
        Path out = Files.createTempFile("pymacaroons", ".out");
        try {
            List<String> line = new ArrayList<>(List.of(command, "-c", script));
            Collections.addAll(line, arguments);
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("python3 is stuck");
            }
            String text = Files.readString(out, UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IllegalStateException(text);
            }
            return text;
        } finally {
            Files.delete(out);
        }
    }

    private static String python(String script, String... arguments) throws Exception {
        return run(python.get(0), script, arguments);
    }

    @Test
    void verify_byThem_acceptsOurTokenAndItsAttenuation() throws Exception {
        TokenIndex index = TokenIndex.create();
        index.put(RECORD, KEY);
        HmacSha256 hmac = new HmacSha256();
        byte[] bare = Macaroon.create(
                hmac, KEY, TokenIndex.LOCATION.getBytes(UTF_8), RECORD.id().getBytes(UTF_8));
        String token = ApiTokens.attenuate(
                TokenFormat.write("pypi", bare),
                List.of(
                        Caveats.requestUser("alice"),
                        Caveats.projectNames(List.of("a", "b\u00e9")),
                        Caveats.expiration(Instant.EPOCH, TokenIndex.START.plusSeconds(60))));
        index.verified(token, TokenContext.about(TokenProject.of("a")));
        String script = """
                import sys, pymacaroons
                m = pymacaroons.Macaroon.deserialize(sys.argv[1].split('-', 1)[1])
                v = pymacaroons.Verifier()
                seen = []
                v.satisfy_general(lambda c: seen.append(c) or True)
                print(v.verify(m, bytes(32)), m.location, m.identifier.decode() if isinstance(m.identifier, bytes)
                      else m.identifier, len(seen))
                try:
                    v.verify(m, bytes([1] * 32))
                    print('wrong key taken')
                except Exception as e:
                    print(type(e).__name__)
                """;

        assertThat(python(script, token).lines())
                .containsExactly("True pypi.org " + RECORD.id() + " 3", "MacaroonInvalidSignatureException");
    }

    @Test
    void verify_ofTheirTokenAndItsAttenuation_isVerified() throws Exception {
        TokenIndex index = TokenIndex.create();
        index.put(RECORD, KEY);
        String script = """
                import sys, pymacaroons
                m = pymacaroons.Macaroon(location='pypi.org', identifier=sys.argv[1], key=bytes(32),
                                         version=pymacaroons.MACAROON_V2)
                m.add_first_party_caveat('[3,"alice"]')
                print('pypi-' + m.serialize())
                n = pymacaroons.Macaroon.deserialize(m.serialize())
                n.add_first_party_caveat('[1, ["Sample_Project"]]')
                print('pypi-' + n.serialize())
                """;
        List<String> tokens = python(script, RECORD.id()).lines().toList();

        assertThat(index.verified(tokens.get(0), NO_PROJECT).restrictions())
                .containsExactly(Caveats.requestUser("alice"));
        index.verified(tokens.get(1), TokenContext.about(TokenProject.of("sample.project")));
        assertThat(index.rejected(tokens.get(1), NO_PROJECT).text()).isEqualTo(StandardCaveat.OUTSIDE);
    }
}

package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Texts of tokens as they are presented: one text for a token, and whoever cuts at one reaches no further than before. */
class TokenTextFuzzTest extends FuzzTarget {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final TokenOwner ALICE = TokenOwner.account("alice");
    private static final String PREFIX = "pypi";
    private static final ApiTokens TOKENS = ApiTokens.builder(
                    "pypi.org",
                    InMemoryApiTokenRepository.create(event -> {}),
                    new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                            .build()),
                    owner -> OwnerStatus.Standing.ACTIVE)
            .clock(() -> NOW)
            .singleUse(EphemeralState.singleNode(AuditSink.slf4j()))
            .build();
    private static final String MINTED = mint();

    private static String mint() {
        return TOKENS.mint(MintRequest.builder(ALICE, TOKENS.ownerState(ALICE).version(), Requester.of("alice"))
                        .name("fuzz")
                        .build())
                .fold(Minting.Minted::secret, not -> {
                    throw new AssertionError(not.obstacle());
                });
    }

    @Override
    protected List<byte[]> seeds() {
        String cut = ApiTokens.attenuate(MINTED, List.of(Caveats.projectNames(List.of("sample"))));
        return List.of(
                utf8(MINTED),
                utf8(cut),
                utf8(ApiTokens.attenuate(cut, List.of(Caveats.addresses(List.of("192.0.2.0/24"))))),
                utf8(TokenFormat.write("other", MacaroonFuzzTest.macaroon())),
                // Only caveats, of a token whose key the checker has.
                utf8("[1,[\"sample\"]]\n[0,1700000600,1699999999]\n[1002]"),
                utf8("{\"version\": 1, \"permissions\": \"user\"}\n[1000,[\"0.0.0.0/0\"]]"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        Macaroon read = TokenFormat.parse(text, PREFIX);
        if (read != null) {
            assertThat(TokenFormat.write(PREFIX, read.raw())).isEqualTo(text);
            assertThat(TokenFormat.prefixOf(text)).isEqualTo(PREFIX);
        }
        String prefix = TokenFormat.prefixOf(text);
        assertThat(prefix == null || text.startsWith(prefix + "-")).isTrue();
        TokenVerification verified = TOKENS.verify(text, TokenContext.withoutProject());
        if (verified instanceof VerifiedToken) {
            assertThat(read).as("verified what is none").isNotNull();
            assertThat(text.substring(0, 40))
                    .as("the minted one, or cut from it")
                    .isEqualTo(MINTED.substring(0, 40));
        }
        cut(text);
    }

    /** The lines as caveats of a genuine token: it is refused, or all of them were understood and met. */
    private static void cut(String text) {
        List<byte[]> caveats = Arrays.stream(text.split("\n", 20))
                .map(line -> line.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .filter(line -> line.length > 0 && line.length <= Macaroon.MAX_CAVEAT)
                .toList();
        Macaroon minted = TokenFormat.parse(MINTED, PREFIX);
        String token = TokenFormat.write(PREFIX, minted.attenuate(new HmacSha256(), caveats));
        TokenVerification verified = TOKENS.verify(token, TokenContext.withoutProject());
        boolean understood = caveats.stream()
                .allMatch(caveat ->
                        CaveatKinds.standard().read(caveat, 0, caveat.length) instanceof CaveatReading.Understood);
        if (verified instanceof VerifiedToken) {
            assertThat(understood).isTrue();
        }
        byte[] flipped = token.getBytes(US_ASCII);
        int at = PREFIX.length() + 2 + Math.floorMod(text.hashCode(), flipped.length - PREFIX.length() - 2);
        flipped[at] = (byte) (flipped[at] == 'A' ? 'Q' : 'A');
        assertThat(TOKENS.verify(new String(flipped, US_ASCII), TokenContext.withoutProject()))
                .isInstanceOf(RejectedToken.class);
    }
}

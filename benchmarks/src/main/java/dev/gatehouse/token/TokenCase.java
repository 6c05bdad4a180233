package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import com.github.nitram509.jmacaroons.MacaroonsVerifier;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One token and the ways to check it: the bare cryptography, this library, another library. */
public final class TokenCase {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String LOCATION = "pypi.org";
    private static final TokenOwner OWNER = TokenOwner.account("5c2a3a7e-9a7a-4a55-8f0f-54a6d4f0a001");
    private static final byte[] GENERATOR = "macaroons-key-generator".getBytes(US_ASCII);

    private final byte[] rootKey = new byte[32];
    private final byte[] identifier;
    private final List<byte[]> caveats = new ArrayList<>();
    private final byte[] signature;
    private final String token;
    private final String forged;
    private final String unknown;
    private final String bareText;
    private final ApiToken record;
    private final TokenContext request =
            TokenContext.about(TokenProject.of("Sample.Project").withId("d9a5ba5a-55b9-4c5c-8f9f-5a0a5a1f8a11"));
    private final Sealer sealer = new Sealer(
            KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32])).build());
    private final SealedSecret sealed;
    private final ApiTokens tokens;

    private TokenCase(int count) {
        String id = "7f6f1d6e-6c0f-4c1b-9a53-0b6e5a3a8d11";
        identifier = id.getBytes(US_ASCII);
        List<Caveat> kinds = List.of(
                Caveats.projectNames(List.of("sample-project")),
                Caveats.projectIds(List.of("d9a5ba5a-55b9-4c5c-8f9f-5a0a5a1f8a11")),
                Caveats.expiration(NOW.minusSeconds(60), NOW.plusSeconds(900)));
        List<Caveat> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(kinds.get(i % 3));
            caveats.add(kinds.get(i % 3).json().getBytes(US_ASCII));
        }
        token = signed(rootKey, id, all);
        byte[] otherKey = {1};
        forged = signed(otherKey, id, all);
        unknown = signed(otherKey, "00000000-0000-4000-8000-000000000000", all);
        bareText = token.substring(5);
        signature = bareChain();
        record = ApiToken.builder(id, OWNER, TokenReach.PROJECT, NOW).build();
        InMemoryApiTokenRepository repository = InMemoryApiTokenRepository.create(InMemoryAuditLog.create());
        sealed = sealer.seal(SecretBytes.copyOf(rootKey), ApiTokens.place(OWNER, id));
        repository.insert(
                record, sealed, 0, AuditEvent.of(AuditTag.TOKEN_ADDED, NOW).build());
        tokens = ApiTokens.builder(LOCATION, repository, sealer, owner -> OwnerStatus.Standing.ACTIVE)
                .clock(InstantSource.fixed(NOW))
                .build();
        if (macaroon() != 1
                || verify() != 1
                || jmacaroons() != 1
                || chainAndCompare() != 1
                || forged() != 1
                || unknown() != 1) {
            throw new IllegalStateException("a contender does not verify the token");
        }
    }

    private static String signed(byte[] key, String id, List<Caveat> caveats) {
        byte[] bare = Macaroon.create(new HmacSha256(), key, LOCATION.getBytes(US_ASCII), id.getBytes(US_ASCII));
        return ApiTokens.attenuate(TokenFormat.write("pypi", bare), caveats);
    }

    /** A token of so many caveats. */
    public static TokenCase of(int count) {
        return new TokenCase(count);
    }

    private byte[] bareChain() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(GENERATOR, "HmacSHA256"));
            mac.init(new SecretKeySpec(mac.doFinal(rootKey), "HmacSHA256"));
            byte[] last = mac.doFinal(identifier);
            for (byte[] caveat : caveats) {
                mac.init(new SecretKeySpec(last, "HmacSHA256"));
                last = mac.doFinal(caveat);
            }
            return last;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bare chain of HMACs, and the comparison. */
    public long chainAndCompare() {
        return MessageDigest.isEqual(bareChain(), signature) ? 1 : 0;
    }

    /** The bare chain behind the opening of the sealed root key. */
    public long openChainAndCompare() {
        return sealer.open(sealed, ApiTokens.place(OWNER, record.id())).size() == 32 ? chainAndCompare() : 0;
    }

    /** From the text to the last caveat, with the root key at hand. */
    public long macaroon() {
        Macaroon macaroon = TokenFormat.parse(token, "pypi");
        if (macaroon == null
                || !MessageDigest.isEqual(
                        macaroon.expectedSignature(new HmacSha256(), rootKey), macaroon.signature())) {
            return 0;
        }
        List<UnmetCaveat> unmet = new ArrayList<>(0);
        CheckedCaveats.read(CaveatKinds.standard(), macaroon, List.of())
                .check(CaveatContext.of(record, request, NOW, ProjectNames::pep503), unmet);
        return unmet.isEmpty() ? 1 : 0;
    }

    /** All of it: look-up in memory, opening of the root key, signature, record, owner, caveats. */
    public long verify() {
        return tokens.verify(token, request) instanceof VerifiedToken ? 1 : 0;
    }

    /** A token of the same form and size with a wrong signature. */
    public long forged() {
        return isNotGenuine(forged);
    }

    /** A token of the same form and size with an id that does not exist. */
    public long unknown() {
        return isNotGenuine(unknown);
    }

    private long isNotGenuine(String text) {
        return tokens.verify(text, request)
                .<Long>fold(verified -> 0L, rejected -> rejected.code() == TokenRejection.NOT_GENUINE ? 1L : 0L);
    }

    /** jmacaroons: from the text to the last caveat, each compared with an exact text. */
    public long jmacaroons() {
        MacaroonsVerifier verifier = new MacaroonsVerifier(
                com.github.nitram509.jmacaroons.Macaroon.deserialize(bareText, MacaroonsSerializer.V2));
        for (int i = 0; i < Math.min(3, caveats.size()); i++) {
            verifier.satisfyExact(new String(caveats.get(i), US_ASCII));
        }
        return verifier.isValid(rootKey) ? 1 : 0;
    }
}

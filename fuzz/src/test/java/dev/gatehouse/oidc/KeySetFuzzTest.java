package dev.gatehouse.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.fuzz.ReferenceJson;
import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import dev.gatehouse.testkit.issuer.FakeToken.Algorithm;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Key sets: only keys that may verify come out, each with the one algorithm of its type, and nothing verifies by chance. */
class KeySetFuzzTest extends FuzzTarget {
    private static final FakeIssuer ISSUER = FakeIssuer.at("https://issuer.example");

    private static String jwk(Algorithm algorithm, String more) {
        StringBuilder json = new StringBuilder("{");
        ISSUER.key(algorithm)
                .forEach((name, value) -> json.append('"')
                        .append(name)
                        .append("\":\"")
                        .append(value)
                        .append("\","));
        return json + more + "\"kid\":\"" + algorithm + "\"}";
    }

    @Override
    protected List<byte[]> seeds() {
        ISSUER.key(Algorithm.ES256);
        String ec = jwk(Algorithm.ES256, "").replace("\"kid\":\"" + ISSUER.keyId(Algorithm.ES256) + "\",", "");
        String rsa = jwk(Algorithm.RS256, "").replace("\"kid\":\"" + ISSUER.keyId(Algorithm.RS256) + "\",", "");
        return List.of(
                utf8("{\"keys\":[" + ec + "," + rsa + "]}"),
                utf8("{\"keys\":[" + ec + "],\"x\":{\"key_ops\":[\"verify\"],\"use\":\"sig\",\"d\":\"AQAB\"}}"),
                utf8("{\"keys\":[" + rsa.replace("}", ",\"key_ops\":[\"sign\",\"verify\"]}") + "," + ec + "," + ec
                        + "]}"),
                utf8("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"kid\":\"a\"}]}"));
    }

    @Override
    protected void check(byte[] input) {
        KeySet set = KeySet.read(input);
        if (set == null) {
            return;
        }
        assertThat(set.size()).isBetween(1, KeySet.MAX_KEYS);
        List<?> keys = (List<?>) ((Map<?, ?>) ReferenceJson.of(input).value()).get("keys");
        Map<String, Set<String>> usable = new HashMap<>();
        for (Object each : keys) {
            if (each instanceof Map<?, ?> jwk && jwk.get("kid") instanceof String id && isTaken(jwk)) {
                String algorithm = "RSA".equals(jwk.get("kty")) ? "RS256" : "ES256";
                usable.computeIfAbsent(id, none -> new HashSet<>()).add(algorithm);
            }
        }
        int found = 0;
        for (Map.Entry<String, Set<String>> each : usable.entrySet()) {
            SignatureKey key = set.find(each.getKey());
            if (key != null) {
                found++;
                assertThat(each.getValue()).contains(key.algorithm().name());
                assertThat(key.verifies(utf8("a.b"), Base64Url.encode(new byte[64])))
                        .isFalse();
            }
        }
        assertThat(found).as("nothing but what may be used").isEqualTo(set.size());
    }

    /** What has to hold of a key that is used, told in other words than the reader's. */
    private static boolean isTaken(Map<?, ?> jwk) {
        if (jwk.containsKey("d")
                || jwk.containsKey("k")
                || !"sig".equals(jwk.containsKey("use") ? jwk.get("use") : "sig")) {
            return false;
        }
        if ("RSA".equals(jwk.get("kty"))) {
            byte[] n = jwk.get("n") instanceof String text ? Base64Url.decode(text, 0) : null;
            byte[] e = jwk.get("e") instanceof String text ? Base64Url.decode(text, 0) : null;
            return n != null
                    && e != null
                    && new BigInteger(1, n).bitLength() >= 2048
                    && new BigInteger(1, e).intValue() != 1;
        }
        byte[] x = jwk.get("x") instanceof String text ? Base64Url.decode(text, 0) : null;
        return "EC".equals(jwk.get("kty")) && "P-256".equals(jwk.get("crv")) && x != null && x.length == 32;
    }
}

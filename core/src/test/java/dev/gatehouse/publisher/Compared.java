package dev.gatehouse.publisher;

import dev.gatehouse.oidc.IdentityClaims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One claim compared by one rule, with what a row calls {@code configured} and {@code claim}. */
final class Compared {
    private Compared() {}

    static boolean ignoringCase(JsonNode row) {
        return by(ClaimRule.equalIgnoringCase("c", "{value}"), row);
    }

    static boolean by(ClaimRule rule, JsonNode row) {
        return by(rule, row.get("configured").asString(), OidcVectors.text(row.get("claim")));
    }

    static boolean by(ClaimRule rule, String configured, @Nullable Object claim) {
        PublisherProvider one = PublisherProvider.builder("one", "One", "https://one.example")
                .settings(List.of(PublisherSetting.builder("value", "Value")
                        .required("missing")
                        .build()))
                .rules(List.of(rule, ClaimRule.equal("other", "{value}")))
                .lookup("name", "{value}", "{claim.c}")
                .build();
        Map<String, @Nullable Object> claims = new HashMap<>();
        claims.put("iss", "https://one.example");
        claims.put("c", claim);
        claims.put("other", configured);
        return one.match(
                        PublisherSettings.of("one", "https://one.example", Map.of("value", configured)),
                        Map.of(),
                        IdentityClaims.of(claims))
                .fold(matched -> true, unmatched -> false);
    }
}

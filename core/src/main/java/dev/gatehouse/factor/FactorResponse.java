package dev.gatehouse.factor;

import java.util.Objects;

/**
 * What a person answered to a factor's challenge.
 *
 * @param account the host's immutable id of the account that is asked
 * @param carrier the session or request that brought the answer
 * @param text the answer as received: a code, or the JSON of a WebAuthn response; secret
 */
public record FactorResponse(String account, Carrier carrier, String text) {
    public FactorResponse {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(carrier, "carrier");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return "FactorResponse[" + carrier + "]";
    }
}

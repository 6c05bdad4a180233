package dev.gatehouse.webauthn;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorInventory;
import dev.gatehouse.factor.FactorKind;
import java.util.List;
import java.util.Objects;

/** The WebAuthn credentials of accounts, as the ceremonies that change factors see them. Immutable and thread-safe. */
public final class WebAuthnInventory implements FactorInventory {
    private final WebAuthnRepository repository;

    public WebAuthnInventory(WebAuthnRepository repository) {
        this.repository = Objects.requireNonNull(repository, "repository");
    }

    @Override
    public FactorKind kind() {
        return FactorKind.WEBAUTHN;
    }

    /**
     * The credentials of an account, oldest first, each with its strength.
     *
     * @throws IllegalStateException if the store answers with anything else
     */
    @Override
    public List<EnrolledFactor> enrolled(String account) {
        return StoredKeys.required(repository, account).stream()
                .map(WebAuthnCredential::factor)
                .toList();
    }
}

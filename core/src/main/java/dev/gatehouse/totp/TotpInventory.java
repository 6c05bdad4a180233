package dev.gatehouse.totp;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorInventory;
import dev.gatehouse.factor.FactorKind;
import java.util.List;
import java.util.Objects;

/** The authenticator apps of accounts, as the ceremonies that change factors see them. Immutable and thread-safe. */
public final class TotpInventory implements FactorInventory {
    private final TotpRepository repository;

    public TotpInventory(TotpRepository repository) {
        this.repository = Objects.requireNonNull(repository, "repository");
    }

    @Override
    public FactorKind kind() {
        return FactorKind.TOTP;
    }

    /**
     * The apps of an account, oldest first.
     *
     * @throws IllegalStateException if the store answers with anything else
     */
    @Override
    public List<EnrolledFactor> enrolled(String account) {
        return StoredCredentials.of(repository, account).stream()
                .map(TotpCredential::factor)
                .toList();
    }
}

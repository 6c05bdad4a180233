package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.rule.CredentialKind;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A session of the host that belongs to an account: whose, since which proofs, with which labels. Immutable and thread-safe.
 */
public final class SignedIn {
    private final String accountId;
    private final String name;
    private final Carrier session;
    private final Set<String> labels;
    private final List<Evidence> evidence;

    private SignedIn(String accountId, String name, Carrier session, Set<String> labels, List<Evidence> evidence) {
        this.accountId = Objects.requireNonNull(accountId, "accountId");
        this.name = Objects.requireNonNull(name, "name");
        if (Objects.requireNonNull(session, "session").kind() != Carrier.Kind.SESSION) {
            throw new IllegalArgumentException("session: the handle of a request");
        }
        this.session = session;
        this.labels = Set.copyOf(labels);
        this.evidence = List.copyOf(evidence);
    }

    /**
     * A session without labels or proofs.
     *
     * @param accountId the host's immutable id of the account
     * @param name the account's name
     * @param session the host's handle of the session, not its cookie
     */
    public static SignedIn of(String accountId, String name, Carrier session) {
        return new SignedIn(accountId, name, session, Set.of(), List.of());
    }

    /** Also with these labels, without the kind's prefix: {@code known-device}. */
    public SignedIn labels(Set<String> all) {
        return new SignedIn(accountId, name, session, all, evidence);
    }

    /**
     * Also with these proofs, as the session keeps them.
     *
     * @throws IllegalArgumentException if one came with a request: it ends with its request, and no session keeps it. What a login
     *     makes a session's is {@link Evidence#carriedBy carried by} the session
     */
    public SignedIn evidence(Collection<Evidence> proofs) {
        List<Evidence> kept = List.copyOf(proofs);
        for (Evidence proof : kept) {
            if (proof.carrier().kind() != Carrier.Kind.SESSION) {
                throw new IllegalArgumentException("proofs: one came with a request, not with a session");
            }
        }
        return new SignedIn(accountId, name, session, labels, kept);
    }

    public String accountId() {
        return accountId;
    }

    public String name() {
        return name;
    }

    public Carrier session() {
        return session;
    }

    public List<Evidence> evidence() {
        return evidence;
    }

    Credential credential() {
        return labels.isEmpty()
                ? Credential.session()
                : Credential.builder(CredentialKind.SESSION).labels(labels).build();
    }

    @Override
    public String toString() {
        return name + " in a session";
    }
}

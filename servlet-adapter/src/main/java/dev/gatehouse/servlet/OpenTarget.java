package dev.gatehouse.servlet;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.NewToken;
import dev.gatehouse.policy.PublisherRun;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.rule.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an open request turned out to ask for.
 *
 * <p>Give the values that are written, read in the same transaction, not those that a client says twice. What is not given is
 * unknown, and binds; only what cannot be there is absent, as {@link AccessRequest} says: the project of an account's own actions.
 * Immutable.
 */
public final class OpenTarget {
    private final Action action;
    private final @Nullable String project;
    private final @Nullable ThingFacts projectFacts;
    private final @Nullable Presented presented;
    private final @Nullable Claimed account;
    private final List<Evidence> evidence;
    private final List<Consumer<AccessRequest.Builder>> facts;

    /** An account that is named, and not proven. */
    record Claimed(String id, String name) {
        Claimed {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
        }
    }

    private OpenTarget(
            Action action,
            @Nullable String project,
            @Nullable ThingFacts projectFacts,
            @Nullable Presented presented,
            @Nullable Claimed account,
            List<Evidence> evidence,
            List<Consumer<AccessRequest.Builder>> facts) {
        this.action = Objects.requireNonNull(action, "action");
        this.project = project;
        this.projectFacts = projectFacts;
        this.presented = presented;
        this.account = account;
        this.evidence = evidence;
        this.facts = facts;
    }

    /** This action, which is one of the route's. */
    public static OpenTarget of(Action action) {
        return new OpenTarget(action, null, null, null, null, List.of(), List.of());
    }

    /** On the project with this name, whose facts the host is asked for. */
    public OpenTarget project(String name) {
        return new OpenTarget(action, Objects.requireNonNull(name, "name"), null, presented, account, evidence, facts);
    }

    /** On the project with this name and these facts. */
    public OpenTarget project(String name, ThingFacts known) {
        Objects.requireNonNull(known, "known");
        return new OpenTarget(action, Objects.requireNonNull(name, "name"), known, presented, account, evidence, facts);
    }

    /** With the credential that the body carried and the host has verified; only on routes that say so. */
    public OpenTarget presented(Credential credential, Identity identity, PublisherRun run) {
        Presented given = Presented.run(credential, identity, run);
        return new OpenTarget(action, project, projectFacts, given, account, evidence, facts);
    }

    /**
     * By this account, which a reset link or the like names and nobody has proven to be; only for {@code sign-in} actions where
     * nobody is signed in.
     *
     * @param id the host's immutable id of the account
     * @param name the account's name
     */
    public OpenTarget account(String id, String name) {
        return new OpenTarget(action, project, projectFacts, presented, new Claimed(id, name), evidence, facts);
    }

    /**
     * With these proofs, which the body or a header brought and the host has verified, carried by {@link OpenDecision#carrier}.
     *
     * <p>They count beside those of the session, for this request alone. What another request, session or account carries counts for nothing.
     */
    public OpenTarget evidence(Collection<Evidence> proofs) {
        return new OpenTarget(action, project, projectFacts, presented, account, List.copyOf(proofs), facts);
    }

    public OpenTarget organization(ThingFacts known) {
        return and(request -> request.organization(known));
    }

    public OpenTarget release(ThingFacts known) {
        return and(request -> request.release(known));
    }

    public OpenTarget newToken(NewToken asked) {
        return and(request -> request.newToken(asked));
    }

    public OpenTarget newFactor(EnrolledFactor asked) {
        return and(request -> request.newFactor(asked));
    }

    /** What remains after the removal asked for. */
    public OpenTarget factorsLeft(EnrolledFactors left) {
        return and(request -> request.factorsLeft(left));
    }

    private OpenTarget and(Consumer<AccessRequest.Builder> fact) {
        List<Consumer<AccessRequest.Builder>> more = new ArrayList<>(facts);
        more.add(fact);
        return new OpenTarget(action, project, projectFacts, presented, account, evidence, List.copyOf(more));
    }

    public Action action() {
        return action;
    }

    public Optional<String> project() {
        return Optional.ofNullable(project);
    }

    List<Evidence> evidence() {
        return evidence;
    }

    @Nullable
    Claimed accountOrNull() {
        return account;
    }

    @Nullable
    Presented presentedOrNull() {
        return presented;
    }

    @Nullable
    ThingFacts projectFactsOrNull() {
        return projectFacts;
    }

    void addTo(AccessRequest.Builder request) {
        facts.forEach(fact -> fact.accept(request));
    }

    @Override
    public String toString() {
        return action + (project == null ? "" : " on a project");
    }
}

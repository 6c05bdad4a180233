package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A person at PyPI, as its own tests describe them, and what a preset answers them on a date. */
final class Warehouse {
    static final Instant TODAY = Instant.parse("2026-08-25T12:00:00Z");
    static final Instant OLD_ACCOUNT = Instant.parse("2015-01-01T00:00:00Z");
    private static final String ID = "user-5";

    private final Setup setup;
    private final Evaluator evaluator;

    /** Presets with switches that were asked for: reading one takes longer than deciding by it. */
    private static final Map<List<String>, Warehouse> READ = new ConcurrentHashMap<>();

    private Warehouse(Setup setup) {
        this.setup = setup;
        this.evaluator = EngineSubject.evaluator(setup);
    }

    /** The preset's newest revision, every name supplied, switches off that are not named. */
    static Warehouse of(String preset, String... switchesOn) {
        List<String> key =
                Stream.concat(Stream.of(preset), Arrays.stream(switchesOn)).toList();
        return READ.computeIfAbsent(
                key,
                unread -> of(
                        Presets.load(Presets.names().stream()
                                .filter(name -> name.startsWith(preset + "/"))
                                .reduce((a, b) -> b)
                                .orElseThrow()),
                        switchesOn));
    }

    static Warehouse of(PolicyDefinition definition, String... switchesOn) {
        Setup setup = Setup.of(definition);
        Map<String, Boolean> switches = new java.util.TreeMap<>();
        setup.definition()
                .vocabulary()
                .of(dev.gatehouse.policy.rule.Vocabulary.Section.SWITCHES)
                .keySet()
                .forEach(name -> switches.put(name, List.of(switchesOn).contains(name)));
        return new Warehouse(setup.with(switches));
    }

    Setup setup() {
        return setup;
    }

    /** A person with an old account, a verified address, saved codes and no factor, on a page of the site. */
    static RequestDraft person(String action, CredentialKind kind) {
        RequestDraft draft = new RequestDraft(Action.of(action), kind);
        draft.account = AccountDraft.account(ID);
        draft.account.name = Fact.of("pony");
        draft.account.registered = Fact.of(OLD_ACCOUNT);
        draft.account.flags = Fact.of(Set.of());
        draft.account.enrolled = Fact.of(EnrolledFactors.none());
        draft.account.emailVerified = Fact.of(true);
        draft.account.recoveryCodesSaved = Fact.of(true);
        draft.account.otherEvents = Fact.of(Occurrence.never());
        draft.project = ThingDraft.of("project-1");
        draft.project.flags = Fact.of(Set.of());
        draft.release = ThingDraft.of("release-1");
        draft.release.age = Fact.of(Duration.ofDays(1));
        draft.factorsLeft = Fact.of(EnrolledFactors.of(FactorKind.TOTP));
        draft.newFactor = Fact.of(EnrolledFactor.of(FactorKind.TOTP));
        return draft;
    }

    /** A run of a trusted publisher: nobody is behind it. */
    static RequestDraft run(String action, String event) {
        RequestDraft draft = person(action, CredentialKind.TRUSTED_PUBLISHER);
        draft.account.makeAbsent();
        draft.provider = Fact.of("github");
        draft.event = Fact.of(event);
        draft.ref = Fact.of("tag");
        draft.runFlags = Fact.of(Set.of());
        return draft;
    }

    static RequestDraft with2fa(RequestDraft draft) {
        draft.account.enrolled = Fact.of(EnrolledFactors.of(FactorKind.TOTP));
        return draft;
    }

    /** Asked at the instant, as it is. */
    Decision decide(RequestDraft draft, Instant at) {
        return evaluator.decide(draft.toRequest(), at);
    }

    /** Asked at the instant, just after password and factors were proven in the session. */
    Decision ask(RequestDraft draft, Instant at) {
        RequestDraft fresh = draft.copy();
        if (fresh.kind == CredentialKind.SESSION && fresh.account.enrolled.isKnown()) {
            prove(fresh, EnrolledFactor.of(FactorKind.PASSWORD), at);
            fresh.account.enrolled.value().list().forEach(factor -> prove(fresh, factor, at));
        }
        return evaluator.decide(fresh.toRequest(), at);
    }

    private static void prove(RequestDraft draft, EnrolledFactor factor, Instant at) {
        draft.evidence.add(Evidence.asserted(ID, factor, at.minusSeconds(1), RequestDraft.SESSION, "table"));
    }

    Decision ask(RequestDraft draft, String at) {
        return ask(draft, Instant.parse(at));
    }

    static boolean isPermitted(Decision decision) {
        return decision.fold(p -> true, r -> false);
    }

    /** The ids of the refusals in their order; empty if permitted. */
    static List<String> refusals(Decision decision) {
        return PlainSubject.Verdict.of(decision).refusedBy();
    }

    /** The text of the first refusal. */
    static String headline(Decision decision) {
        return decision.fold(p -> "", r -> r.first().message().text());
    }
}

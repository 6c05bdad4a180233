package dev.gatehouse.policy;

import static dev.gatehouse.policy.Warehouse.OLD_ACCOUNT;
import static dev.gatehouse.policy.Warehouse.person;
import static dev.gatehouse.policy.Warehouse.refusals;
import static dev.gatehouse.policy.Warehouse.run;
import static dev.gatehouse.policy.Warehouse.with2fa;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.PlainSubject.Line;
import dev.gatehouse.policy.PlainSubject.Verdict;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every instant at which a rule of PyPI's roll-out begins or ends: a nanosecond before, at, and after. */
class PresetBoundariesTest {
    private static final Instant JOIN_DATE = Instant.parse("2023-08-08T00:00:00Z");
    /** The operator has not flipped the last switch, which would hide the dates before it. */
    private static final String[] SWITCHES = {"project-requirement", "mandate-available", "mandate-enabled"};

    private static Map<Instant, Set<String>> edges(Warehouse warehouse) {
        Map<Instant, Set<String>> edges = new TreeMap<>();
        for (Requirement requirement : warehouse.setup().definition().requirements()) {
            for (Phase phase : requirement.phases()) {
                if (phase.mode() != Mode.ANNOUNCE && !phase.tentative()) {
                    phase.from()
                            .ifPresent(at -> edges.computeIfAbsent(at, k -> new TreeSet<>())
                                    .add(requirement.id()));
                    phase.until()
                            .ifPresent(at -> edges.computeIfAbsent(at, k -> new TreeSet<>())
                                    .add(requirement.id()));
                }
            }
        }
        return edges;
    }

    /** Everybody who might see a difference: with and without factor, address, codes, proofs, and old and new. */
    private static List<RequestDraft> everybody(Warehouse warehouse) {
        List<RequestDraft> all = new ArrayList<>();
        for (Action action : warehouse.setup().definition().vocabulary().actions()) {
            for (CredentialKind kind :
                    List.of(CredentialKind.SESSION, CredentialKind.API_TOKEN, CredentialKind.PASSWORD)) {
                for (int bits = 0; bits < 8; bits++) {
                    RequestDraft draft = person(action.id(), kind);
                    draft.account.emailVerified = Fact.of((bits & 1) != 0);
                    draft.account.recoveryCodesSaved = Fact.of((bits & 1) != 0);
                    draft.account.registered = Fact.of((bits & 2) != 0 ? JOIN_DATE : OLD_ACCOUNT);
                    draft.project.flags = Fact.of(
                            (bits & 1) != 0 ? Set.of("owners-require-2fa", "mandated", "has-publisher") : Set.of());
                    draft.release.age = Fact.of(Duration.ofDays(20));
                    draft.factorsLeft = Fact.of(EnrolledFactors.none());
                    all.add((bits & 4) != 0 ? with2fa(draft) : draft);
                }
            }
            all.add(run(action.id(), "pull_request_target"));
        }
        // A code with the sign-in itself, which a new device must confirm.
        RequestDraft signIn = with2fa(person("sign-in.complete", CredentialKind.PASSWORD));
        all.add(signIn);
        return all;
    }

    /** Evidence of a minute ago, so that no age lies at its bound. */
    private static Verdict at(Warehouse warehouse, RequestDraft draft, Instant edge, Instant now) {
        RequestDraft asked = draft.copy();
        if (asked.account.enrolled.isKnown()) {
            asked.account
                    .enrolled
                    .value()
                    .list()
                    .forEach(factor -> asked.evidence.add(dev.gatehouse.factor.Evidence.asserted(
                            "user-5", factor, edge.minusSeconds(60), RequestDraft.REQUEST, "table")));
        }
        return Verdict.of(warehouse.decide(asked, now));
    }

    private static Set<String> differing(Verdict a, Verdict b) {
        Set<Line> changed = new HashSet<>(lines(a));
        Set<Line> both = new HashSet<>(lines(a));
        both.retainAll(lines(b));
        changed.addAll(lines(b));
        changed.removeAll(both);
        Set<String> ids = new TreeSet<>();
        changed.forEach(line -> ids.add(line.requirement()));
        return ids;
    }

    private static Set<Line> lines(Verdict verdict) {
        Set<Line> lines = new HashSet<>(verdict.refusals());
        lines.addAll(verdict.notices());
        lines.addAll(verdict.observed());
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pypi", "testpypi", "pypi-by-hand", "pypi-strict"})
    void preset_atEveryEdge_changesExactlyTheRulesWhoseEdgeItIs(String preset) {
        Warehouse warehouse = Warehouse.of(preset, SWITCHES);
        List<RequestDraft> everybody = everybody(warehouse);
        Map<Instant, Set<String>> changed = new TreeMap<>();
        List<String> late = new ArrayList<>();
        edges(warehouse).forEach((edge, rules) -> {
            Set<String> ids = changed.computeIfAbsent(edge, k -> new TreeSet<>());
            for (RequestDraft draft : everybody) {
                Verdict at = at(warehouse, draft, edge, edge);
                ids.addAll(differing(at(warehouse, draft, edge, edge.minusNanos(1)), at));
                if (!at.equals(at(warehouse, draft, edge, edge.plusNanos(1)))) {
                    late.add(edge + " " + draft);
                }
            }
        });

        assertThat(changed).isEqualTo(edges(warehouse)).hasSizeGreaterThan(8);
        assertThat(late).isEmpty();
    }

    /** The day of enforcement is a day in New York. */
    @ParameterizedTest
    @CsvSource({
        "pypi, 2024-01-01T04:59:59.999999999Z, true", "pypi, 2024-01-01T05:00:00Z, false",
        "pypi, 2024-01-01T00:00:00Z, true", "testpypi, 2023-12-06T04:59:59.999999999Z, true",
        "testpypi, 2023-12-06T05:00:00Z, false", "pypi, 2023-12-06T05:00:00Z, true"
    })
    void enforcement_aroundMidnightInNewYork_beginsThere(String preset, String at, boolean open) {
        Warehouse warehouse = Warehouse.of(preset);

        for (String action : List.of("project.settings", "token.create", "publisher.add", "organization.create")) {
            assertThat(refusals(warehouse.ask(person(action, CredentialKind.SESSION), at)))
                    .isEqualTo(open ? List.of() : List.of("management-needs-2fa"));
        }
        assertThat(refusals(warehouse.ask(person("publish.file", CredentialKind.API_TOKEN), at)))
                .isEqualTo(open ? List.of() : List.of("upload-needs-2fa"));
        for (String action : List.of("read.public", "sign-in.start", "account.view", "factor.enrol", "factor.view")) {
            assertThat(refusals(warehouse.ask(person(action, CredentialKind.SESSION), at)))
                    .isEmpty();
        }
    }

    /** Where the operator flips the switch, no date does. */
    @Test
    void byHand_onlyTheSwitch_enforces() {
        RequestDraft draft = person("project.settings", CredentialKind.SESSION);

        assertThat(refusals(Warehouse.of("pypi-by-hand").ask(draft, "2024-06-01T00:00:00Z")))
                .isEmpty();
        assertThat(refusals(Warehouse.of("pypi-by-hand", "2fa-required").ask(draft, "2023-12-20T00:00:00Z")))
                .containsExactly("management-needs-2fa");
    }

    /** The cut-off of new accounts is an instant in UTC; an account whose date nobody knows is a new one. */
    @ParameterizedTest
    @CsvSource({
        "2023-08-07T23:59:59.999999999Z, true", "2023-08-08T00:00:00Z, false", "2023-08-08T00:00:00.000000001Z, false",
        "2023-08-08T07:30:00Z, false", "2015-01-01T00:00:00Z, true", "unknown, false"
    })
    void cohort_ofNewAccounts_beginsAtTheInstant(String registered, boolean open) {
        RequestDraft manage = person("project.settings", CredentialKind.SESSION);
        RequestDraft upload = person("publish.file", CredentialKind.API_TOKEN);
        for (RequestDraft draft : List.of(manage, upload)) {
            draft.account.registered =
                    registered.equals("unknown") ? Fact.unknown() : Fact.of(Instant.parse(registered));
        }
        Warehouse warehouse = Warehouse.of("pypi");

        assertThat(refusals(warehouse.ask(manage, "2023-08-15T00:00:00Z")).isEmpty())
                .isEqualTo(open);
        assertThat(refusals(warehouse.ask(upload, "2023-09-08T03:59:59.999999999Z")))
                .isEmpty();
        assertThat(refusals(warehouse.ask(upload, "2023-09-08T04:00:00Z")).isEmpty())
                .isEqualTo(open);
    }
}

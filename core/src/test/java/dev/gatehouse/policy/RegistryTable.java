package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A row of what a registry publishes, asked of its preset.
 *
 * <p>Who asks has a verified address, no factor, no flag and nothing else of note; the words of the row change that:
 * {@code unverified}, {@code has=totp+webauthn}, {@code password@session:PT9M} (proven there so long ago), {@code project+flag},
 * {@code maintains#metric=5}, {@code release-age=P30D}, {@code age=}, {@code created=} and {@code lifetime=} of the credential,
 * {@code new-token=label+label:P90D}, {@code new-factor=}, {@code left=} (factors), {@code event=} and {@code ref=} of the run,
 * {@code happened=event:PT71H}, {@code on=switch}. A preset with {@code !} is asked as if its plans were decided.
 */
final class RegistryTable {
    private static final Map<String, Warehouse> ASKED = new ConcurrentHashMap<>();
    private static final String ID = "user-5";

    private final Instant at;
    private final RequestDraft draft;
    private final Set<String> on = new TreeSet<>();

    private RegistryTable(Instant at, RequestDraft draft) {
        this.at = at;
        this.draft = draft;
    }

    /** The ids that refuse in their order, then those that only warn, each after {@code ~}; {@code ok} if there is none. */
    static String answer(String preset, String when, String action, String credential, String words) {
        RegistryTable row = new RegistryTable(instant(when), bare(action, credential));
        if (words != null) {
            for (String word : words.split(" +", -1)) {
                row.add(word);
            }
        }
        String[] on = row.on.toArray(new String[0]);
        Warehouse asked = ASKED.computeIfAbsent(
                preset + row.on,
                key -> preset.endsWith("!") ? Warehouse.of(decided(preset), on) : Warehouse.of(preset, on));
        PlainSubject.Verdict verdict = PlainSubject.Verdict.of(asked.decide(row.draft, row.at));
        List<String> said = new ArrayList<>(verdict.refusedBy());
        verdict.notices().forEach(line -> said.add("~" + line.requirement()));
        return said.isEmpty() ? "ok" : String.join(" ", said);
    }

    /** The preset as if every plan in it were decided. */
    private static PolicyDefinition decided(String preset) {
        String text = Presets.text(Presets.newest(preset.replace("!", "")).orElseThrow());
        return PolicyDocuments.withoutPresets()
                .read(preset, text.replace(", tentative = true", ""))
                .definition();
    }

    /** An instant, or a day for its first instant in UTC; after {@code before}, the nanosecond before. */
    private static Instant instant(String when) {
        String text = when.replace("before ", "");
        Instant at = text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        return when.equals(text) ? at : at.minusNanos(1);
    }

    private static RequestDraft bare(String action, String credential) {
        List<String> parts = List.of(credential.split("\\.", -1));
        CredentialKind kind = CredentialKind.of(parts.get(0)).orElseThrow();
        RequestDraft draft = kind.equals(CredentialKind.TRUSTED_PUBLISHER)
                ? Warehouse.run(action, "push")
                : Warehouse.person(action, kind);
        draft.labels = new HashSet<>(parts.subList(1, parts.size()));
        if (kind.equals(CredentialKind.ANONYMOUS)) {
            draft.account = new AccountDraft();
        } else if (!kind.equals(CredentialKind.TRUSTED_PUBLISHER)) {
            draft.account.maintains = Fact.of(List.of());
            draft.account.memberOf = Fact.of(List.of());
        }
        draft.organization = ThingDraft.of("organization-1");
        for (ThingDraft thing : List.of(draft.project, draft.organization, draft.release)) {
            thing.flags = Fact.of(Set.of());
            thing.otherMetrics = Fact.of(0d);
        }
        draft.created = Fact.of(Instant.parse("2026-01-01T00:00:00Z"));
        draft.age = Fact.of(Duration.ofMinutes(1));
        draft.idle = Fact.of(Duration.ofMinutes(1));
        draft.lifetime = Fact.of(Lifetime.endless());
        draft.newToken = Fact.of(newToken(":P1D"));
        return draft;
    }

    private void add(String word) {
        if (word.equals("unverified")) {
            draft.account.emailVerified = Fact.of(false);
        } else if (word.contains("@")) {
            proof(word);
        } else if (word.contains("#")) {
            String[] parts = word.split("[#=]", -1);
            thing(parts[0]).metrics.put(parts[1], Fact.of(Double.valueOf(parts[2])));
        } else if (word.contains("=")) {
            set(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        } else {
            flag(word.substring(0, word.indexOf('+')), word.substring(word.indexOf('+') + 1));
        }
    }

    private void proof(String word) {
        String[] parts = word.split("[@:]", -1);
        Instant then = at.minus(parts.length > 2 ? Duration.parse(parts[2]) : Duration.ofNanos(1));
        boolean request = parts[1].equals("request");
        EnrolledFactor factor = EnrolledFactor.of(kind(parts[0]));
        draft.evidence.add(
                Evidence.asserted(ID, factor, then, request ? RequestDraft.REQUEST : RequestDraft.SESSION, "table"));
    }

    private void flag(String owner, String flag) {
        if (owner.equals("publisher")) {
            draft.runFlags = Fact.of(with(draft.runFlags, flag));
        } else {
            ThingDraft thing = thing(owner);
            thing.flags = Fact.of(with(thing.flags, flag));
        }
    }

    private static Set<String> with(Fact<Set<String>> flags, String flag) {
        Set<String> all = new HashSet<>(flags.isKnown() ? flags.value() : Set.of());
        all.add(flag);
        return all;
    }

    private ThingDraft thing(String name) {
        return switch (name) {
            case "account" -> draft.account;
            case "project" -> draft.project;
            case "organization" -> draft.organization;
            case "release" -> draft.release;
            case "maintains" -> {
                ThingDraft one = other();
                draft.account.maintains = Fact.of(List.of(one));
                yield one;
            }
            case "member-of" -> {
                ThingDraft one = other();
                draft.account.memberOf = Fact.of(List.of(one));
                yield one;
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static ThingDraft other() {
        ThingDraft one = ThingDraft.of("another");
        one.flags = Fact.of(Set.of());
        one.otherMetrics = Fact.of(0d);
        one.metrics.put("dependents-rank", Fact.of(1e6));
        return one;
    }

    private void set(String key, String value) {
        switch (key) {
            case "has" -> draft.account.enrolled = Fact.of(factors(value));
            case "left" -> draft.factorsLeft = Fact.of(factors(value));
            case "new-factor" -> draft.newFactor = Fact.of(EnrolledFactor.of(kind(value)));
            case "new-token" -> draft.newToken = Fact.of(newToken(value));
            case "release-age" -> draft.release.age = Fact.of(Duration.parse(value));
            case "age" -> draft.age = Fact.of(Duration.parse(value));
            case "idle" -> draft.idle = Fact.of(Duration.parse(value));
            case "created" -> draft.created = Fact.of(instant(value));
            case "lifetime" -> draft.lifetime = Fact.of(Lifetime.of(Duration.parse(value)));
            case "provider" -> draft.provider = Fact.of(value);
            case "event" -> draft.event = Fact.of(value);
            case "ref" -> draft.ref = Fact.of(value);
            case "happened" ->
                draft.account.events.put(
                        value.substring(0, value.indexOf(':')),
                        Fact.of(Occurrence.at(at.minus(Duration.parse(value.substring(value.indexOf(':') + 1))))));
            case "on" -> on.add(value);
            default -> throw new IllegalArgumentException(key);
        }
    }

    private static NewToken newToken(String value) {
        String labels = value.substring(0, value.indexOf(':'));
        String lifetime = value.substring(value.indexOf(':') + 1);
        return new NewToken(
                labels.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(labels.split("\\+", -1))),
                lifetime.equals("never") ? Lifetime.endless() : Lifetime.of(Duration.parse(lifetime)),
                Reach.ACCOUNT);
    }

    private static EnrolledFactors factors(String names) {
        return names.equals("none")
                ? EnrolledFactors.none()
                : EnrolledFactors.of(Stream.of(names.split("\\+", -1))
                        .map(RegistryTable::kind)
                        .toArray(FactorKind[]::new));
    }

    private static FactorKind kind(String id) {
        return FactorKind.builtIn().stream()
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}

package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** One line of {@code policy-decisions/decisions.jsonl}: a request whose facts are taken as given, and the answer. */
record VectorRow(
        int line,
        String policy,
        Instant at,
        AccessRequest request,
        Map<String, Boolean> switches,
        boolean permitted,
        List<Expected> refusals,
        List<Expected> warned,
        List<Expected> reported) {
    private static final String ACCOUNT = "account-1";

    /** What a row says of one unmet requirement; a notice is given without its ways. */
    record Expected(String requirement, List<Way> ways) {}

    static VectorRow of(int line, JsonNode row) {
        JsonNode q = row.get("request");
        Map<String, Boolean> switches = new TreeMap<>();
        q.get("switches")
                .properties()
                .forEach(e -> switches.put(e.getKey(), e.getValue().booleanValue()));
        JsonNode expect = row.get("expect");
        return new VectorRow(
                line,
                row.get("policy").stringValue(),
                Instant.parse(row.get("at").stringValue()),
                request(q).toRequest(),
                switches,
                expect.get("outcome").stringValue().equals("permitted"),
                expected(expect.get("refusals"), null),
                expected(expect.get("notices"), "warn"),
                expected(expect.get("notices"), "report"));
    }

    private static List<Expected> expected(JsonNode list, @org.jspecify.annotations.Nullable String mode) {
        List<Expected> all = new ArrayList<>();
        for (JsonNode one : list) {
            if (mode != null && !one.get("mode").stringValue().equals(mode)) {
                continue;
            }
            List<Way> ways = new ArrayList<>();
            if (one.has("ways")) {
                for (JsonNode way : one.get("ways")) {
                    ways.add(new Way(texts(way).stream()
                            .map(s -> Remedy.of(s).orElseThrow())
                            .toList()));
                }
            }
            all.add(new Expected(one.get("requirement").stringValue(), ways));
        }
        return all;
    }

    private static RequestDraft request(JsonNode q) {
        JsonNode credential = q.get("credential");
        RequestDraft draft = new RequestDraft(
                Action.of(q.get("action").stringValue()),
                CredentialKind.of(credential.get("kind").stringValue()).orElseThrow());
        draft.labels = Set.copyOf(texts(credential.get("labels")));
        draft.created = fact(credential.get("created"), n -> Instant.parse(n.stringValue()));
        draft.age = fact(credential.get("age"), n -> Duration.parse(n.stringValue()));
        draft.idle = fact(credential.get("idle"), n -> Duration.parse(n.stringValue()));
        draft.lifetime = fact(credential.get("lifetime"), VectorRow::lifetime);
        account(draft.account, q);
        for (JsonNode proof : q.get("proofs")) {
            boolean session = proof.get("carrier").stringValue().equals("session");
            draft.evidence.add(Evidence.asserted(
                    ACCOUNT,
                    factor(proof.get("factor")),
                    Instant.parse(proof.get("at").stringValue()),
                    session ? RequestDraft.SESSION : RequestDraft.REQUEST,
                    "vector"));
        }
        thing(draft.project, q.get("project"));
        thing(draft.organization, q.get("organization"));
        thing(draft.release, q.get("release"));
        JsonNode run = q.get("publisher");
        draft.provider = inside(run, "provider", JsonNode::stringValue);
        draft.event = inside(run, "event", JsonNode::stringValue);
        draft.ref = inside(run, "ref", JsonNode::stringValue);
        draft.runFlags = inside(run, "flags", n -> Set.copyOf(texts(n)));
        draft.newToken = fact(
                q.get("newToken"),
                n -> new NewToken(
                        Set.copyOf(texts(n.get("labels"))),
                        lifetime(n.get("lifetime")),
                        n.has("reach") ? Reach.of(n.get("reach").stringValue()).orElseThrow() : Reach.ACCOUNT));
        draft.newFactor = fact(q.get("newFactor"), n -> EnrolledFactor.of(factor(n)));
        draft.factorsLeft = fact(q.get("factorsLeft"), VectorRow::factors);
        return draft;
    }

    private static void account(AccountDraft account, JsonNode q) {
        JsonNode given = q.get("account");
        if (given.isString() && given.stringValue().equals("absent")) {
            account.makeAbsent();
        } else {
            account.id = Fact.of(ACCOUNT);
            account.name = Fact.of("somebody");
            if (given.isObject()) {
                thing(account, given);
                account.registered = inside(given, "registered", n -> Instant.parse(n.stringValue()));
            }
        }
        account.enrolled = fact(q.get("enrolled"), VectorRow::factors);
        account.emailVerified = fact(q.get("emailVerified"), JsonNode::booleanValue);
        account.recoveryCodesSaved = fact(q.get("recoveryCodesSaved"), JsonNode::booleanValue);
        account.maintains = fact(q.get("maintains"), VectorRow::things);
        account.memberOf = fact(q.get("memberOf"), VectorRow::things);
        q.get("events")
                .properties()
                .forEach(e -> account.events.put(
                        e.getKey(),
                        Fact.of(
                                e.getValue().isNull()
                                        ? Occurrence.never()
                                        : Occurrence.at(
                                                Instant.parse(e.getValue().stringValue())))));
    }

    private static void thing(ThingDraft thing, JsonNode given) {
        if (!given.isObject()) {
            if (given.stringValue().equals("absent")) {
                thing.makeAbsent();
            }
            return;
        }
        thing.flags = inside(given, "flags", n -> Set.copyOf(texts(n)));
        thing.created = inside(given, "created", n -> Instant.parse(n.stringValue()));
        thing.age = inside(given, "age", n -> Duration.parse(n.stringValue()));
        if (given.has("metrics")) {
            given.get("metrics")
                    .properties()
                    .forEach(e ->
                            thing.metrics.put(e.getKey(), Fact.of(e.getValue().doubleValue())));
        }
    }

    private static Collection<ThingFacts> things(JsonNode list) {
        List<ThingFacts> all = new ArrayList<>();
        for (JsonNode one : list) {
            ThingDraft draft = new ThingDraft();
            thing(draft, one);
            all.add(draft);
        }
        return all;
    }

    private static EnrolledFactors factors(JsonNode list) {
        Set<EnrolledFactor> all = new LinkedHashSet<>();
        list.forEach(n -> all.add(EnrolledFactor.of(factor(n))));
        return EnrolledFactors.of(all);
    }

    private static FactorKind factor(JsonNode word) {
        return FactorKind.builtIn().stream()
                .filter(k -> k.id().equals(word.stringValue()))
                .findFirst()
                .orElseThrow();
    }

    private static Lifetime lifetime(JsonNode word) {
        return word.stringValue().equals("endless")
                ? Lifetime.endless()
                : Lifetime.of(Duration.parse(word.stringValue()));
    }

    private static List<String> texts(JsonNode list) {
        List<String> all = new ArrayList<>();
        list.forEach(n -> all.add(n.stringValue()));
        return all;
    }

    private static <T> Fact<T> inside(JsonNode thing, String key, Function<JsonNode, T> read) {
        return thing.isObject() ? fact(thing.get(key), read) : fact(thing, read);
    }

    private static <T> Fact<T> fact(@org.jspecify.annotations.Nullable JsonNode node, Function<JsonNode, T> read) {
        if (node == null || (node.isString() && node.stringValue().equals("unknown"))) {
            return Fact.unknown();
        }
        return node.isString() && node.stringValue().equals("absent") ? Fact.absent() : Fact.of(read.apply(node));
    }
}

package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.SampleReportingFormat;

/**
 * Shows requests, accounts and credentials in jqwik's reports by what is known of them, and policies as documents. jqwik finds
 * it by itself. Thread-safe.
 */
public final class RequestFormat implements SampleReportingFormat {

    /** Made by jqwik. */
    public RequestFormat() {}

    @Override
    public boolean appliesTo(Object value) {
        return value instanceof AccessRequest
                || value instanceof AccountFacts
                || value instanceof Credential
                || value instanceof PolicyDefinition;
    }

    @Override
    public Object report(Object value) {
        Map<String, Object> known = new LinkedHashMap<>();
        if (value instanceof AccessRequest request) {
            known.put("action", request.action().id());
            credential(known, request.credential());
            account(known, request.account());
            List<Evidence> evidence = request.evidence();
            if (!evidence.isEmpty()) {
                known.put("evidence", evidence.stream().map(Evidence::toString).toList());
            }
            thing(known, "project", request.project());
            thing(known, "organization", request.organization());
            thing(known, "release", request.release());
            put(known, "new-token", request.newToken());
            put(known, "new-factor", request.newFactor());
            put(known, "factors-left", request.factorsLeft());
            put(known, "run.provider", request.run().provider());
            put(known, "run.event", request.run().event());
            put(known, "run.ref", request.run().ref());
            put(known, "run.flags", request.run().flags());
        } else if (value instanceof AccountFacts account) {
            account(known, account);
        } else if (value instanceof Credential credential) {
            credential(known, credential);
        } else if (value instanceof PolicyDefinition definition
                && definition.findings().stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR)) {
            return PolicyDocuments.write(definition);
        } else {
            return value.toString();
        }
        return known;
    }

    @Override
    public Optional<String> label(Object value) {
        return Optional.empty();
    }

    private static void credential(Map<String, Object> known, Credential credential) {
        known.put("credential", credential.toString());
        put(known, "credential.created", credential.created());
        put(known, "credential.lifetime", credential.lifetime());
        put(known, "credential.reach", credential.reach());
    }

    private static void account(Map<String, Object> known, AccountFacts account) {
        if (account instanceof DraftAccount made) {
            made.draft().facts().forEach((key, value) -> {
                if (key.startsWith("account.")) {
                    known.put(key, String.valueOf(value));
                }
            });
            return;
        }
        thing(known, "account", account);
        put(known, "account.registered", account.registered());
        put(known, "account.enrolled", account.enrolled());
        put(known, "account.email-verified", account.emailVerified());
        put(known, "account.recovery-codes-saved", account.recoveryCodesSaved());
        put(known, "account.maintains", account.maintains());
        put(known, "account.member-of", account.memberOf());
    }

    private static void thing(Map<String, Object> known, String word, ThingFacts thing) {
        put(known, word + ".id", thing.id());
        put(known, word + ".flags", thing.flags());
        put(known, word + ".created", thing.created());
    }

    private static void put(Map<String, Object> known, String key, Fact<?> fact) {
        if (fact.isKnown()) {
            known.put(key, String.valueOf(fact.value()));
        }
    }
}

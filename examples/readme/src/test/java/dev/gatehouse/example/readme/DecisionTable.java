package dev.gatehouse.example.readme;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Unmet;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The table of the README: what a preset decides, asked of the preset itself. */
final class DecisionTable {
    private static final Carrier SESSION = Carrier.session("s");
    private static final Instant OLD = Instant.parse("2019-05-01T00:00:00Z");
    private static final Instant NEW = Instant.parse("2023-08-10T00:00:00Z");
    private static final List<String> DAYS =
            List.of("2022-03-15", "2023-06-15", "2023-08-15", "2023-09-15", "2023-12-20", "2024-01-15");

    private DecisionTable() {}

    /** The table in Markdown. */
    static String of(String preset) {
        PolicyDefinition definition = Presets.load(preset);
        StringBuilder table = new StringBuilder("| Who does what | ")
                .append(String.join(" | ", DAYS))
                .append(" |\n|---|")
                .append("---|".repeat(DAYS.size()))
                .append('\n');
        rows().forEach((label, row) -> {
            List<String> cells = new ArrayList<>();
            for (String day : DAYS) {
                Instant now = Instant.parse(day + "T17:00:00Z");
                cells.add(
                        row.registered.isAfter(now)
                                ? ""
                                : cell(policy(definition, now).decide(row.request(now))));
            }
            table.append("| ")
                    .append(label)
                    .append(" | ")
                    .append(String.join(" | ", cells))
                    .append(" |\n");
        });
        return table.toString();
    }

    private static TwoFactorPolicy policy(PolicyDefinition definition, Instant now) {
        Map<String, Boolean> off = new TreeMap<>();
        definition.vocabulary().of(Section.SWITCHES).keySet().forEach(name -> off.put(name, false));
        return TwoFactorPolicy.builder(definition)
                .clock(InstantSource.fixed(now))
                .supplies(Supplied.everything(definition.vocabulary()))
                .controls(PolicyControls.of(off))
                .build();
    }

    private static String cell(Decision decision) {
        return decision.fold(
                permitted -> permitted.notices().isEmpty() ? "yes" : "yes, told `" + names(permitted.notices()) + "`",
                refused -> "**no**: `" + refused.first().requirement() + "`, "
                        + refused.first().way().first().id());
    }

    private static String names(List<? extends Unmet> unmet) {
        return String.join("`, `", unmet.stream().map(Unmet::requirement).toList());
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("anybody reads or downloads", new Row(Action.READ_PUBLIC, Credential.anonymous(), OLD, false));
        rows.put("logs in with a password", new Row(Action.SIGN_IN_START, Credential.password(), OLD, false));
        Credential password =
                Credential.builder(CredentialKind.PASSWORD).passwordChecked().build();
        Credential token = Credential.apiToken().build();
        rows.put("uploads with a password, no 2FA", new Row(Action.PUBLISH_RELEASE, password, OLD, false));
        rows.put("uploads with a password, 2FA", new Row(Action.PUBLISH_RELEASE, password, OLD, true));
        rows.put("uploads with a token, no 2FA", new Row(Action.PUBLISH_RELEASE, token, OLD, false));
        rows.put(
                "uploads with a token, no 2FA, account of 2023-08-10",
                new Row(Action.PUBLISH_RELEASE, token, NEW, false));
        rows.put("uploads with a token, 2FA", new Row(Action.PUBLISH_RELEASE, token, OLD, true));
        rows.put(
                "a trusted publisher uploads",
                new Row(Action.PUBLISH_RELEASE, Credential.trustedPublisher(), OLD, false));
        rows.put("changes a project, no 2FA", new Row(Action.PROJECT_SETTINGS, Credential.session(), OLD, false));
        rows.put(
                "changes a project, no 2FA, account of 2023-08-10",
                new Row(Action.PROJECT_SETTINGS, Credential.session(), NEW, false));
        rows.put("changes a project, 2FA", new Row(Action.PROJECT_SETTINGS, Credential.session(), OLD, true));
        rows.put("makes a token, no 2FA", new Row(Action.TOKEN_CREATE, Credential.session(), OLD, false));
        rows.put("sets up a factor, no 2FA", new Row(Action.FACTOR_ENROL, Credential.session(), OLD, false));
        rows.put("changes a project with a token, 2FA", new Row(Action.PROJECT_SETTINGS, token, OLD, true));
        return rows;
    }

    private record Row(Action action, Credential credential, Instant registered, boolean twoFactor) {
        AccessRequest request(Instant now) {
            AccessRequest.Builder request = AccessRequest.of(action, credential)
                    .session(SESSION)
                    .project(ThingValues.builder("p1", "sampleproject")
                            .flags(Set.of())
                            .build());
            if (!credential.isWithoutAccount() && !credential.isUnproven()) {
                request.account(AccountValues.builder("42", "alice")
                        .registered(registered)
                        .emailVerified(true)
                        .recoveryCodesSaved(true)
                        .enrolled(twoFactor ? EnrolledFactors.of(FactorKind.TOTP) : EnrolledFactors.none())
                        .build());
            }
            if (credential.kind() == CredentialKind.SESSION) {
                request.evidence(Evidence.asserted("42", FactorKind.PASSWORD, now.minusSeconds(5), SESSION, "host"));
                if (twoFactor) {
                    request.evidence(Evidence.asserted("42", FactorKind.TOTP, now.minusSeconds(5), SESSION, "host"));
                }
            }
            return request.build();
        }
    }
}

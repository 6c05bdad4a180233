package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.PublisherMatch.Matched;
import dev.gatehouse.publisher.PublisherMatch.Mismatch;
import dev.gatehouse.publisher.PublisherMatch.Unmatched;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares claims with a publisher by a table: the issuer first, then every rule, so that all that is wrong is told.
 *
 * @param table the table
 * @param issuer the issuer of the table
 * @param renames whether the table accepts what was renamed
 */
record TableMatch(PublisherProvider table, Template issuer, boolean renames) {

    PublisherMatch match(PublisherSettings settings, Map<String, String> pins, IdentityClaims claims) {
        if (!settings.provider().equals(table.id())) {
            return refused(
                    PublisherMismatch.OTHER_PROVIDER,
                    "provider",
                    "the publisher is of " + ClaimText.of(settings.provider()) + ", not of " + table.id());
        }
        Optional<PublisherMatch> otherIssuer = otherIssuer(settings, claims);
        if (otherIssuer.isPresent()) {
            return otherIssuer.get();
        }
        Matching matching = new Matching(settings, pins, claims);
        settings.values().keySet().forEach(name -> knownSetting(matching, name));
        pins.keySet().forEach(claim -> knownPin(matching, claim));
        table.rules().forEach(rule -> rule.check(matching));
        if (!matching.mismatches().isEmpty()) {
            return new Unmatched(matching.mismatches());
        }
        return matching.renames().isEmpty() ? matched(matching, settings) : renamed(matching, settings);
    }

    /** What is wrong with the claims whoever the publisher is. */
    Optional<Mismatch> unfit(IdentityClaims claims) {
        Matching matching = new Matching(PublisherSettings.of(table.id(), "-", Map.of()), Map.of(), claims);
        table.rules().forEach(rule -> rule.checkForAnyone(matching));
        return matching.mismatches().stream().findFirst();
    }

    private Optional<PublisherMatch> otherIssuer(PublisherSettings settings, IdentityClaims claims) {
        String expected = table.ownIssuers() ? settings.issuer() : issuer.fill(new SettingsValues(settings));
        if (expected == null || !expected.equals(settings.issuer())) {
            return Optional.of(refused(
                    PublisherMismatch.OTHER_ISSUER,
                    "iss",
                    "the publisher's issuer " + ClaimText.of(settings.issuer()) + " is not that of " + table.id()));
        }
        String actual = claims.text("iss").orElse(null);
        if (actual == null) {
            return Optional.of(refused(PublisherMismatch.MISSING_CLAIM, "iss", "Missing claim 'iss'"));
        }
        if (!actual.equals(expected)) {
            return Optional.of(refused(
                    PublisherMismatch.OTHER_ISSUER,
                    "iss",
                    "JWT issuer " + ClaimText.of(actual) + " does not match expected issuer "
                            + ClaimText.of(expected)));
        }
        return Optional.empty();
    }

    private static PublisherMatch refused(PublisherMismatch code, String claim, String text) {
        return new Unmatched(
                List.of(new Mismatch(code, claim, text, "Check failed for required claim '" + claim + "'")));
    }

    /** A constraint that the table does not know, or that says nothing on its own, is one that it cannot hold. */
    private void knownSetting(Matching matching, String name) {
        Optional<PublisherSetting> known = table.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst();
        if (known.isEmpty()) {
            unverifiable(matching, name, "the table of " + table.id() + " has no setting '" + name + "'");
        }
        known.flatMap(PublisherSetting::needs)
                .filter(other -> matching.setting(other) == null)
                .ifPresent(other -> unverifiable(matching, name, "'" + name + "' without '" + other + "'"));
    }

    private void knownPin(Matching matching, String claim) {
        if (!table.pinned().contains(claim)) {
            unverifiable(matching, claim, "the table of " + table.id() + " does not pin " + ClaimText.of(claim));
        }
    }

    private static void unverifiable(Matching matching, String name, String text) {
        matching.said(name, PublisherMismatch.UNVERIFIABLE, text, "No required verifiable claims");
    }

    private PublisherMatch matched(Matching matching, PublisherSettings settings) {
        return new Matched(
                matching.pinsNow(), TableTexts.specificity(table.settings(), settings), Optional.empty(), settings);
    }

    private PublisherMatch renamed(Matching matching, PublisherSettings settings) {
        String text = "renamed since it was registered, its id is the same: " + String.join("; ", matching.renames());
        String claim = matching.renamedClaim();
        if (!renames || settings.value(RunSettings.RENAMES).isPresent()) {
            String outside = "Check failed for required claim '" + claim + "'";
            return new Unmatched(List.of(
                    new Mismatch(PublisherMismatch.RENAMED, claim, outside + ": " + text, outside + ": renamed")));
        }
        PublisherSettings now =
                PublisherSettings.of(settings.provider(), settings.issuer(), bounded(matching, settings));
        return new Matched(
                matching.pinsNow(), TableTexts.specificity(table.settings(), settings), Optional.of(text), now);
    }

    /** The names of today, or the registered ones if one of them could not be kept. */
    private static Map<String, String> bounded(Matching matching, PublisherSettings settings) {
        boolean keeps = matching.settingsNow().values().stream()
                .allMatch(value -> value.length() <= PublisherSettings.MAX_VALUE && value.indexOf('\0') < 0);
        return keeps ? matching.settingsNow() : settings.values();
    }
}

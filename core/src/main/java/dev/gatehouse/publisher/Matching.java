package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.PublisherMatch.Mismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One comparison of claims with a publisher, rule by rule; lives as long as the comparison. */
final class Matching implements Template.Values {
    /** Longest claim that is compared, in UTF-16 units. A workflow, its repository and its ref have room in a quarter of it. */
    static final int MAX_CLAIM = 4_096;

    private final PublisherSettings settings;
    private final Map<String, String> pins;
    private final IdentityClaims claims;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final SortedMap<String, String> pinsNow;
    private final SortedMap<String, String> settingsNow;
    private final List<String> renames = new ArrayList<>();
    private String renamedClaim = "";

    Matching(PublisherSettings settings, Map<String, String> pins, IdentityClaims claims) {
        this.settings = settings;
        this.pins = pins;
        this.claims = claims;
        this.pinsNow = new TreeMap<>(pins);
        this.settingsNow = new TreeMap<>(settings.values());
    }

    IdentityClaims claims() {
        return claims;
    }

    List<Mismatch> mismatches() {
        return mismatches;
    }

    SortedMap<String, String> pinsNow() {
        return pinsNow;
    }

    SortedMap<String, String> settingsNow() {
        return settingsNow;
    }

    List<String> renames() {
        return renames;
    }

    /** The first claim in which something was renamed. */
    String renamedClaim() {
        return renamedClaim;
    }

    @Override
    public String issuer() {
        return settings.issuer();
    }

    @Override
    public @Nullable String setting(String name) {
        return settings.values().get(name);
    }

    /** A claim that is a text and not over the limit of length. */
    @Override
    public @Nullable String claim(String name) {
        String text = claims.text(name).orElse(null);
        return text == null || text.length() > MAX_CLAIM ? null : text;
    }

    @Override
    public @Nullable String pin(String name) {
        return pins.get(name);
    }

    /** Whether the id behind a name is pinned and the claim says the same. */
    boolean isPinned(String idClaim) {
        String pin = pins.get(idClaim);
        return pin != null && pin.equals(claim(idClaim));
    }

    /** Keeps an id that was seen. */
    void pinNow(String idClaim, String id) {
        pinsNow.put(idClaim, id);
    }

    /** Whether a claim before has said that what a setting names has another name today. */
    boolean isRenamed(String setting) {
        return !String.valueOf(settings.values().get(setting)).equals(settingsNow.get(setting));
    }

    /** Notes that what a setting names has another name today; false if another claim says yet another. */
    boolean renamed(String claim, String setting, String now) {
        String registered = String.valueOf(settings.values().get(setting));
        String before = String.valueOf(settingsNow.put(setting, Fold.lower(now)));
        if (before.equals(Fold.lower(now))) {
            return true;
        }
        if (renames.isEmpty()) {
            renamedClaim = claim;
        }
        renames.add(setting + " " + ClaimText.of(registered) + " is now " + ClaimText.of(now));
        return before.equals(registered);
    }

    /** The claim as a text to compare; null, and a mismatch, if it is none or too long. */
    @Nullable
    String comparable(ClaimRule rule) {
        String value = claim(rule.claim());
        if (value == null) {
            boolean tooLong = claims.text(rule.claim()).isPresent();
            String what = tooLong ? "over " + MAX_CLAIM + " characters" : claims.kind(rule.claim());
            fail(rule, PublisherMismatch.MALFORMED_CLAIM, "it is " + what);
        }
        return value;
    }

    /** What the rule expects; null, and a mismatch, if the publisher's settings do not say. */
    @Nullable
    String expected(ClaimRule rule, Template template) {
        String value = template.fill(this);
        if (value == null) {
            fail(rule, PublisherMismatch.UNVERIFIABLE, "nothing to compare with: " + template);
        }
        return value;
    }

    /** A claim that has to be there is not. */
    void missing(String claim) {
        String text = "Missing claim '" + claim + "'";
        said(claim, PublisherMismatch.MISSING_CLAIM, text, text);
    }

    void different(ClaimRule rule, String expected, String actual) {
        fail(
                rule,
                PublisherMismatch.OTHER_VALUE,
                "expected " + ClaimText.of(expected) + ", got " + ClaimText.of(actual));
    }

    /** A mismatch with PyPI's words and what is to be said besides. */
    void fail(ClaimRule rule, PublisherMismatch code, String detail) {
        boolean optional = rule.need() == ClaimRule.Need.OPTIONAL;
        String words = "Check failed for " + (optional ? "optional" : "required") + " claim '" + rule.claim() + "'";
        boolean unmet = optional && code == PublisherMismatch.OTHER_VALUE;
        said(rule.claim(), unmet ? PublisherMismatch.CONSTRAINT : code, words + ": " + detail, words);
    }

    void said(String claim, PublisherMismatch code, String text, String outside) {
        mismatches.add(new Mismatch(code, claim, text, outside));
    }
}

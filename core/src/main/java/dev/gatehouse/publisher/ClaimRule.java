package dev.gatehouse.publisher;

import java.util.Objects;
import java.util.SortedSet;

/**
 * One row of a provider's table: a claim, whether it has to be there, how it is compared with what, and whether it pins.
 *
 * <p>A claim that a table requires has to be there and not null. An optional one is compared only where the publisher's owner has
 * filled in the setting; then it has to be there too. What a row compares with is a template, in which
 * <code>{owner}</code> is a setting, <code>{claim.repository}</code> another claim, and <code>{host}</code> the issuer without its
 * scheme. Comparison is typed: a claim that is no text never equals one. Work is linear in the length of the claim, and a claim of
 * more than 4,096 characters is refused unread. Immutable and thread-safe.
 */
public final class ClaimRule {
    /** Whether a claim has to be there. */
    public enum Need {
        /** It has to be there and to hold. */
        REQUIRED,
        /** It has to hold where the owner has set what it is compared with. */
        OPTIONAL,
        /** Known, and not looked at. */
        IGNORED
    }

    /** How a claim is compared. */
    public enum Comparison {
        /** To the letter. */
        EXACT,
        /** Without case, independent of any locale. */
        IGNORING_CASE,
        /** It begins with whole parts of it. */
        PREFIX,
        /** It names a workflow's file, and the ref that other claims name. */
        WORKFLOW_FILE,
        /** It is the id that was pinned before; the first one seen is pinned. */
        PINNED_ID,
        /** It is the JSON value true, or false. */
        FLAG,
        /** It is among these words, or not among those. */
        WORDS,
        /** It is a ref of this kind, with a name that fits a pattern. */
        REF,
        /** It is an array that holds it. */
        ELEMENT,
        /** It is there. */
        PRESENT,
        /** Not at all. */
        NONE
    }

    private final String claim;
    private final Need need;
    private final Comparison comparison;
    private final ClaimCheck check;

    ClaimRule(String claim, Need need, Comparison comparison, ClaimCheck check) {
        if (claim.isEmpty()) {
            throw new IllegalArgumentException("claim: empty");
        }
        this.claim = claim;
        this.need = need;
        this.comparison = comparison;
        this.check = Objects.requireNonNull(check, "check");
    }

    /** The claim is this, to the letter; an empty one is nothing. */
    public static ClaimRule equal(String claim, String template) {
        return new ClaimRule(
                claim, Need.REQUIRED, Comparison.EXACT, new ClaimCheck.Equal(Template.of(template), false));
    }

    /** The claim is this, without case; an empty one is nothing. */
    public static ClaimRule equalIgnoringCase(String claim, String template) {
        return new ClaimRule(
                claim, Need.REQUIRED, Comparison.IGNORING_CASE, new ClaimCheck.Equal(Template.of(template), true));
    }

    /**
     * The claim is the name that a setting holds, without case; where it is another, but the id behind it is the pinned one, it was
     * renamed.
     *
     * @param idClaim the claim with the immutable id behind the name
     */
    public static ClaimRule name(String claim, String setting, String idClaim) {
        return new ClaimRule(
                claim, Need.REQUIRED, Comparison.IGNORING_CASE, ClaimCheck.Name.of(setting, idClaim, null, null));
    }

    /**
     * The claim is a path, without case: the part before the last slash is one setting, the part behind it another; each can be
     * renamed on its own.
     *
     * @param parentId the claim with the immutable id of the first part
     * @param childId the claim with the immutable id of the second part
     */
    public static ClaimRule path(String claim, String parent, String parentId, String child, String childId) {
        return new ClaimRule(
                claim,
                Need.REQUIRED,
                Comparison.IGNORING_CASE,
                ClaimCheck.Name.of(parent, parentId, Objects.requireNonNull(child, "child"), childId));
    }

    /** The claim is this, or begins with this and the separator. */
    public static ClaimRule prefix(String claim, String template, char separator) {
        return new ClaimRule(
                claim,
                Need.REQUIRED,
                Comparison.PREFIX,
                new ClaimCheck.Prefix(Template.of(template), separator, false));
    }

    /** The claim is this, or begins with this and the separator, without case. */
    public static ClaimRule prefixIgnoringCase(String claim, String template, char separator) {
        return new ClaimRule(
                claim, Need.REQUIRED, Comparison.PREFIX, new ClaimCheck.Prefix(Template.of(template), separator, true));
    }

    /**
     * The claim is {@code PLACE FILE@REF}: the place without case, the file to the letter, and the ref as one of two other claims
     * says. The whole is compared at once, so that no name of a branch can pass for one of a file.
     *
     * @param place what stands before the file
     * @param file the setting that holds the file
     * @param ref the claim with the ref
     * @param sha the claim with the commit
     * @param both whether both claims have to say something, as on GitLab, or one
     */
    public static ClaimRule workflow(String claim, String place, String file, String ref, String sha, boolean both) {
        return new ClaimRule(
                claim,
                Need.REQUIRED,
                Comparison.WORKFLOW_FILE,
                new WorkflowCheck(Template.of(place), Template.of("{" + file + "}"), ref, sha, both));
    }

    /** The claim is the immutable id that was pinned before; where none was, this one is. */
    public static ClaimRule pin(String claim) {
        return new ClaimRule(claim, Need.REQUIRED, Comparison.PINNED_ID, new ClaimCheck.Pin());
    }

    /** The claim is the JSON value true, or false; never a text. */
    public static ClaimRule flag(String claim, boolean expected) {
        return new ClaimRule(claim, Need.REQUIRED, Comparison.FLAG, new ClaimCheck.Flag(expected));
    }

    /** The claim is an array of texts that holds this one. */
    public static ClaimRule element(String claim, String template) {
        return new ClaimRule(claim, Need.REQUIRED, Comparison.ELEMENT, new ClaimCheck.Element(Template.of(template)));
    }

    /** The claim is there and not null; it may be empty. */
    public static ClaimRule present(String claim) {
        return new ClaimRule(claim, Need.REQUIRED, Comparison.PRESENT, new ClaimCheck.Nothing());
    }

    /** The claim is known and not looked at. */
    public static ClaimRule ignored(String claim) {
        return new ClaimRule(claim, Need.IGNORED, Comparison.NONE, new ClaimCheck.Nothing());
    }

    /** This rule, where the owner has set what it compares with; a pin, where the claim is there or was pinned. */
    public ClaimRule optional() {
        return new ClaimRule(claim, Need.OPTIONAL, comparison, check);
    }

    /** The claim's name. */
    public String claim() {
        return claim;
    }

    /** Whether it has to be there. */
    public Need need() {
        return need;
    }

    /** How it is compared. */
    public Comparison comparison() {
        return comparison;
    }

    /** Whether the first value seen is kept with the publisher. */
    public boolean pins() {
        return comparison == Comparison.PINNED_ID;
    }

    /** Whether what it names can have another name today. */
    boolean renames() {
        return check instanceof ClaimCheck.Name;
    }

    /** The settings it is compared with. */
    public SortedSet<String> settings() {
        return check.settings();
    }

    /** Compares; whatever does not fit is told. */
    void check(Matching matching) {
        if (need == Need.IGNORED || (need == Need.OPTIONAL && !check.applies(matching, this))) {
            return;
        }
        if (matching.claims().has(claim)) {
            check.check(matching, this);
        } else if (need == Need.REQUIRED || pins()) {
            matching.missing(claim);
        } else {
            matching.fail(this, PublisherMismatch.OTHER_VALUE, "it is missing");
        }
    }

    /** Compares as far as it is the same for every publisher: a claim that is required is there, a dangerous trigger is none. */
    void checkForAnyone(Matching matching) {
        if (need == Need.REQUIRED && !matching.claims().has(claim)) {
            matching.missing(claim);
        } else if (need == Need.REQUIRED && check instanceof ClaimCheck.Never) {
            check.check(matching, this);
        }
    }

    @Override
    public String toString() {
        return "ClaimRule[" + claim + ", " + need + ", " + comparison + ", " + settings() + "]";
    }
}

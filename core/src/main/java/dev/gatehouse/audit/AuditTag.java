package dev.gatehouse.audit;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The kind of an {@link AuditEvent}, in the words of PyPI where PyPI has one.
 *
 * <p>Lower-case words joined by colons, 96 characters at most, such as {@code account:two_factor:method_added}. A host may make
 * its own; what PyPI has no word for begins with {@code gatehouse:}. The texts are stable. Immutable and thread-safe.
 *
 * @param text the tag as it is stored and logged
 */
public record AuditTag(String text) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]+(:[a-z0-9_-]+)*");
    private static final int MAX_LENGTH = 96;

    public static final AuditTag LOGIN_SUCCESS = new AuditTag("account:login:success");
    public static final AuditTag LOGIN_FAILURE = new AuditTag("account:login:failure");
    public static final AuditTag LOGIN_NEW_DEVICE = new AuditTag("account:login:new_device");
    public static final AuditTag REAUTHENTICATION_FAILURE = new AuditTag("account:reauthenticate:failure");
    public static final AuditTag FACTOR_ADDED = new AuditTag("account:two_factor:method_added");
    public static final AuditTag FACTOR_REMOVED = new AuditTag("account:two_factor:method_removed");
    public static final AuditTag DEVICE_REMEMBERED = new AuditTag("account:two_factor:device_remembered");
    public static final AuditTag RECOVERY_CODES_GENERATED = new AuditTag("account:recovery_codes:generated");
    public static final AuditTag RECOVERY_CODES_REGENERATED = new AuditTag("account:recovery_codes:regenerated");
    public static final AuditTag RECOVERY_CODE_USED = new AuditTag("account:recovery_codes:used");
    public static final AuditTag TOKEN_ADDED = new AuditTag("account:api_token:added");
    public static final AuditTag TOKEN_REMOVED = new AuditTag("account:api_token:removed");
    public static final AuditTag TOKEN_REMOVED_LEAK = new AuditTag("account:api_token:removed_leak");
    public static final AuditTag PROJECT_TOKEN_ADDED = new AuditTag("project:api_token:added");
    public static final AuditTag PROJECT_TOKEN_REMOVED = new AuditTag("project:api_token:removed");

    /** A publisher was linked to a project; the subject is the project's id. */
    public static final AuditTag PUBLISHER_ADDED = new AuditTag("project:oidc:publisher-added");

    /** A publisher was unlinked from a project; the subject is the project's id. */
    public static final AuditTag PUBLISHER_REMOVED = new AuditTag("project:oidc:publisher-removed");

    public static final AuditTag PENDING_PUBLISHER_ADDED = new AuditTag("account:oidc:pending-publisher-added");

    /** A pending publisher is gone; the attribute {@code why} says why. */
    public static final AuditTag PENDING_PUBLISHER_REMOVED = new AuditTag("account:oidc:pending-publisher-removed");

    public static final AuditTag ORGANIZATION_PENDING_PUBLISHER_ADDED =
            new AuditTag("organization:oidc:pending-publisher-added");
    public static final AuditTag ORGANIZATION_PENDING_PUBLISHER_REMOVED =
            new AuditTag("organization:oidc:pending-publisher-removed");

    /** A run of a trusted publisher got a token; the subject is a project's id, one event for each project. */
    public static final AuditTag SHORT_LIVED_TOKEN_ADDED = new AuditTag("account:short_lived_api_token:added");

    /** A publisher has been seen for the first time, or was merged with one that is the same; its pins changed. */
    public static final AuditTag PUBLISHER_PINNED = new AuditTag("gatehouse:publisher:pinned");

    /** A pending publisher will expire soon: its registrant is to be told. */
    public static final AuditTag PENDING_PUBLISHER_EXPIRING = new AuditTag("gatehouse:publisher:pending_expiring");

    /** A run got no token. */
    public static final AuditTag EXCHANGE_REFUSED = new AuditTag("gatehouse:publisher:exchange_refused");

    /** Tokens that were dead for long were deleted. */
    public static final AuditTag TOKENS_PURGED = new AuditTag("gatehouse:api_token:purged");

    /** All recovery codes of an account were removed, and none took their place. */
    public static final AuditTag RECOVERY_CODES_REMOVED = new AuditTag("gatehouse:recovery_codes:removed");

    /** A factor was used for the first time or its state changed in another way than being added or removed. */
    public static final AuditTag FACTOR_CHANGED = new AuditTag("gatehouse:two_factor:changed");

    /** Sessions of an account were ended, all of them or all but one. */
    public static final AuditTag SESSIONS_ENDED = new AuditTag("gatehouse:session:ended");

    /** An account was recovered, so that whoever had it before has lost their sessions, devices and tokens. */
    public static final AuditTag ACCOUNT_RECOVERED = new AuditTag("gatehouse:account:recovered");

    /** A signature counter did not go up: perhaps somebody has a copy of the key. */
    public static final AuditTag COUNTER_REGRESSED = new AuditTag("gatehouse:two_factor:counter_regressed");

    /** A known device was forgotten by its owner, or all of them. */
    public static final AuditTag DEVICE_FORGOTTEN = new AuditTag("gatehouse:two_factor:device_forgotten");

    /** A kind of factor failed so often one after the other that it is suspended: the owner is to be told. */
    public static final AuditTag FACTOR_SUSPENDED = new AuditTag("gatehouse:two_factor:suspended");

    /** Suspended factors are open again, because another was proven or the account was recovered. */
    public static final AuditTag FACTOR_REOPENED = new AuditTag("gatehouse:two_factor:reopened");

    /** A token was restricted, suspended or changed in another way than being added or removed. */
    public static final AuditTag TOKEN_CHANGED = new AuditTag("gatehouse:api_token:changed");

    /** A report of leaked tokens was genuine, and its records have been dealt with. */
    public static final AuditTag LEAK_REPORT_ACCEPTED = new AuditTag("gatehouse:leak_report:accepted");

    /** A report of leaked tokens was refused as a whole. */
    public static final AuditTag LEAK_REPORT_REFUSED = new AuditTag("gatehouse:leak_report:refused");

    /** A request was refused by the policy. */
    public static final AuditTag DECISION_REFUSED = new AuditTag("gatehouse:decision:refused");

    /** A requirement in its report phase would have refused a request. */
    public static final AuditTag DECISION_OBSERVED = new AuditTag("gatehouse:decision:observed");

    /** A waiver let a request through that its requirement would have refused. */
    public static final AuditTag DECISION_WAIVED = new AuditTag("gatehouse:decision:waived");

    public static final AuditTag WAIVER_GIVEN = new AuditTag("gatehouse:waiver:given");
    public static final AuditTag WAIVER_ENDED = new AuditTag("gatehouse:waiver:ended");

    /** The waivers could not be read, so that none is in force. */
    public static final AuditTag WAIVERS_UNAVAILABLE = new AuditTag("gatehouse:waiver:unavailable");

    /** The switches could not be read, so that they stay as they were. */
    public static final AuditTag SWITCHES_UNAVAILABLE = new AuditTag("gatehouse:switch:unavailable");

    public static final AuditTag SWITCH_ON = new AuditTag("gatehouse:switch:on");
    public static final AuditTag SWITCH_OFF = new AuditTag("gatehouse:switch:off");

    /** A policy was put in force. */
    public static final AuditTag POLICY_LOADED = new AuditTag("gatehouse:policy:loaded");

    /** A policy was put in force that is looser than the one before. */
    public static final AuditTag POLICY_LOOSENED = new AuditTag("gatehouse:policy:loosened");

    public static final AuditTag KEY_ADDED = new AuditTag("gatehouse:key:added");
    /** Rows of a store were sealed anew with another key. */
    public static final AuditTag KEY_RESEALED = new AuditTag("gatehouse:key:resealed");

    public static final AuditTag KEY_RETIRED = new AuditTag("gatehouse:key:retired");

    /** A space of the short-lived state is full, and its operations are refused. */
    public static final AuditTag STATE_FULL = new AuditTag("gatehouse:state:full");

    /** The clock went back further than the store can answer for. */
    public static final AuditTag CLOCK_BACK = new AuditTag("gatehouse:clock:back");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is not words of {@code a-z 0-9 _ -} joined by colons, or too long
     */
    public AuditTag {
        if (Objects.requireNonNull(text, "text").length() > MAX_LENGTH
                || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "text: not words joined by colons, or over " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}

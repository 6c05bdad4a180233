package dev.gatehouse.webauthn;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.internal.Base64Url;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Registers security keys and passkeys, and removes them: {@link #begin} gives the options that the browser is asked with, {@link
 * #confirm} verifies its answer and stores the credential.
 *
 * <p>Whether the account may do so (a fresh proof, a verified address, the last factor) is the policy's to decide before each
 * call; the version of the account that the decision rested on goes into the write. Every change is written together with its
 * audit event, to which the host adds who and from where.
 *
 * <p>Challenges are good once, for {@link RelyingParty#CHALLENGE_LIFETIME}, in the session and for the account that they were made
 * for. Several pages of one session may each have begun; they do not disturb each other, save that the account's version is
 * another once one of them is done.
 *
 * <p>Immutable and thread-safe.
 */
public final class WebAuthnRegistration {
    /** Size of a new user handle in bytes. */
    public static final int USER_HANDLE_BYTES = 32;

    /** Longest name that is passed on in UTF-16 units; authenticators may cut names at 64 bytes. */
    public static final int MAX_NAME = 200;

    private static final String METHOD = "webauthn";
    private static final String MEMO = "r1|";

    private final WebAuthnCeremonies setup;

    WebAuthnRegistration(WebAuthnCeremonies setup) {
        this.setup = setup;
    }

    /**
     * Begins a registration.
     *
     * <p>The account is known to authenticators by a random handle, never by its id; all its credentials have the same. Those that
     * it has are excluded, so that one authenticator is not registered twice.
     *
     * @param account the host's immutable id of the account
     * @param session the session that will bring the answer
     * @param name the account as its user knows it, such as a user name or an address; kept and shown by authenticators
     * @param displayName a friendlier name, possibly the same
     * @return the options; {@code TOO_MANY} if the account has as many credentials as it may have
     * @throws IllegalArgumentException if a name is blank, longer than {@value #MAX_NAME} characters, not well-formed Unicode or
     *     holds control characters
     */
    public CeremonyStart begin(String account, Carrier session, String name, String displayName) {
        Labels.checkName(name, "name", MAX_NAME);
        Labels.checkName(displayName, "displayName", MAX_NAME);
        Optional<List<WebAuthnCredential>> stored = StoredKeys.of(setup.repository(), account);
        if (stored.isEmpty()) {
            return new CeremonyStart.Refused(WebAuthnRejection.STORE_UNTRUSTED);
        }
        List<WebAuthnCredential> present = stored.get();
        if (present.size() >= WebAuthnRepository.MAX_CREDENTIALS) {
            return new CeremonyStart.Refused(WebAuthnRejection.TOO_MANY);
        }
        String handle = present.isEmpty() ? freshHandle() : present.get(0).userHandle();
        return setup.challenges()
                .start(
                        binding(account, session),
                        MEMO + handle,
                        setup.clock().instant(),
                        challenge -> CeremonyOptions.creation(
                                setup.relyingParty(),
                                challenge,
                                new CeremonyOptions.User(handle, name, displayName),
                                present,
                                setup.residentKey()));
    }

    private String freshHandle() {
        byte[] handle = new byte[USER_HANDLE_BYTES];
        setup.random().nextBytes(handle);
        return Base64Url.encode(handle);
    }

    private static Challenges.Binding binding(String account, Carrier session) {
        return new Challenges.Binding(Challenges.Ceremony.REGISTRATION, session, account);
    }

    /**
     * Stores a new credential, if the answer is right. Its challenge is used up before anything of the answer is verified; a label
     * that cannot be leaves it alone, so that the same answer may come again with another one.
     *
     * @param response the account, the session, and the browser's {@code toJSON()} of the credential
     * @param label the name that its owner gives it, 1 to {@link WebAuthnCredential#MAX_LABEL} characters; blanks around it do not
     *     count
     * @param version the account's version, read before the facts that the decision rested on
     * @param origin adds actor and address to the audit event
     */
    public RegistrationResult confirm(
            FactorResponse response, String label, long version, UnaryOperator<AuditEvent.Builder> origin) {
        String account = response.account();
        String name = label.strip();
        Optional<WebAuthnRejection> fault = Labels.faultOf(name);
        if (fault.isPresent()) {
            return not(fault.get());
        }
        Optional<List<WebAuthnCredential>> stored = StoredKeys.of(setup.repository(), account);
        if (stored.isEmpty()) {
            return not(WebAuthnRejection.STORE_UNTRUSTED);
        }
        List<WebAuthnCredential> present = stored.get();
        if (present.stream().anyMatch(each -> each.label().equals(name))) {
            return not(WebAuthnRejection.LABEL_IN_USE);
        }
        Optional<Challenge> claimed = ClientDataChallenge.ofRegistration(response.text());
        if (claimed.isEmpty()) {
            return not(WebAuthnRejection.MALFORMED);
        }
        Instant now = setup.clock().instant();
        Optional<String> memo = setup.challenges().take(binding(account, response.carrier()), claimed.get(), now);
        if (memo.isEmpty()) {
            return not(WebAuthnRejection.CHALLENGE_EXPIRED);
        }
        if (!memo.get().startsWith(MEMO)) {
            return not(WebAuthnRejection.STORE_UNTRUSTED);
        }
        String handle = memo.get().substring(MEMO.length());
        return setup.verifier()
                .verifyRegistration(RegistrationExpectation.of(claimed.get(), now), response.text())
                .fold(
                        registered -> store(
                                response,
                                WebAuthnCredential.of(account, handle, registered.credential(), now)
                                        .withLabel(name),
                                version,
                                now,
                                origin),
                        refused -> not(refused.reason()));
    }

    private RegistrationResult store(
            FactorResponse response,
            WebAuthnCredential credential,
            long version,
            Instant now,
            UnaryOperator<AuditEvent.Builder> origin) {
        AuditEvent added = event(AuditTag.FACTOR_ADDED, credential, now, origin);
        WebAuthnRepository.Addition addition = setup.repository().add(credential, version, added);
        if (addition == null) {
            return not(WebAuthnRejection.STORE_UNTRUSTED);
        }
        return switch (addition) {
            case ADDED ->
                new RegistrationResult.Enrolled(
                        credential,
                        Evidence.asserted(
                                credential.account(),
                                credential.factor(),
                                now,
                                response.carrier(),
                                WebAuthnAuthentication.VERIFIER));
            case CONFLICT -> not(WebAuthnRejection.CONFLICT);
            case ID_IN_USE -> not(WebAuthnRejection.DUPLICATE);
            case TOO_MANY -> not(WebAuthnRejection.TOO_MANY);
            case LABEL_IN_USE -> not(WebAuthnRejection.LABEL_IN_USE);
        };
    }

    /**
     * Removes a credential, if the account still has this version.
     *
     * @param version the account's version, read before the facts that the decision rested on
     * @throws IllegalStateException if the store answers with what cannot be
     */
    public WebAuthnRepository.Removal remove(
            String account, String id, long version, UnaryOperator<AuditEvent.Builder> origin) {
        Optional<WebAuthnCredential> present = find(account, id);
        return present.isEmpty()
                ? WebAuthnRepository.Removal.NOT_FOUND
                : setup.repository()
                        .remove(
                                account,
                                id,
                                version,
                                event(
                                        AuditTag.FACTOR_REMOVED,
                                        present.get(),
                                        setup.clock().instant(),
                                        origin));
    }

    /**
     * Gives a credential another label.
     *
     * @param label as {@link #confirm} takes it
     * @throws IllegalArgumentException if the label is missing, too long, or holds what no label may hold
     * @throws IllegalStateException if the store answers with what cannot be
     */
    public WebAuthnRepository.Relabelling relabel(
            String account, String id, String label, UnaryOperator<AuditEvent.Builder> origin) {
        String name = label.strip();
        if (Labels.faultOf(name).isPresent()) {
            throw new IllegalArgumentException("label: missing, too long, or not text");
        }
        Optional<WebAuthnCredential> present = find(account, id);
        return present.isEmpty()
                ? WebAuthnRepository.Relabelling.NOT_FOUND
                : setup.repository()
                        .relabel(
                                account,
                                id,
                                name,
                                event(
                                        AuditTag.FACTOR_CHANGED,
                                        present.get().withLabel(name),
                                        setup.clock().instant(),
                                        origin));
    }

    private Optional<WebAuthnCredential> find(String account, String id) {
        return StoredKeys.required(setup.repository(), account).stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    private static AuditEvent event(
            AuditTag tag, WebAuthnCredential credential, Instant now, UnaryOperator<AuditEvent.Builder> origin) {
        return origin.apply(AuditEvent.of(tag, now).actor(credential.account()))
                .account(credential.account())
                .subject(credential.id())
                .attribute("method", METHOD)
                .attribute("label", credential.label())
                .build();
    }

    private static RegistrationResult not(WebAuthnRejection reason) {
        return new RegistrationResult.NotEnrolled(reason);
    }
}

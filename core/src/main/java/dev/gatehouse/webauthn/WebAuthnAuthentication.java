package dev.gatehouse.webauthn;

import com.google.common.hash.Hashing;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies assertions of WebAuthn credentials: {@link #begin} and {@link #verify} for a second factor of a known account, {@link
 * #beginPasskey} and {@link #verifyPasskey} where the credential says whose it is.
 *
 * <p>A challenge is good once, for {@link RelyingParty#CHALLENGE_LIFETIME}, in the session and for the ceremony and account that it
 * was made for; it is used up before anything of the answer is verified. Several pages of one session may each have begun and do
 * not disturb each other. An answer counts only if the credential is the account's, now and when the ceremony began. Signature
 * counter, backup state and last use are written by compare-and-set, and only what is written is accepted.
 *
 * <p>Attempt limits are not kept here: they belong before the call, for this verifier as for every other. What the store answers
 * is distrusted. A store that throws, throws from here; nothing is accepted then.
 *
 * <p>Immutable and thread-safe.
 */
public final class WebAuthnAuthentication implements FactorVerifier {
    static final String VERIFIER = "gatehouse.webauthn";

    private static final String MEMO = "a1|";
    private static final String PASSKEY_MEMO = "p1|";

    private final WebAuthnCeremonies setup;

    WebAuthnAuthentication(WebAuthnCeremonies setup) {
        this.setup = setup;
    }

    @Override
    public FactorKind kind() {
        return FactorKind.WEBAUTHN;
    }

    /**
     * Begins an authentication by one of the credentials of an account.
     *
     * @param account the host's immutable id of the account
     * @param session the carrier that the {@link FactorResponse} will have
     * @return the options; {@code NOT_ENROLLED} if the account has no credential
     */
    public CeremonyStart begin(String account, Carrier session) {
        Optional<List<WebAuthnCredential>> stored = StoredKeys.of(setup.repository(), account);
        if (stored.isEmpty()) {
            return new CeremonyStart.Refused(WebAuthnRejection.STORE_UNTRUSTED);
        }
        List<WebAuthnCredential> allowed = stored.get();
        if (allowed.isEmpty()) {
            return new CeremonyStart.Refused(WebAuthnRejection.NOT_ENROLLED);
        }
        String memo = MEMO + allowed.stream().map(each -> hashOf(each.id())).collect(Collectors.joining(","));
        RelyingParty relyingParty = setup.relyingParty();
        return setup.challenges()
                .start(
                        binding(account, session),
                        memo,
                        setup.clock().instant(),
                        challenge -> CeremonyOptions.request(
                                relyingParty, challenge, allowed, relyingParty.userVerification()));
    }

    private static Challenges.Binding binding(String account, Carrier session) {
        return new Challenges.Binding(Challenges.Ceremony.AUTHENTICATION, session, account);
    }

    /** Ids have up to 1,364 characters, which ten times over is more than the state takes. */
    private static String hashOf(String id) {
        return Base64Url.encode(
                Hashing.sha256().hashString(id, StandardCharsets.US_ASCII).asBytes());
    }

    /**
     * Verifies the answer to {@link #begin}.
     *
     * @param response the account, the session, and the browser's {@code toJSON()} of the credential
     * @return {@code Verified} with evidence of the very credential, or {@code Rejected} with a {@link WebAuthnRejection}
     */
    @Override
    public Verification verify(FactorResponse response) {
        return answerTo(response.account(), response.carrier(), response.text())
                .fold(Verification.Verified::new, Verification.Rejected::new);
    }

    private Outcome answerTo(String account, Carrier session, String text) {
        Optional<AssertionResponse> read = AssertionResponse.read(text);
        Optional<Challenge> claimed = read.flatMap(each -> ClientDataChallenge.of(each.clientData()));
        if (read.isEmpty() || claimed.isEmpty()) {
            return Outcome.refused(WebAuthnRejection.MALFORMED);
        }
        Instant now = setup.clock().instant();
        Optional<String> memo = setup.challenges().take(binding(account, session), claimed.get(), now);
        if (memo.isEmpty()) {
            return Outcome.refused(WebAuthnRejection.CHALLENGE_EXPIRED);
        }
        Optional<List<WebAuthnCredential>> stored = StoredKeys.of(setup.repository(), account);
        if (stored.isEmpty() || !memo.get().startsWith(MEMO)) {
            return Outcome.refused(WebAuthnRejection.STORE_UNTRUSTED);
        }
        if (stored.get().isEmpty()) {
            return Outcome.refused(WebAuthnRejection.NOT_ENROLLED);
        }
        String id = read.get().credentialId();
        Optional<WebAuthnCredential> credential =
                stored.get().stream().filter(each -> each.id().equals(id)).findFirst();
        List<String> allowed = Arrays.asList(memo.get().substring(MEMO.length()).split(",", -1));
        if (credential.isEmpty() || !allowed.contains(hashOf(id))) {
            return Outcome.refused(WebAuthnRejection.NOT_ALLOWED);
        }
        return assertion(
                AssertionExpectation.ofIdentifiedUser(claimed.get(), credential.get()), read.get(), session, now);
    }

    /**
     * Begins a login in which the credential says who the user is.
     *
     * <p>Any visitor can begin one. The challenges of these logins have a space of their own in the state, so that a flood of
     * them leaves second factors alone.
     *
     * @param session the visitor's session
     */
    public CeremonyStart beginPasskey(Carrier session) {
        return setup.challenges()
                .start(
                        passkeyOf(session),
                        PASSKEY_MEMO,
                        setup.clock().instant(),
                        challenge -> CeremonyOptions.request(
                                setup.relyingParty(), challenge, List.of(), UserVerification.REQUIRED));
    }

    private static Challenges.Binding passkeyOf(Carrier session) {
        return new Challenges.Binding(Challenges.Ceremony.PASSKEY, session, "");
    }

    /**
     * Verifies the answer to {@link #beginPasskey}.
     *
     * <p>The answer must name the user by the handle that the credential was registered with, and its authenticator must have
     * verified the user, whatever {@link RelyingParty#userVerification} prefers: there is no password beside it.
     *
     * @param session the visitor's session
     * @param responseJson the browser's {@code toJSON()} of the credential
     */
    public PasskeyLogin verifyPasskey(Carrier session, String responseJson) {
        return passkeyOf(session, responseJson)
                .fold(evidence -> new PasskeyLogin.Identified(evidence.account(), evidence), PasskeyLogin.Refused::new);
    }

    private Outcome passkeyOf(Carrier session, String text) {
        Optional<AssertionResponse> read = AssertionResponse.read(text);
        Optional<Challenge> claimed = read.flatMap(each -> ClientDataChallenge.of(each.clientData()));
        if (read.isEmpty() || claimed.isEmpty()) {
            return Outcome.refused(WebAuthnRejection.MALFORMED);
        }
        Instant now = setup.clock().instant();
        Optional<String> memo = setup.challenges().take(passkeyOf(session), claimed.get(), now);
        if (memo.isEmpty()) {
            return Outcome.refused(WebAuthnRejection.CHALLENGE_EXPIRED);
        }
        String id = read.get().credentialId();
        Optional<String> handle = read.get().userHandle();
        if (handle.isEmpty()) {
            return Outcome.refused(WebAuthnRejection.USER_HANDLE);
        }
        Optional<WebAuthnCredential> found = setup.repository().find(id);
        if (!memo.get().equals(PASSKEY_MEMO)
                || found == null
                || found.filter(each -> !each.id().equals(id)).isPresent()) {
            return Outcome.refused(WebAuthnRejection.STORE_UNTRUSTED);
        }
        if (found.isEmpty()) {
            return Outcome.refused(WebAuthnRejection.NOT_ENROLLED);
        }
        if (!found.get().userHandle().equals(handle.get())) {
            return Outcome.refused(WebAuthnRejection.USER_HANDLE);
        }
        return assertion(AssertionExpectation.ofUnknownUser(claimed.get(), found.get()), read.get(), session, now);
    }

    private Outcome assertion(AssertionExpectation expected, AssertionResponse response, Carrier session, Instant now) {
        WebAuthnCredential credential = expected.credential();
        return setup.verifier()
                .verifyAssertion(expected, response)
                .fold(asserted -> use(expected, asserted, session, now), refused -> {
                    if (refused.reason() == WebAuthnRejection.COUNTER_REGRESSED) {
                        reportCounter(credential, "refused", now);
                    }
                    return Outcome.refused(refused.reason());
                });
    }

    /** The assertion is right; whether it still may be used is for the store to say, once. */
    private Outcome use(
            AssertionExpectation expected, AssertionVerification.Asserted asserted, Carrier session, Instant now) {
        WebAuthnCredential credential = expected.credential();
        // A verifier is pluggable. What must never pass is looked at here again.
        if (expected.requiresUserVerification() && !asserted.userVerified()) {
            return Outcome.refused(WebAuthnRejection.USER_NOT_VERIFIED);
        }
        if (asserted.backedUp() && !credential.isBackupEligible()) {
            return Outcome.refused(WebAuthnRejection.BACKUP_FLAGS);
        }
        if (asserted.signCount() < credential.signCount()) {
            return Outcome.refused(WebAuthnRejection.COUNTER_REGRESSED);
        }
        if (asserted.counterRegressed()) {
            reportCounter(credential, "accepted", now);
        }
        WebAuthnRepository.@Nullable Use use = setup.repository()
                .use(
                        credential.account(),
                        credential.id(),
                        credential.signCount(),
                        asserted.signCount(),
                        asserted.backedUp(),
                        now);
        if (use == null) {
            return Outcome.refused(WebAuthnRejection.STORE_UNTRUSTED);
        }
        return switch (use) {
            case USED ->
                Outcome.of(Evidence.asserted(credential.account(), credential.factor(), now, session, VERIFIER));
            case NOT_FOUND -> Outcome.refused(WebAuthnRejection.NOT_ENROLLED);
            case CONFLICT -> Outcome.refused(WebAuthnRejection.CONFLICT);
        };
    }

    private void reportCounter(WebAuthnCredential credential, String outcome, Instant now) {
        setup.events()
                .record(AuditEvent.of(AuditTag.COUNTER_REGRESSED, now)
                        .account(credential.account())
                        .subject(credential.id())
                        .attribute("method", "webauthn")
                        .attribute("label", credential.label())
                        .attribute("stored", Long.toString(credential.signCount()))
                        .attribute("outcome", outcome)
                        .build());
    }

    /** Evidence, or the first cause for which there is none. */
    private record Outcome(
            @Nullable Evidence evidence, @Nullable WebAuthnRejection reason) {
        static Outcome of(Evidence evidence) {
            return new Outcome(evidence, null);
        }

        static Outcome refused(WebAuthnRejection reason) {
            return new Outcome(null, reason);
        }

        <T> T fold(Function<Evidence, T> proven, Function<WebAuthnRejection, T> refused) {
            return evidence != null ? proven.apply(evidence) : refused.apply(Objects.requireNonNull(reason));
        }
    }
}

package dev.gatehouse.webauthn;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.Put;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The challenges that wait to be answered: each bound to a ceremony, a session and an account, good once, for five minutes.
 *
 * <p>The key of one is the hash of all that it is bound to and of itself; an answer says which one it answers, so that several
 * pages of a session do not disturb each other. How many one session can have waiting is bounded by a counter.
 */
final class Challenges {
    /** What a challenge can be made for. */
    enum Ceremony {
        REGISTRATION,
        AUTHENTICATION,
        PASSKEY
    }

    /** Most challenges of one session, account and ceremony within the lifetime of one. */
    static final int MAX_BEGUN = 30;

    static final int CAPACITY = 200_000;

    // What is begun for an account that has shown a password or more, and what any visitor can begin: separate rooms.
    private static final StateSpace WAITING = StateSpace.values("webauthn.challenge", CAPACITY);
    private static final StateSpace BEGUN = StateSpace.counters("webauthn.begun", CAPACITY);
    private static final StateSpace VISITORS_WAITING = StateSpace.values("webauthn.passkey", CAPACITY);
    private static final StateSpace VISITORS_BEGUN = StateSpace.counters("webauthn.passkey-begun", CAPACITY);

    private static final RateWindow WINDOW = new RateWindow(MAX_BEGUN, RelyingParty.CHALLENGE_LIFETIME);

    /** Between the key that a memo is kept under and the memo: a state that gives away another's is found out. */
    private static final String OF = "|";

    private final EphemeralState state;
    private final SecureRandom random;

    Challenges(EphemeralState state, SecureRandom random) {
        this.state = state;
        this.random = random;
    }

    /** Whose challenge it is: the account is empty where the credential is to say it. */
    record Binding(Ceremony ceremony, Carrier carrier, String account) {
        private StateSpace waiting() {
            return ceremony == Ceremony.PASSKEY ? VISITORS_WAITING : WAITING;
        }

        private StateSpace begun() {
            return ceremony == Ceremony.PASSKEY ? VISITORS_BEGUN : BEGUN;
        }

        private Hasher hasher() {
            Hasher hasher = Hashing.sha256().newHasher();
            for (String part : new String[] {ceremony.name(), carrier.kind().name(), carrier.id(), account}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                hasher.putInt(bytes.length).putBytes(bytes);
            }
            return hasher;
        }

        private String key() {
            return Base64Url.encode(hasher().hash().asBytes());
        }

        private String key(Challenge challenge) {
            String text = challenge.text();
            return Base64Url.encode(hasher().putInt(text.length())
                    .putString(text, StandardCharsets.US_ASCII)
                    .hash()
                    .asBytes());
        }
    }

    /**
     * Makes a challenge that can be answered from now on, unless the session has made too many.
     *
     * @param memo what the ceremony wants to know again when the answer comes
     * @param options writes the options of the ceremony with the challenge
     */
    CeremonyStart start(Binding binding, String memo, Instant now, Function<Challenge, String> options) {
        return state.count(binding.begun(), binding.key(), WINDOW, now)
                .fold(within -> begun(binding, memo, now, options), over -> new CeremonyStart.TooOften(over.retryAt()));
    }

    private CeremonyStart begun(Binding binding, String memo, Instant now, Function<Challenge, String> options) {
        Challenge challenge = Challenge.generate(random);
        Instant end = now.plus(RelyingParty.CHALLENGE_LIFETIME);
        String key = binding.key(challenge);
        Put put = state.put(binding.waiting(), key, key + OF + memo, end, now);
        if (put != Put.STORED) {
            // Two of 2^256 are never the same: this is a broken source of randomness, or a store that lies.
            throw new IllegalStateException("state: a fresh challenge is not new");
        }
        return new CeremonyStart.Begun(options.apply(challenge), end);
    }

    /**
     * Uses a challenge up, and gives the memo; empty if it was not made for this, was answered before, or is too old. Of a state that
     * answers with what was kept for another challenge it is a memo that no ceremony has written.
     */
    Optional<String> take(Binding binding, Challenge challenge, Instant now) {
        String key = binding.key(challenge);
        return state.take(binding.waiting(), key, now)
                .map(text -> text.startsWith(key + OF) ? text.substring(key.length() + OF.length()) : "");
    }
}

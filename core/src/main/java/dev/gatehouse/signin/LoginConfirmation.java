package dev.gatehouse.signin;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.PendingLogin.Link;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Lets an owner confirm by mail that a login from an unknown device is theirs.
 *
 * <p>A login whose next step offers {@link FactorKind#EMAIL} goes through {@link #request}, which gives the secret of a link to be
 * mailed to the account's verified address. The link works once, only for this pending login, only in the session in which it was
 * asked for, and until its end: somebody who was phished cannot finish the phisher's login by clicking, and a link that leaks from
 * the mail is worth nothing elsewhere. A new one makes the last one void. The login it belongs to lives on for it, and for nothing
 * else: after {@link SignIn#LIFETIME} no other proof is taken.
 *
 * <p><b>For the host.</b> The page that the link opens only asks, with a form that sends the secret by POST to {@link SignIn#prove} with
 * kind {@code EMAIL} and the ticket of the session. Nothing here is used up by reading, so programs that follow links in mails do no
 * harm: only the POST, in that session, takes the secret. Say in the mail that the link is to be opened in the same browser. {@code
 * account:login:new_device} is recorded at each request.
 *
 * <p>Immutable and thread-safe.
 */
public final class LoginConfirmation {
    private static final StateSpace SPACE = StateSpace.counters("signin.confirmation-mails", 200_000);
    /** As long as the login itself: one that is still there has a link that is still good. */
    private static final Duration MIN_LIFETIME = SignIn.LIFETIME;

    private static final Duration MAX_LIFETIME = Duration.ofHours(6);

    private final SignIn signIn;
    private final EphemeralState state;
    private final Duration lifetime;
    private final RateWindow mails;
    private final SecureRandom random;

    private LoginConfirmation(Builder b) {
        this.signIn = b.signIn;
        this.state = b.state;
        this.lifetime = b.lifetime;
        this.mails = b.mails;
        this.random = b.random;
    }

    /**
     * A builder of confirmations.
     *
     * @param signIn whose logins are confirmed
     * @param state counts mails; shared by all nodes
     */
    public static Builder builder(SignIn signIn, EphemeralState state) {
        return new Builder(signIn, state);
    }

    /** The answer to the wish for a link. */
    public sealed interface Requested {
        /** Applies the function that fits the answer. */
        default <T> T fold(
                Function<? super Mail, ? extends T> mail,
                Function<? super TooMany, ? extends T> tooMany,
                Function<? super Expired, ? extends T> expired) {
            if (this instanceof Mail m) {
                return mail.apply(m);
            }
            return this instanceof TooMany t ? tooMany.apply(t) : expired.apply((Expired) this);
        }
    }

    /**
     * A mail is to be sent.
     *
     * @param secret goes into the link, and nowhere else
     * @param next the login as it goes on; its end is that of the link
     */
    public record Mail(String secret, PendingStep next) implements Requested {
        /** Checks that both are there. */
        public Mail {
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(next, "next");
        }

        @Override
        public String toString() {
            return "mail for a " + next;
        }
    }

    /**
     * Too many mails were sent to this account; the last link, if there is one, still works.
     *
     * @param retryAfter how long to wait at least
     * @param next the login as it goes on
     */
    public record TooMany(Duration retryAfter, PendingStep next) implements Requested {
        /** Checks that both are there. */
        public TooMany {
            Objects.requireNonNull(retryAfter, "retryAfter");
            Objects.requireNonNull(next, "next");
        }
    }

    /** There is no such pending login in this session, or no more. */
    public record Expired() implements Requested {}

    /**
     * Makes the secret of a link for a pending login.
     *
     * @param ticket {@link PendingStep#ticket} as the session kept it
     */
    public Requested request(SignInRequest request, String ticket) {
        Instant now = signIn.clock().instant();
        Optional<PendingLogin> taken = signIn.course().take(request, ticket, now);
        if (taken.isEmpty()) {
            return new Expired();
        }
        PendingLogin login = taken.get();
        Set<FactorKind> offered = new LinkedHashSet<>(Set.of(FactorKind.EMAIL));
        return state.count(SPACE, login.account(), mails, now)
                .fold(
                        within -> mail(request, login, offered, now),
                        over -> new TooMany(
                                AttemptLimits.wait(now, over.retryAt()),
                                signIn.course().next(request, login, offered, now)));
    }

    private Requested mail(SignInRequest request, PendingLogin login, Set<FactorKind> offered, Instant now) {
        signIn.events().newDevice(login.account(), request.address(), now);
        String secret = Secrets.next(random);
        Link old = login.link();
        // A login has one end for its links, however many are asked for.
        Instant until = old == null ? now.plus(lifetime) : old.until();
        PendingLogin awaiting = login.awaiting(new Link(MailedLink.hash(secret), until));
        return new Mail(secret, signIn.course().next(request, awaiting, offered, now));
    }

    /** Builds {@link LoginConfirmation}; not thread-safe, may be reused. */
    public static final class Builder {
        private final SignIn signIn;
        private final EphemeralState state;
        private Duration lifetime = Duration.ofMinutes(15);
        private RateWindow mails = new RateWindow(3, Duration.ofMinutes(15));
        private SecureRandom random = new SecureRandom();

        private Builder(SignIn signIn, EphemeralState state) {
            this.signIn = Objects.requireNonNull(signIn, "signIn");
            this.state = Objects.requireNonNull(state, "state");
        }

        /**
         * How long a login waits for its link from the first mail on, 15 minutes by default; on PyPI 6 hours.
         *
         * @throws IllegalArgumentException unless from {@link SignIn#LIFETIME}, which is 5 minutes, to 6 hours
         */
        public Builder lifetime(Duration length) {
            if (length.compareTo(MIN_LIFETIME) < 0 || length.compareTo(MAX_LIFETIME) > 0) {
                throw new IllegalArgumentException("length: " + MIN_LIFETIME + " to " + MAX_LIFETIME);
            }
            this.lifetime = length;
            return this;
        }

        /** How many mails an account is sent, 3 in 15 minutes by default. */
        public Builder mails(RateWindow most) {
            this.mails = Objects.requireNonNull(most, "most");
            return this;
        }

        /** Where secrets come from, the platform's default by default. */
        public Builder random(SecureRandom source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        public LoginConfirmation build() {
            return new LoginConfirmation(this);
        }
    }
}

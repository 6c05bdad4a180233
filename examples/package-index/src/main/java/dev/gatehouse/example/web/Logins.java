package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.signin.LoginConfirmation;
import dev.gatehouse.signin.LoginStart;
import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.signin.SessionCutoff;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.signin.SignInRejection;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every way to log in, over the library's: what its steps answer becomes the session, a page, or a mail. Thread-safe. */
final class Logins {
    static final String VERIFIER = "package-index";

    private final SignIn signIn;
    private final LoginConfirmation confirmation;
    private final Devices devices;
    private final Accounts accounts;
    private final RecoveryCodes codes;
    private final SessionCutoff cutoff;
    private final Recovered recovered;
    private final Post post;

    Logins(SignIn signIn, LoginConfirmation confirmation, Devices devices, Backend backend, Recovered recovered) {
        this.signIn = signIn;
        this.confirmation = confirmation;
        this.devices = devices;
        this.accounts = backend.accounts;
        this.codes = backend.codes;
        this.cutoff = backend.cutoff;
        this.recovered = recovered;
        this.post = backend.post;
    }

    /** Evidence of the password, given in this session. */
    static Evidence password(Account account, Visit visit) {
        return Evidence.asserted(
                account.id(), FactorKind.PASSWORD, visit.now(), visit.visitor().carrier(), VERIFIER);
    }

    /** What a proof of this factor by whoever is logged in would be, for a question that supposes it. */
    static Evidence proof(EnrolledFactor factor, Visit visit) {
        return Evidence.asserted(
                visit.owner().id(), factor, visit.now(), visit.visitor().carrier(), VERIFIER);
    }

    static Reply locked(Visit visit, Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        visit.response().setHeader("Retry-After", Long.toString(seconds));
        long minutes = (seconds + 59) / 60;
        return Reply.message(
                429,
                "Too many attempts",
                "There have been too many unsuccessful attempts. You have been locked out for " + minutes
                        + (minutes == 1 ? " minute" : " minutes") + ". Please try again later.");
    }

    private SignInRequest request(Visit visit) {
        String before = visit.visitor().handle();
        SignInRequest request = SignInRequest.of(before, visit.visitor().begin(), visit.network());
        return devices.cookie(visit).map(request::withDevice).orElse(request);
    }

    /**
     * Who logs in, read before the step that may complete: what changes after it is not what was proven.
     *
     * @param account with the version of the password that was checked
     * @param since when its session begins, as the cut-off counts it
     */
    private record Entrant(Account account, Instant since) {}

    private Entrant entrant(Account account) {
        return new Entrant(account, cutoff.beginning(account.id()));
    }

    /** Before a password is checked; as slow for a name that nobody has. */
    LoginStart start(Optional<Account> known) {
        return signIn.start(known.map(Account::id).orElse("nobody"));
    }

    /** After the right password. */
    Reply begin(Visit visit, LoginStart start, Account account) {
        Entrant entrant = entrant(account);
        Evidence password = password(account, visit);
        return answer(visit, entrant, signIn.begin(request(visit), start, password), code -> Reply.to(Site.LOGIN));
    }

    /**
     * A further proof in the login of this browser.
     *
     * @param wrong the page again, with what is to be said of a proof that does not hold
     */
    Reply prove(Visit visit, FactorKind kind, String text, Function<String, Reply> wrong) {
        Optional<PendingStep> pending = visit.visitor().pending();
        Optional<Account> account =
                pending.flatMap(login -> accounts.byId(login.account())).filter(visit.visitor()::isPendingOf);
        if (account.isEmpty()) {
            return Reply.to(Site.LOGIN);
        }
        Entrant entrant = entrant(account.get());
        return answer(visit, entrant, signIn.prove(request(visit), pending.get().ticket(), kind, text), wrong);
    }

    /** A passkey, which says itself whose it is. */
    Reply identify(Visit visit, WebAuthnAuthentication keys, String text, Function<String, Reply> wrong) {
        AtomicReference<@Nullable Entrant> entrant = new AtomicReference<>();
        SignInStep step = signIn.identify(
                request(visit),
                FactorKind.WEBAUTHN,
                session -> keys.verifyPasskey(session, text)
                        .fold(
                                identified -> {
                                    String account = identified.evidence().account();
                                    entrant.set(entrant(accounts.byId(account).orElseThrow()));
                                    return new Verification.Verified(identified.evidence());
                                },
                                refused -> new Verification.Rejected(refused.reason())));
        return answer(visit, entrant.get(), step, wrong);
    }

    /**
     * What a step answers.
     *
     * @param entrant null where nobody has said who it is
     */
    private Reply answer(Visit visit, @Nullable Entrant entrant, SignInStep step, Function<String, Reply> wrong) {
        return step.fold(new SignInStep.Cases<>() {
            @Override
            public Reply completed(SignInStep.Completed completed) {
                return loggedIn(visit, Objects.requireNonNull(entrant), completed);
            }

            @Override
            public Reply moreNeeded(SignInStep.MoreNeeded more) {
                Account account = Objects.requireNonNull(entrant).account();
                return more.next().offered().equals(Set.of(FactorKind.EMAIL))
                        ? askByMail(visit, account, more.next())
                        : waiting(visit, account, more.next());
            }

            @Override
            public Reply rejected(SignInStep.Rejected rejected) {
                rejected.next()
                        .ifPresent(next -> visit.visitor()
                                .await(next, Objects.requireNonNull(entrant).account()));
                if (rejected.code().retryAfter().isPresent()) {
                    throw new Passwords.BusyException();
                }
                return wrong.apply(
                        rejected.code() == SignInRejection.SUSPENDED
                                ? "This second factor is suspended after too many failures. Use another one."
                                : "");
            }

            @Override
            public Reply throttled(SignInStep.Throttled throttled) {
                return locked(visit, throttled.retryAfter());
            }

            @Override
            public Reply refused(SignInStep.Refused refused) {
                return told(refused.decision());
            }

            @Override
            public Reply expired(SignInStep.Expired expired) {
                return Reply.to(Site.LOGIN);
            }
        });
    }

    private static Reply told(Decision.Refused refused) {
        return Reply.message(
                403, "The login was refused", refused.first().message().text());
    }

    private static Reply waiting(Visit visit, Account account, PendingStep next) {
        visit.visitor().await(next, account);
        String goal = visit.next("");
        return Reply.to(Site.SECOND_FACTOR + (goal.isEmpty() ? "" : "?next=" + Site.encode(goal)));
    }

    private Reply loggedIn(Visit visit, Entrant entrant, SignInStep.Completed login) {
        Account account = entrant.account();
        boolean withFactor =
                login.evidence().stream().anyMatch(proof -> proof.kind().needsEnrolment());
        boolean withCode =
                login.evidence().stream().anyMatch(proof -> proof.kind().equals(FactorKind.RECOVERY_CODE));
        Instant since = entrant.since();
        if (withCode) {
            // It ends every session that began before, and this one is not to be among them.
            recovered.byCode(account, visit);
            since = cutoff.beginning(account.id());
        }
        accounts.loggedIn(account.id());
        visit.visitor().logIn(account, login.evidence(), since);
        if (withFactor || withCode) {
            devices.remember(visit, account);
        }
        if (withCode) {
            visit.note(Note.Kind.SUCCESS, "Recovery code accepted. The supplied code cannot be used again.");
        } else if (withFactor && codes.status(account.id()).unused() == 0) {
            post.remind(
                    account,
                    MailText.recoveryCodeReminder(account.name(), post.link(Site.RECOVERY_CODES)),
                    MailText.REMINDER_WINDOW,
                    visit.now());
        }
        return Reply.to(visit.next(Site.PROJECTS));
    }

    private Reply askByMail(Visit visit, Account account, PendingStep pending) {
        visit.visitor().await(pending, account);
        return confirmation
                .request(request(visit), pending.ticket())
                .fold(
                        mail -> {
                            visit.visitor().await(mail.next(), account);
                            String link =
                                    post.link(Site.SECOND_FACTOR + "confirm/?token=" + Site.encode(mail.secret()));
                            post.send(
                                    account,
                                    MailText.unrecognizedLogin(account.name(), visit.address(), link),
                                    visit.now());
                            return Reply.message(
                                    200,
                                    "Look into your mail",
                                    "Unrecognized device: follow the link we have sent to your email address. Open it"
                                            + " in this browser within fifteen minutes.");
                        },
                        tooMany -> {
                            visit.visitor().await(tooMany.next(), account);
                            return locked(visit, tooMany.retryAfter());
                        },
                        expired -> Reply.to(Site.LOGIN));
    }

    /** A proof that this very request brings. */
    static Evidence mail(Account account, Visit visit, Carrier request) {
        return Evidence.asserted(account.id(), FactorKind.EMAIL, visit.now(), request, VERIFIER);
    }
}

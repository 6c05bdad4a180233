package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.MailedLinks;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The list of all second factors, their removal, and what setting up has in common for all kinds. */
final class FactorPages {
    private static final String GONE = "There is no such second factor to delete.";

    private final Backend backend;
    private final Factors factors;
    private final RecoveryCodes codes;
    private final Devices devices;
    private final Guesses guesses;
    private final Asking asking;
    private final FactorChanges changes;
    private final ApiTokens tokens;
    private final MailedLinks links;
    private final Post post;

    FactorPages(Backend backend, Devices devices, Guesses guesses, Asking asking, FactorChanges changes) {
        this.backend = backend;
        this.factors = backend.factors;
        this.codes = backend.codes;
        this.devices = devices;
        this.guesses = guesses;
        this.asking = asking;
        this.changes = changes;
        this.tokens = backend.tokens;
        this.links = backend.links;
        this.post = backend.post;
    }

    Guesses guesses() {
        return guesses;
    }

    Reply overview(Visit visit) {
        return overview(visit, Form.empty());
    }

    private Reply overview(Visit visit, Form form) {
        String account = visit.owner().id();
        return Reply.page("two-factor.jte", "Two-factor authentication")
                .with("form", form)
                .with("apps", factors.of(account))
                .with("keys", factors.keysOf(account))
                .with("withKeys", factors.hasKeys())
                .with("codes", codes.status(account))
                .with("needsMail", needsMail(visit))
                .with("next", visit.next(""))
                .status(form.hasErrors() ? 422 : 200);
    }

    /** Whether the policy wants a proof of the address with the set-up itself. */
    private boolean needsMail(Visit visit) {
        return asking.isOnlyMailMissing(
                visit, Action.FACTOR_ENROL, request -> request.newFactor(EnrolledFactor.of(FactorKind.TOTP)));
    }

    /** Sends the link that opens the set-up where the policy wants the address proven with it. */
    Reply sendLink(Visit visit) {
        Account account = visit.owner();
        Attempts.Answer place = guesses.limits().mail(account.id(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        String secret = links.make(
                new MailedLinks.Purpose(
                        MailedLinks.Kind.SET_UP_FACTOR,
                        account.id(),
                        account.email(),
                        account.stamp(),
                        visit.now().plus(MailedLinks.LIFETIME)),
                visit.now());
        String next = visit.next("");
        post.send(
                account,
                MailText.setUpFactor(
                        account.name(),
                        post.link(Site.TWO_FACTOR + "begin/?token=" + Site.encode(secret)
                                + (next.isEmpty() ? "" : "&next=" + Site.encode(next)))),
                visit.now());
        visit.note(
                Note.Kind.SUCCESS,
                "We have sent a mail to " + account.email() + ". Open its link in this browser to go on.");
        return Reply.to(Site.TWO_FACTOR);
    }

    /** The page that the link opens: which kind of factor it is going to be. */
    Reply beginForm(Visit visit) {
        return Reply.page("two-factor-begin.jte", "Set up your first second factor")
                .with("token", visit.field("token"))
                .with("withKeys", factors.hasKeys())
                .with("next", visit.next(""));
    }

    /** What sets a factor up once the policy has nothing against it. */
    interface SetUp {
        /**
         * Stores the factor; called again with another version if it answers that there is a conflict.
         *
         * @param factors the factors of the transaction that it is stored in
         * @param version the account's version that the decision saw
         * @return its evidence, or why it is not stored
         */
        FactorWrite.Answer<Evidence> store(Factors factors, long version);

        /** The page again, with the reason. */
        Reply again(RejectionCode reason);
    }

    /** Asks the policy with all proofs that the form has brought, and sets the factor up. */
    Reply enrol(Visit visit, FactorKind kind, String done, SetUp setUp) throws IOException {
        Account account = visit.owner();
        boolean first = !factors.hasAny(account.id());
        OpenDecision open = OpenDecision.of(visit.request()).orElseThrow();
        String token = visit.field("token");
        Optional<MailedLinks.Purpose> link =
                token.isEmpty() ? Optional.empty() : links.take(MailedLinks.Kind.SET_UP_FACTOR, token, visit.now());
        FactorChange<Evidence> change = new FactorChange.Conflict<>();
        try {
            List<Evidence> proofs = link.filter(purpose -> purpose.isOf(account.id(), account.email(), account.stamp()))
                    .map(purpose -> List.of(Logins.mail(account, visit, open.carrier())))
                    .orElse(List.of());
            change = changes.enrol(
                    account.id(),
                    action -> open.asked(OpenTarget.of(action).evidence(proofs)),
                    EnrolledFactor.of(kind),
                    version -> first ? storeFirst(visit, setUp, version) : setUp.store(factors, version));
        } finally {
            if (!(change instanceof FactorChange.Made) && link.isPresent()) {
                links.putBack(token, link.get(), visit.now());
            }
        }
        if (change instanceof FactorChange.Refused<Evidence> refused) {
            if (open.decided(refused.decision()) instanceof Completion.Refused answer) {
                answer.answer(visit.response());
            }
            return new Reply.Written();
        }
        if (change instanceof FactorChange.Rejected<Evidence> rejected) {
            return setUp.again(rejected.code());
        }
        if (!(change instanceof FactorChange.Made<Evidence> made)) {
            return overview(visit, new Form().error("factors", "Your account was changed meanwhile. Try again."));
        }
        open.decided(made.decision());
        factorsChanged(visit);
        visit.visitor().add(made.value());
        devices.remember(visit, account);
        visit.note(Note.Kind.SUCCESS, done);
        return Reply.to(visit.next(Site.TWO_FACTOR));
    }

    /** Stores the first factor and the beginning of the wait that a policy may want after it: both, or neither. */
    private FactorWrite.Answer<Evidence> storeFirst(Visit visit, SetUp setUp, long version) {
        return backend.catalogue.jdbi().inTransaction(h -> {
            FactorWrite.Answer<Evidence> answer = setUp.store(backend.factors(h), version);
            if (answer instanceof FactorWrite.Written<Evidence>) {
                Accounts.event(h, visit.owner().id(), "first-factor-enrolled", visit.now());
            }
            return answer;
        });
    }

    Reply remove(Visit visit) {
        String id = visit.field("id");
        FactorKind kind = visit.field("kind").equals("webauthn") ? FactorKind.WEBAUTHN : FactorKind.TOTP;
        if (!isOf(visit.owner(), kind, id)) {
            return overview(visit, new Form().error("factors", GONE));
        }
        Optional<Reply> wrong = guesses.wrongPasswordOf(visit, id, form -> overview(visit, form));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Evidence password = Logins.password(visit.owner(), visit);
        FactorChange<String> change = changes.remove(
                visit.owner().id(),
                action -> asking.request(visit, action, password),
                kind,
                id,
                version -> factors.remove(visit.owner().id(), kind, id, version, origin(visit)));
        Function<String, Reply> again = text -> overview(visit, new Form().error("factors", text));
        return change.fold(
                made -> {
                    factorsChanged(visit);
                    devices.remember(visit, visit.owner());
                    visit.note(
                            Note.Kind.SUCCESS,
                            kind.equals(FactorKind.TOTP)
                                    ? "Authentication application removed. Remember to remove this index from your"
                                            + " application."
                                    : "Security device removed.");
                    return Reply.to(Site.TWO_FACTOR);
                },
                refused -> LoginPages.prove(visit, refused.decision(), Site.TWO_FACTOR)
                        .orElseGet(() ->
                                again.apply(refused.decision().first().message().text())),
                rejected -> again.apply("This did not work. Try again."),
                () -> again.apply(GONE),
                () -> again.apply("Your account was changed meanwhile. Try again."));
    }

    private boolean isOf(Account account, FactorKind kind, String id) {
        return kind.equals(FactorKind.TOTP)
                ? factors.of(account.id()).stream().anyMatch(app -> app.id().equals(id))
                : factors.keysOf(account.id()).stream().anyMatch(key -> key.id().equals(id));
    }

    /** A token whose making was allowed before must not be made after. */
    private void factorsChanged(Visit visit) {
        String account = visit.owner().id();
        tokens.ownerChanged(TokenOwner.account(account), new Requester(account, visit.address()));
    }

    static UnaryOperator<AuditEvent.Builder> origin(Visit visit) {
        return event -> event.actor(visit.owner().id()).address(visit.address());
    }

    static FactorResponse response(Visit visit, String field) {
        return new FactorResponse(visit.owner().id(), visit.visitor().carrier(), visit.raw(field));
    }
}

package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.account.RecoveryCodes;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.totp.EnrolmentRejection;
import dev.gatehouse.totp.EnrolmentResult;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.QrSvg;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Setting up and removing authenticator apps. */
final class FactorPages {
    private final Accounts accounts;
    private final Factors factors;
    private final RecoveryCodes codes;
    private final Devices devices;
    private final Guesses guesses;
    private final Asking asking;
    private final ApiTokens tokens;

    FactorPages(Backend backend, Devices devices, Guesses guesses, Asking asking) {
        this.accounts = backend.accounts;
        this.factors = backend.factors;
        this.codes = backend.codes;
        this.devices = devices;
        this.guesses = guesses;
        this.asking = asking;
        this.tokens = backend.tokens;
    }

    Reply overview(Visit visit) {
        return overview(visit, Form.empty());
    }

    private Reply overview(Visit visit, Form form) {
        return Reply.page("two-factor.jte", "Two-factor authentication")
                .with("form", form)
                .with("apps", factors.of(visit.owner().id()))
                .with("codes", codes.status(visit.owner().id()))
                .with("next", visit.next(""))
                .status(form.hasErrors() ? 422 : 200);
    }

    /** Begins a set-up: a fresh secret each time the page is opened. */
    Reply setUpForm(Visit visit) {
        return setUpForm(visit, Form.empty());
    }

    private Reply setUpForm(Visit visit, Form form) {
        PendingTotp pending = factors.begin(visit.owner());
        visit.visitor().setup(pending.text());
        return Reply.page("totp-setup.jte", "Set up an authenticator app")
                .with("form", form)
                .with("next", visit.next(""))
                .with(
                        "qr",
                        QrSvg.of(pending.uri(), "QR code for an authenticator app")
                                .svg())
                .with("secret", grouped(pending.secret().base32()))
                .with("uri", pending.uri().text())
                .status(form.hasErrors() ? 422 : 200);
    }

    /** In groups of four, which are easier to type. */
    private static String grouped(String base32) {
        return base32.replaceAll("(.{4})(?!$)", "$1 ");
    }

    Reply setUp(Visit visit) throws IOException {
        Account account = visit.owner();
        String label = visit.field("label");
        if (label.length() > TotpCredential.MAX_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            return setUpForm(
                    visit, new Form().value("label", label).error("label", "A name has at most 100 characters."));
        }
        long version = factors.version(account.id());
        boolean isFirst = !factors.hasAny(account.id());
        OpenDecision open = OpenDecision.of(visit.request()).orElseThrow();
        Completion completion =
                open.complete(OpenTarget.of(Action.FACTOR_ENROL).newFactor(EnrolledFactor.of(FactorKind.TOTP)));
        if (completion instanceof Completion.Refused refused) {
            refused.answer(visit.response());
            return new Reply.Written();
        }
        Attempts.Answer place = guesses.limits().factor(account.id(), visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        EnrolmentResult result = factors.confirm(
                new FactorResponse(account.id(), visit.visitor().carrier(), visit.field("code")),
                visit.visitor().setup().orElse(""),
                version,
                label.isEmpty() ? "Authenticator app" : label,
                origin(visit));
        if (result instanceof EnrolmentResult.NotEnrolled not) {
            return setUpForm(visit, new Form().value("label", label).error("code", text(not.reason())));
        }
        place.ticket().get().giveBack();
        EnrolmentResult.Enrolled enrolled = (EnrolmentResult.Enrolled) result;
        visit.visitor().setup(null);
        visit.visitor().add(enrolled.evidence());
        if (isFirst) {
            accounts.event(account.id(), "first-factor-enrolled", visit.now());
        }
        factorsChanged(visit);
        devices.remember(visit, account);
        visit.note(Note.Kind.SUCCESS, "Authentication application successfully set up.");
        return Reply.to(visit.next(Site.TWO_FACTOR));
    }

    private static String text(EnrolmentRejection reason) {
        return switch (reason) {
            case CLOCK_SKEW ->
                "Invalid TOTP code. Your device time may be out of sync. Scan the new code and try again.";
            case MALFORMED -> "TOTP code must be 6 digits. Scan the new code and try again.";
            case PENDING_EXPIRED, PENDING_INVALID -> "This took too long. Scan the new code and try again.";
            case TOO_MANY -> "You have as many authenticator apps as an account may have.";
            case CONFLICT, INVALID -> "Invalid TOTP code. Scan the new code and try again.";
        };
    }

    Reply remove(Visit visit) {
        Account account = visit.owner();
        long version = factors.version(account.id());
        List<TotpCredential> all = factors.of(account.id());
        String id = visit.field("id");
        Optional<TotpCredential> removed =
                all.stream().filter(app -> app.id().equals(id)).findFirst();
        if (removed.isEmpty()) {
            return overview(visit, new Form().error("app", "There is no authentication application to delete."));
        }
        Optional<Reply> wrong = guesses.wrongPassword(visit, new Form(), form -> overview(visit, form));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        EnrolledFactors left = EnrolledFactors.of(all.stream()
                .filter(app -> !app.id().equals(id))
                .map(TotpCredential::factor)
                .toList());
        return asking.decide(
                        visit,
                        Action.FACTOR_REMOVE,
                        Logins.password(account, visit.now()),
                        request -> request.factorsLeft(left))
                .fold(
                        permitted -> removed(visit, id, version),
                        refused -> overview(
                                visit,
                                new Form()
                                        .error("app", refused.first().message().text())));
    }

    private Reply removed(Visit visit, String id, long version) {
        TotpRepository.Removal removal = factors.remove(visit.owner().id(), id, version, origin(visit));
        if (removal == TotpRepository.Removal.CONFLICT) {
            return overview(visit, new Form().error("app", "Your account was changed meanwhile. Try again."));
        }
        factorsChanged(visit);
        visit.note(
                Note.Kind.SUCCESS,
                "Authentication application removed. Remember to remove this index from your application.");
        return Reply.to(Site.TWO_FACTOR);
    }

    /** A token whose making was allowed before must not be made after. */
    private void factorsChanged(Visit visit) {
        String account = visit.owner().id();
        tokens.ownerChanged(TokenOwner.account(account), new Requester(account, visit.address()));
    }

    private static UnaryOperator<AuditEvent.Builder> origin(Visit visit) {
        return event -> event.actor(visit.owner().id()).address(visit.address());
    }
}

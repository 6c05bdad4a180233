package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.recovery.GenerationRejection;
import dev.gatehouse.recovery.NewRecoveryCodes;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.recovery.RecoveryRejection;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.signin.Reauthenticated;
import dev.gatehouse.signin.Reauthentication;
import java.util.Optional;

/** Making recovery codes, and showing that they were written down by using one up. */
final class RecoveryPages {
    private final RecoveryCodes codes;
    private final FactorChanges changes;
    private final Reauthentication reauthentication;
    private final Guesses guesses;
    private final Asking asking;

    RecoveryPages(
            Backend backend, Guesses guesses, Asking asking, FactorChanges changes, Reauthentication reauthentication) {
        this.codes = backend.codes;
        this.changes = changes;
        this.reauthentication = reauthentication;
        this.guesses = guesses;
        this.asking = asking;
    }

    Reply overview(Visit visit) {
        return overview(visit, Form.empty());
    }

    private Reply overview(Visit visit, Form form) {
        return Reply.page("recovery-codes.jte", "Recovery codes")
                .with("form", form)
                .with("codes", codes.status(visit.owner().id()))
                .with("next", visit.next(""))
                .status(form.hasErrors() ? 422 : 200);
    }

    /** Makes a set. The password comes with the form: the policy wants it to be seconds old. */
    Reply generate(Visit visit) {
        Account account = visit.owner();
        Optional<Reply> wrong = guesses.wrongPassword(visit, new Form(), form -> overview(visit, form));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Evidence password = Logins.password(account, visit);
        FactorChange<NewRecoveryCodes> change = changes.recoveryCodes(
                account.id(), action -> asking.request(visit, action, password), version -> generated(visit, version));
        return change.fold(
                made -> Reply.page("recovery-codes-new.jte", "Your new recovery codes")
                        .with("codes", made.value().list())
                        .with("now", visit.now())
                        .with("next", visit.next("")),
                refused -> LoginPages.prove(visit, refused.decision(), Site.RECOVERY_CODES)
                        .orElseGet(() -> again(
                                visit, refused.decision().first().message().text())),
                rejected -> {
                    if (rejected.code().retryAfter().isPresent()) {
                        throw new Passwords.BusyException();
                    }
                    return again(visit, "This did not work. Try again.");
                },
                () -> again(visit, "This did not work. Try again."),
                () -> again(visit, "Your account was changed meanwhile. Try again."));
    }

    private Reply again(Visit visit, String text) {
        return overview(visit, new Form().error("password", text));
    }

    private FactorWrite.Answer<NewRecoveryCodes> generated(Visit visit, long version) {
        return codes.generate(visit.owner().id(), version, FactorPages.origin(visit))
                .fold(made -> new FactorWrite.Written<>(made.codes()), not -> {
                    if (not.reason() == GenerationRejection.BUSY) {
                        throw new Passwords.BusyException();
                    }
                    return not.reason() == GenerationRejection.CONFLICT
                            ? new FactorWrite.Conflict<>()
                            : new FactorWrite.NotFound<>();
                });
    }

    Reply useForm(Visit visit) {
        return codes.status(visit.owner().id()).unused() == 0
                ? Reply.to(Site.RECOVERY_CODES)
                : useForm(visit, Form.empty());
    }

    private Reply useForm(Visit visit, Form form) {
        return Reply.page("recovery-codes-use.jte", "Use one recovery code")
                .with("form", form)
                .with("next", visit.next(""))
                .status(form.hasErrors() ? 422 : 200);
    }

    /** Uses one code up, for nothing but to show that it is there. */
    Reply use(Visit visit) {
        Account account = visit.owner();
        Reauthenticated used = reauthentication.prove(
                account.id(),
                visit.visitor().carrier(),
                FactorKind.RECOVERY_CODE,
                visit.field("code"),
                visit.network());
        if (used instanceof Reauthenticated.Throttled throttled) {
            return Logins.locked(visit, throttled.retryAfter());
        }
        if (!(used instanceof Reauthenticated.Proven)) {
            boolean before = used instanceof Reauthenticated.Rejected rejected
                    && rejected.code() == RecoveryRejection.USED_BEFORE;
            return useForm(
                    visit,
                    new Form()
                            .error(
                                    "code",
                                    before ? "Recovery code has been previously used." : "Invalid recovery code."));
        }
        visit.note(
                Note.Kind.SUCCESS,
                "Recovery code accepted. The supplied code cannot be used again. Keep the other seven.");
        return Reply.to(next(visit));
    }

    private static String next(Visit visit) {
        String next = visit.next("");
        return next.isEmpty() ? Site.TWO_FACTOR : Site.TWO_FACTOR + "?next=" + Site.encode(next);
    }
}

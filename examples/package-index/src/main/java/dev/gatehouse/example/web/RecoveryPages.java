package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.RecoveryCodes;
import dev.gatehouse.policy.rule.Action;
import java.util.Optional;

/** Making recovery codes, and showing that they were written down by using one up. */
final class RecoveryPages {
    private final RecoveryCodes codes;
    private final Guesses guesses;
    private final Asking asking;
    private final AuditSink audit;

    RecoveryPages(RecoveryCodes codes, Guesses guesses, Asking asking, AuditSink audit) {
        this.codes = codes;
        this.guesses = guesses;
        this.asking = asking;
        this.audit = audit;
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
        return asking.decide(visit, Action.FACTOR_RECOVERY_CODES, Logins.password(account, visit.now()), request -> {})
                .fold(
                        permitted -> generated(visit),
                        refused -> overview(
                                visit,
                                new Form()
                                        .error(
                                                "password",
                                                refused.first().message().text())));
    }

    private Reply generated(Visit visit) {
        String account = visit.owner().id();
        boolean again = codes.status(account).isGenerated();
        Reply page = Reply.page("recovery-codes-new.jte", "Your new recovery codes")
                .with("codes", codes.generate(account, visit.now()))
                .with("next", visit.next(""));
        record(visit, again ? AuditTag.RECOVERY_CODES_REGENERATED : AuditTag.RECOVERY_CODES_GENERATED);
        return page;
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
        Attempts.Answer place = guesses.limits().factor(account.id(), visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        return switch (codes.use(account.id(), visit.field("code"), visit.now())) {
            case WRONG -> useForm(visit, new Form().error("code", "Invalid recovery code."));
            case USED_BEFORE -> useForm(visit, new Form().error("code", "Recovery code has been previously used."));
            case ACCEPTED -> {
                place.ticket().get().giveBack();
                record(visit, AuditTag.RECOVERY_CODE_USED);
                visit.note(
                        Note.Kind.SUCCESS,
                        "Recovery code accepted. The supplied code cannot be used again. Keep the other seven.");
                yield Reply.to(next(visit));
            }
        };
    }

    private static String next(Visit visit) {
        String next = visit.next("");
        return next.isEmpty() ? Site.TWO_FACTOR : Site.TWO_FACTOR + "?next=" + Site.encode(next);
    }

    private void record(Visit visit, AuditTag tag) {
        audit.record(AuditEvent.of(tag, visit.now())
                .account(visit.owner().id())
                .actor(visit.owner().id())
                .address(visit.address())
                .build());
    }
}

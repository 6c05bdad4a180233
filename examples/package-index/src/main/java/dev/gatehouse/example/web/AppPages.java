package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Factors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.signin.Admission;
import dev.gatehouse.signin.Attempt;
import dev.gatehouse.signin.AttemptTicket;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.totp.EnrolmentRejection;
import dev.gatehouse.totp.EnrolmentResult;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.QrSvg;
import dev.gatehouse.totp.TotpCredential;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Setting up authenticator apps. */
final class AppPages {
    private final Factors factors;
    private final FactorPages common;

    AppPages(Factors factors, FactorPages common) {
        this.factors = factors;
        this.common = common;
    }

    /** Begins a set-up: a fresh secret each time the page is opened. */
    Reply form(Visit visit) {
        return form(visit, Form.empty());
    }

    private Reply form(Visit visit, Form form) {
        PendingTotp pending = factors.begin(visit.owner());
        visit.visitor().setup(pending.text());
        return Reply.page("totp-setup.jte", "Set up an authenticator app")
                .with("form", form)
                .with("next", visit.next(""))
                .with("token", visit.field("token"))
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
        String label = visit.field("label");
        if (label.length() > TotpCredential.MAX_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            return form(visit, new Form().value("label", label).error("label", "A name has at most 100 characters."));
        }
        Admission admission = common.guesses()
                .attempts()
                .admit(Attempt.afterFirstFactor(visit.owner().id(), FactorKind.TOTP, visit.network()));
        if (admission instanceof Admission.Throttled throttled) {
            return Logins.locked(visit, throttled.retryAfter());
        }
        if (!(admission instanceof Admission.Admitted admitted)) {
            return form(
                    visit, new Form().error("code", "Codes of this account are suspended after too many failures."));
        }
        SetUp setUp = new SetUp(visit, label);
        try {
            return common.enrol(visit, FactorKind.TOTP, "Authentication application successfully set up.", setUp);
        } finally {
            setUp.tell(admitted.ticket());
        }
    }

    /** One set-up, and how the attempt at its code ended. */
    private final class SetUp implements FactorPages.SetUp {
        private final Visit visit;
        private final String label;
        private final String pending;
        private @Nullable EnrolmentResult last;

        SetUp(Visit visit, String label) {
            this.visit = visit;
            this.label = label;
            this.pending = visit.visitor().setup().orElse("");
        }

        @Override
        public FactorWrite.Answer<Evidence> store(Factors within, long version) {
            EnrolmentResult result = within.confirm(
                    FactorPages.response(visit, "code"),
                    pending,
                    version,
                    label.isEmpty() ? "Authenticator app" : label,
                    FactorPages.origin(visit));
            last = result;
            if (result instanceof EnrolmentResult.Enrolled enrolled) {
                visit.visitor().setup(null);
                return new FactorWrite.Written<>(enrolled.evidence());
            }
            EnrolmentRejection reason = ((EnrolmentResult.NotEnrolled) result).reason();
            return reason == EnrolmentRejection.CONFLICT
                    ? new FactorWrite.Conflict<>()
                    : new FactorWrite.Rejected<>(reason);
        }

        @Override
        public Reply again(RejectionCode reason) {
            return form(visit, new Form().value("label", label).error("code", text((EnrolmentRejection) reason)));
        }

        void tell(AttemptTicket ticket) {
            if (last == null) {
                ticket.notAnAttempt();
            } else if (last instanceof EnrolmentResult.Enrolled) {
                ticket.succeeded();
            } else {
                ticket.failed();
            }
        }
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
}

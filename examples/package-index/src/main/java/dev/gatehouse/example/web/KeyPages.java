package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Factors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.webauthn.WebAuthnRejection;
import java.io.IOException;

/** Setting up security keys and passkeys. */
final class KeyPages {
    private final Factors factors;
    private final FactorPages common;

    KeyPages(Factors factors, FactorPages common) {
        this.factors = factors;
        this.common = common;
    }

    Reply form(Visit visit) {
        return factors.hasKeys() ? form(visit, Form.empty()) : SiteServlet.notFound();
    }

    private Reply form(Visit visit, Form form) {
        return Reply.page("key-setup.jte", "Set up a security key or passkey")
                .with("form", form)
                .with("next", visit.next(""))
                .with("token", visit.field("token"))
                .with(
                        "options",
                        factors.newKeyOptions(visit.owner(), visit.visitor().carrier()))
                .status(form.hasErrors() ? 422 : 200);
    }

    Reply setUp(Visit visit) throws IOException {
        String label = visit.field("label");
        if (label.isEmpty()) {
            return form(visit, new Form().error("label", "Specify a label."));
        }
        return common.enrol(
                visit, FactorKind.WEBAUTHN, "Security device successfully set up.", new FactorPages.SetUp() {
                    @Override
                    public FactorWrite.Answer<Evidence> store(Factors within, long version) {
                        return within.confirmKey(
                                        FactorPages.response(visit, "credential"),
                                        label,
                                        version,
                                        FactorPages.origin(visit))
                                .fold(
                                        enrolled -> new FactorWrite.Written<>(enrolled.evidence()),
                                        // The challenge is used up: a conflict is for its owner to begin again.
                                        not -> new FactorWrite.Rejected<>(not.reason()));
                    }

                    @Override
                    public Reply again(RejectionCode reason) {
                        return KeyPages.this.again(visit, label, (WebAuthnRejection) reason);
                    }
                });
    }

    private Reply again(Visit visit, String label, WebAuthnRejection reason) {
        Form form = new Form().value("label", label);
        return form(
                visit,
                switch (reason) {
                    case LABEL_MISSING -> form.error("label", "Specify a label.");
                    case LABEL_INVALID -> form.error("label", "A label has at most 64 characters of plain text.");
                    case LABEL_IN_USE -> form.error("label", "Label '" + label + "' already in use.");
                    case DUPLICATE -> form.error("credential", "This key is set up already.");
                    case TOO_MANY -> form.error("credential", "You have as many security keys as an account may have.");
                    case CHALLENGE_EXPIRED -> form.error("credential", "This took too long. Try again.");
                    case CONFLICT -> form.error("credential", "Your account was changed meanwhile. Try again.");
                    default -> form.error("credential", "The security key was not accepted. Try again.");
                });
    }
}

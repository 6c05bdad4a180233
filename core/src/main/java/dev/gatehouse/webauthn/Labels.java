package dev.gatehouse.webauthn;

import java.util.Objects;
import java.util.Optional;

/** The names that people give to accounts and credentials. */
final class Labels {
    private Labels() {}

    /** Why a text is no label, if it is none. */
    static Optional<WebAuthnRejection> faultOf(String label) {
        if (label.isBlank()) {
            return Optional.of(WebAuthnRejection.LABEL_MISSING);
        }
        return label.length() > WebAuthnCredential.MAX_LABEL || !isText(label)
                ? Optional.of(WebAuthnRejection.LABEL_INVALID)
                : Optional.empty();
    }

    static void checkName(String name, String parameter, int max) {
        if (Objects.requireNonNull(name, parameter).isBlank() || name.length() > max) {
            throw new IllegalArgumentException(parameter + ": blank or over " + max + " characters");
        }
        if (!isText(name)) {
            throw new IllegalArgumentException(parameter + ": control characters or lone surrogates");
        }
    }

    private static boolean isText(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}

package dev.gatehouse.webauthn;

import com.google.common.base.Ascii;

/** Whether the authenticator is to make sure who uses it, by PIN or biometrics (WebAuthn Level 3, 5.8.6). */
public enum UserVerification {
    /** A ceremony without it is refused. */
    REQUIRED,
    /** The client is asked for it; a ceremony without it is accepted. */
    PREFERRED,
    /** The client is asked to do without it; a ceremony with it is accepted. */
    DISCOURAGED;

    /** The word of the standard for it, as the options of a ceremony hold it. */
    public String id() {
        return Ascii.toLowerCase(name());
    }
}

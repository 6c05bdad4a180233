package dev.gatehouse.webauthn;

import com.google.common.base.Ascii;

/** Whether a new credential is to be discoverable, that is, usable as a passkey without a name (WebAuthn Level 3, 5.4.6). */
public enum ResidentKey {
    /** An authenticator that cannot keep one makes none. */
    REQUIRED,
    /** It is discoverable where the authenticator can keep one. */
    PREFERRED,
    /** It is not discoverable where the authenticator has a choice; for security keys with little room. */
    DISCOURAGED;

    /** The word of the standard for it, as the options of a registration hold it. */
    public String id() {
        return Ascii.toLowerCase(name());
    }
}

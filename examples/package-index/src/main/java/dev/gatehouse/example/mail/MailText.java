package dev.gatehouse.example.mail;

import java.time.Duration;

/**
 * What a mail says.
 *
 * @param kind the name that PyPI has for such a mail
 */
public record MailText(String kind, String subject, String body) {
    /** For how long a person is not reminded again to set up a second factor. */
    public static final Duration REMINDER_WINDOW = Duration.ofDays(14);

    public static final String BASIC_AUTH_WITH_2FA = "basic-auth-with-2fa";
    public static final String TWO_FACTOR_NOT_YET_ENABLED = "two-factor-not-yet-enabled";

    private static final String NOT_YOU = """

        If this was not you, change your password at once, look at your second factors and tokens, and write to
        whoever runs this index.
        """;

    /** Asks whether the address belongs to the account. */
    public static MailText verifyEmail(String account, String link) {
        return new MailText("verify-email", "Confirm your email address", """
            Somebody, most likely you, gave this address for the account "%s".

            To confirm that it is yours, open this page and press the button there:

              %s

            The link works once, for six hours. If you know nothing of this, do nothing.
            """.formatted(account, link));
    }

    /** Tells the holder of an address that somebody else wants it too. */
    public static MailText emailTaken(String account) {
        return new MailText("email-taken", "Your email address was given for another account", """
            Somebody gave this address for the account "%s". It is confirmed for another account already, and can be
            confirmed for one only. There is nothing to do.
            """.formatted(account));
    }

    /** Asks whether a login from an unknown browser is the owner's. */
    public static MailText unrecognizedLogin(String account, String address, String link) {
        return new MailText(
                "unrecognized-login",
                "Confirm your login from a new device",
                """
                Somebody logged in to the account "%s" from a browser that was not used before (address %s),
                with the right password and the right second factor.

                If this was you, open this page in that same browser and press the button there:

                  %s

                The link works once, for fifteen minutes.
                """.formatted(account, address, link) + NOT_YOU);
    }

    public static MailText primaryEmailChange(String account, String next) {
        return new MailText(
                "primary-email-change", "Your email address was changed", """
                    The address of the account "%s" is now %s. You get this mail at the address before.
                    """.formatted(account, next) + NOT_YOU);
    }

    public static MailText passwordChange(String account) {
        return new MailText("password-change", "Your password was changed", """
            The password of the account "%s" was changed, and all its other sessions are over.
            """.formatted(account) + NOT_YOU);
    }

    /** Brings the link to a new password. */
    public static MailText passwordReset(String account, String link) {
        return new MailText("password-reset", "Set a new password", """
            Somebody, most likely you, asked for a new password for the account "%s". Set one here:

              %s

            The link works once, for six hours, until you log in or change the password. Your second factor is still
            needed to log in. If you know nothing of this, do nothing: your password stays as it is.
            """.formatted(account, link));
    }

    /** Tells why there is no link: anybody may have given this address. */
    public static MailText passwordResetUnverified(String account) {
        return new MailText(
                "password-reset-unverified", "Your password cannot be reset by mail", """
                    Somebody, most likely you, asked for a new password for the account "%s". This address was never confirmed
                    to be its owner's, so that no link can be sent here. Write to whoever runs this index.
                    """.formatted(account));
    }

    public static MailText passwordWasReset(String account, String link) {
        return new MailText("password-change", "Your password was changed", """
            A new password was set for the account "%s" by the link in our mail. All its sessions are over, no browser
            is known any more, and its API tokens are suspended until you log in and confirm them:

              %s
            """.formatted(account, link) + NOT_YOU);
    }

    /** Brings the link to the set-up of the first factor, which is nobody's who does not read this. */
    public static MailText setUpFactor(String account, String link) {
        return new MailText("two-factor-setup", "Set up two-factor authentication", """
            Somebody, most likely you, is about to set up the first second factor of the account "%s". Open this page in
            the browser in which you are logged in:

              %s

            The link works for six hours, for one factor. If you know nothing of this, change your password.
            """.formatted(account, link));
    }

    public static MailText factorSuspended(String account, String method) {
        return new MailText(
                "two-factor-suspended", "A second factor was suspended", """
                    Somebody has failed a hundred times in a row to prove a second factor of the account "%s": %s. It is not
                    asked for any more until you log in with another factor or a recovery code.
                    """.formatted(account, method) + NOT_YOU);
    }

    public static MailText twoFactorAdded(String account, String method) {
        return new MailText("two-factor-added", "A second factor was added", """
            The account "%s" has a new second factor: %s.
            """.formatted(account, method) + NOT_YOU);
    }

    public static MailText twoFactorRemoved(String account, String method) {
        return new MailText(
                "two-factor-removed", "A second factor was removed", """
                    The account "%s" has lost a second factor: %s.
                    """.formatted(account, method) + NOT_YOU);
    }

    public static MailText recoveryCodesGenerated(String account) {
        return new MailText("recovery-codes-generated", "Recovery codes were made", """
            The account "%s" has new recovery codes. Older ones are void.
            """.formatted(account) + NOT_YOU);
    }

    public static MailText recoveryCodeUsed(String account) {
        return new MailText("recovery-code-used", "A recovery code was used", """
            A recovery code of the account "%s" was used. It cannot be used again.
            """.formatted(account) + NOT_YOU);
    }

    public static MailText recoveryCodeReminder(String account, String link) {
        return new MailText("recovery-code-reminder", "You have no recovery codes left", """
            The account "%s" has no unused recovery code. If the second factor is lost, so is the account.
            Make new codes here:

              %s
            """.formatted(account, link));
    }

    public static MailText tokenAdded(String account, String token) {
        return new MailText("api-token-added", "An API token was made", """
            The account "%s" has a new API token, "%s".
            """.formatted(account, token) + NOT_YOU);
    }

    public static MailText tokenRemoved(String account) {
        return new MailText("api-token-removed", "An API token was revoked", """
            An API token of the account "%s" was revoked on its pages.
            """.formatted(account) + NOT_YOU);
    }

    public static MailText basicAuthWith2fa(String account, String link) {
        return new MailText(
                BASIC_AUTH_WITH_2FA, "Your password was used to upload", """
                    Somebody, most likely you, uploaded with the password of the account "%s", which has two-factor
                    authentication. A password alone bypasses the second factor. Use an API token instead; later on uploads
                    with a password will be refused:

                      %s
                    """.formatted(account, link) + NOT_YOU);
    }

    public static MailText twoFactorNotYetEnabled(String account, String link) {
        return new MailText(
                TWO_FACTOR_NOT_YET_ENABLED, "Two-factor authentication will be required", """
                    You uploaded with the account "%s", which has no two-factor authentication yet. It will be needed for
                    every upload and for managing projects. Set it up here:

                      %s
                    """.formatted(account, link));
    }

    public static MailText brokenGlass(String account) {
        return new MailText("two-factor-wiped", "Your second factors were removed", """
            Whoever runs this index has removed every second factor, all recovery codes and all sessions of the
            account "%s", most likely because you asked for it. Log in with your password and set up a new factor.
            """.formatted(account) + NOT_YOU);
    }
}

package dev.gatehouse.example.mail;

import jakarta.mail.MessagingException;
import java.util.Locale;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Why a mail server did not take a mail, and whether it ever will.
 *
 * @param code the server's answer, or 0 where it gave none, as when the connection was lost
 * @param ofTheMail whether the answer was about the recipient or the content
 */
record SmtpRefusal(int code, boolean ofTheMail) {
    /** What servers answer whose authentication or STARTTLS is missing, or who do not know a command: with other settings they take the mail. */
    private static final Set<Integer> OF_THE_SETTINGS = Set.of(500, 502, 503, 504, 530, 534, 535, 538);

    static SmtpRefusal of(MessagingException thrown) {
        for (Exception e = thrown; e instanceof MessagingException each; e = each.getNextException()) {
            if (each instanceof SMTPAddressFailedException address) {
                return new SmtpRefusal(Math.max(0, address.getReturnCode()), true);
            }
            if (each instanceof SMTPSendFailedException send) {
                // The sender is the same for all mails.
                boolean sender = send.getCommand().toUpperCase(Locale.ROOT).startsWith("MAIL FROM");
                return new SmtpRefusal(Math.max(0, send.getReturnCode()), !sender);
            }
        }
        return new SmtpRefusal(0, false);
    }

    /** Whether trying again would be in vain. */
    boolean isFinal() {
        return ofTheMail && code >= 500 && code < 600 && !OF_THE_SETTINGS.contains(code);
    }

    /** For the log: what servers say beside the code may name an address. */
    @Override
    public String toString() {
        return code == 0 ? "it did not answer" : "it answered " + code + (ofTheMail ? "" : " to the sender");
    }
}

package dev.gatehouse.example.mail;

import dev.gatehouse.example.Options;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands waiting mails to the mail server, in a thread of its own, again and again until it takes them: at longer and longer distances where
 * it does not, until it refuses a mail for good or the mail is {@link #LONGEST_AGE too old} to be of use.
 */
public final class SmtpSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpSender.class);
    private static final int SECONDS_BETWEEN = 15;
    private static final int MOST_DOUBLINGS = 10;

    /** A mail of this age is given up, whoever's fault it is; what it says or links to is of the past. */
    static final Duration LONGEST_AGE = Duration.ofDays(4);

    private static final String TIMEOUT_MILLIS = "20000";

    private final MailQueue queue;
    private final InstantSource clock;
    private final Options.Smtp smtp;
    private final Session session;
    private final BlockingQueue<Boolean> calls = new ArrayBlockingQueue<>(1);
    private final Thread worker;

    SmtpSender(MailQueue queue, InstantSource clock, Options.Smtp smtp) {
        this.queue = queue;
        this.clock = clock;
        this.smtp = smtp;
        this.session = session(smtp);
        this.worker = new Thread(this::work, "mail");
        worker.setDaemon(true);
    }

    /** Begins to send. */
    public static SmtpSender start(MailQueue queue, InstantSource clock, Options.Smtp smtp) {
        SmtpSender sender = new SmtpSender(queue, clock, smtp);
        sender.worker.start();
        return sender;
    }

    private static Session session(Options.Smtp smtp) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", smtp.host());
        properties.setProperty("mail.smtp.port", Integer.toString(smtp.port()));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        if (smtp.startTls()) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
        }
        String user = smtp.user();
        String password = smtp.password();
        if (user == null || password == null) {
            return Session.getInstance(properties);
        }
        properties.setProperty("mail.smtp.auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        });
    }

    /** Looks at the queue soon, because something was put into it. */
    public void wake() {
        calls.offer(Boolean.TRUE);
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round();
                calls.poll(SECONDS_BETWEEN, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries every mail once that is due. Where the server cannot be had that is no mail's fault: none is put off for it. */
    void round() {
        try (Transport transport = session.getTransport("smtp")) {
            long last = 0;
            Instant now = clock.instant();
            for (Optional<Mail> mail = queue.next(last, now); mail.isPresent(); mail = queue.next(last, now)) {
                last = mail.get().id();
                if (!now.isBefore(mail.get().made().plus(LONGEST_AGE))) {
                    giveUp(mail.get(), "it is too old");
                    continue;
                }
                if (!transport.isConnected()) {
                    transport.connect();
                }
                send(mail.get(), transport, now);
            }
        } catch (MessagingException e) {
            LOG.warn("mail has to wait: {} is not there: {}", smtp, e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            LOG.warn("mail has to wait", e);
        }
    }

    private void send(Mail mail, Transport transport, Instant now) {
        InternetAddress recipient;
        try {
            recipient = new InternetAddress(mail.address(), true);
        } catch (AddressException e) {
            giveUp(mail, "its address is none");
            return;
        }
        try {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(smtp.from(), true));
            message.setRecipient(Message.RecipientType.TO, recipient);
            message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
            message.setText(mail.body(), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(mail.made()));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
            queue.sent(mail.id(), now);
        } catch (MessagingException e) {
            SmtpRefusal refusal = SmtpRefusal.of(e);
            if (refusal.isFinal()) {
                giveUp(mail, refusal.toString());
            } else {
                Instant next = now.plus(wait(mail.attempts()));
                queue.putOff(mail.id(), next);
                LOG.warn("mail {} was not taken by {}: {}; it is tried again after {}", mail.id(), smtp, refusal, next);
            }
        }
    }

    /** How long after so many attempts in vain a mail is tried again. */
    private static Duration wait(int attempts) {
        Duration wait = Duration.ofSeconds(SECONDS_BETWEEN).multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        return wait.compareTo(MailQueue.LONGEST_WAIT) < 0 ? wait : MailQueue.LONGEST_WAIT;
    }

    private void giveUp(Mail mail, String why) {
        queue.giveUp(mail.id());
        LOG.warn("mail {} for {} is given up: {}", mail.id(), smtp, why);
    }

    @Override
    public void close() {
        worker.interrupt();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

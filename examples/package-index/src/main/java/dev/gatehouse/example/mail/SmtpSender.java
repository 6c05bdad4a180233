package dev.gatehouse.example.mail;

import dev.gatehouse.example.Options;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands waiting mails to the mail server, in a thread of its own, again and again until it takes them. */
public final class SmtpSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpSender.class);
    private static final int SECONDS_BETWEEN = 15;
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

    /** Tries every waiting mail once. Where the server cannot be had that is no mail's fault: none is given up for it. */
    void round() {
        try (Transport transport = session.getTransport("smtp")) {
            long last = 0;
            for (Optional<Mail> mail = queue.next(last); mail.isPresent(); mail = queue.next(last)) {
                if (!transport.isConnected()) {
                    transport.connect();
                }
                last = mail.get().id();
                send(mail.get(), transport);
            }
        } catch (MessagingException e) {
            LOG.warn("mail has to wait: {} is not there: {}", smtp, e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            LOG.warn("mail has to wait", e);
        }
    }

    private void send(Mail mail, Transport transport) {
        try {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(smtp.from(), true));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.address(), true));
            message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
            message.setText(mail.body(), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(mail.made()));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
            queue.sent(mail.id(), clock.instant());
        } catch (MessagingException e) {
            queue.failed(mail.id());
            LOG.warn(
                    "mail {} was not taken by {}: {}",
                    mail.id(),
                    smtp,
                    e.getClass().getSimpleName());
        }
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

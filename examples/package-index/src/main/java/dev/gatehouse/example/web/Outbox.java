package dev.gatehouse.example.web;

import dev.gatehouse.example.mail.MailQueue;

/** The mails of a server that has no mail server; only on this machine. */
final class Outbox {
    private static final int MOST = 100;

    private final MailQueue queue;

    Outbox(MailQueue queue) {
        this.queue = queue;
    }

    Reply list(Visit visit) {
        return Reply.page("outbox.jte", "Outbox").with("mails", queue.latest(MOST));
    }
}

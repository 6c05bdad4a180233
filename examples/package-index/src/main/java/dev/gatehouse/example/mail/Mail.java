package dev.gatehouse.example.mail;

import java.time.Instant;

/** One mail, as it waits or was sent. */
public record Mail(
        long id,
        String kind,
        String account,
        String address,
        String subject,
        String body,
        Instant made,
        boolean sent) {}

package dev.gatehouse.example.mail;

import java.time.Instant;

/**
 * One mail, as it waits or was sent.
 *
 * @param attempts how often it was tried in vain
 */
public record Mail(
        long id,
        String kind,
        String account,
        String address,
        String subject,
        String body,
        Instant made,
        boolean sent,
        int attempts) {}

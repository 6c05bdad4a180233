package dev.gatehouse.example.web;

import java.time.Instant;

/** A waiver as the page shows it, with names of accounts. */
public record WaiverLine(String id, String requirement, String account, Instant until, String reason, String by) {}

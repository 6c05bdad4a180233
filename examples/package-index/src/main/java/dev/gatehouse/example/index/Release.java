package dev.gatehouse.example.index;

import java.time.Instant;

/** One version of a project. */
public record Release(String version, Instant created, String summary) {}

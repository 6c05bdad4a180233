package dev.gatehouse.example.index;

import java.time.Instant;

/** One project of the index, by its immutable id. */
public record Project(String id, String name, String normalized, Instant created) {}

package dev.gatehouse.policy;

import java.time.Instant;

/** Decides a request as of an instant; the form in which an analysis asks the engine. Thread-safe. */
interface Evaluator {
    Decision decide(AccessRequest request, Instant now);
}

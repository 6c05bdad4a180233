package dev.gatehouse.servlet;

/** What the gate says of a request: pass it on with an {@link Outcome}, or answer it. */
sealed interface Verdict permits Outcome, Answer {}

package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Leaves the status line to the container; an answer need not make a phrase for it. */
enum NoReasonPhrase implements ReasonPhrase {
    INSTANCE;

    @Override
    public void set(HttpServletRequest request, HttpServletResponse response, String phrase) {}
}

package dev.gatehouse.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;

/** A servlet container on a port of its own, with one application: a filter for all dispatcher types and a servlet on all paths. */
interface Container {
    /** An application; what goes wrong in it goes to {@code /error-page}. */
    record App(String contextPath, Filter filter, HttpServlet servlet) {}

    /** Starts it; the port is chosen by the system. */
    int start(App app) throws Exception;

    void stop() throws Exception;
}

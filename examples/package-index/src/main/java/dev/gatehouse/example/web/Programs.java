package dev.gatehouse.example.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Endpoints of the library for programs, and what this index does after each change, such as the mails that its events ask for. */
final class Programs extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient HttpServlet endpoints;
    private final transient Runnable afterwards;

    Programs(HttpServlet endpoints, Runnable afterwards) {
        this.endpoints = endpoints;
        this.afterwards = afterwards;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        endpoints.service(request, response);
        if (!request.getMethod().equals("GET")) {
            afterwards.run();
        }
    }
}

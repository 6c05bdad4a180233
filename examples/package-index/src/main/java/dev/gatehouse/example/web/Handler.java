package dev.gatehouse.example.web;

import java.io.IOException;

/** Answers one kind of request. */
interface Handler {
    Reply handle(Visit visit) throws IOException;
}

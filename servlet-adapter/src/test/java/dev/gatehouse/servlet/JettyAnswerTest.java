package dev.gatehouse.servlet;

/** The answers on Jetty. */
class JettyAnswerTest extends AnswerContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }

    @Override
    ReasonPhrase reasonPhrase() {
        return ReasonPhrase.jetty();
    }

    @Override
    String reason(String text) {
        return ReasonPhrase.ascii(text, ReasonPhrase.MAX_LENGTH);
    }
}

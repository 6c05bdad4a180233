package dev.gatehouse.servlet;

/** The answers on Undertow. */
class UndertowAnswerTest extends AnswerContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }

    @Override
    ReasonPhrase reasonPhrase() {
        return ReasonPhrase.undertow();
    }

    @Override
    String reason(String text) {
        return ReasonPhrase.ascii(text, ReasonPhrase.MAX_LENGTH);
    }
}

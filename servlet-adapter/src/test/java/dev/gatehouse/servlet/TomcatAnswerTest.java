package dev.gatehouse.servlet;

/** The answers on Tomcat. */
class TomcatAnswerTest extends AnswerContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }

    @Override
    ReasonPhrase reasonPhrase() {
        return ReasonPhrase.none();
    }

    @Override
    String reason(String text) {
        return "";
    }
}

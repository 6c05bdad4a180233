package dev.gatehouse.servlet;

/** The failures on Undertow. */
class UndertowFailureTest extends FailureContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

package dev.gatehouse.servlet;

/** The endpoints of set-ups on Undertow. */
class UndertowSetUpTest extends SetUpContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

package dev.gatehouse.servlet;

/** An application below a path of its own on Undertow. */
class UndertowContextPathTest extends ContextPathContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

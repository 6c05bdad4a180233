package dev.gatehouse.servlet;

/** The endpoint of leaked tokens on Undertow. */
class UndertowDisclosureTest extends DisclosureContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

package dev.gatehouse.servlet;

/** The dispatches on Undertow. */
class UndertowDispatchTest extends DispatchContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

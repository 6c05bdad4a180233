package dev.gatehouse.servlet;

/** The endpoints of factors on Undertow. */
class UndertowFactorTest extends FactorContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

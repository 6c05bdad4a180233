package dev.gatehouse.servlet;

/** The paths on Undertow as it comes. */
class UndertowUriTest extends UriContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

package dev.gatehouse.servlet;

/** Logins through the endpoints on Undertow. */
class UndertowLoginTest extends LoginContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}

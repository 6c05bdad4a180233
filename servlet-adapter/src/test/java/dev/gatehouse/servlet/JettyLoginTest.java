package dev.gatehouse.servlet;

/** Logins through the endpoints on Jetty. */
class JettyLoginTest extends LoginContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

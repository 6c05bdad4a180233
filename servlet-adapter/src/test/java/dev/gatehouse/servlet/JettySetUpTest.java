package dev.gatehouse.servlet;

/** The endpoints of set-ups on Jetty. */
class JettySetUpTest extends SetUpContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

package dev.gatehouse.servlet;

/** The failures on Jetty. */
class JettyFailureTest extends FailureContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

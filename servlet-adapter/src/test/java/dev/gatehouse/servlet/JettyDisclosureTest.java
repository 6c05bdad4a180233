package dev.gatehouse.servlet;

/** The endpoint of leaked tokens on Jetty. */
class JettyDisclosureTest extends DisclosureContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

package dev.gatehouse.servlet;

/** The endpoints of trusted publishing on Jetty. */
class JettyPublishingTest extends PublishingContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

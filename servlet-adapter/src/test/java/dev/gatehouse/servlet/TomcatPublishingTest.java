package dev.gatehouse.servlet;

/** The endpoints of trusted publishing on Tomcat. */
class TomcatPublishingTest extends PublishingContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

package dev.gatehouse.servlet;

/** The failures on Tomcat. */
class TomcatFailureTest extends FailureContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

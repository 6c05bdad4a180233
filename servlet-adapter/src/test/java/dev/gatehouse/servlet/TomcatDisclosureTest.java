package dev.gatehouse.servlet;

/** The endpoint of leaked tokens on Tomcat. */
class TomcatDisclosureTest extends DisclosureContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

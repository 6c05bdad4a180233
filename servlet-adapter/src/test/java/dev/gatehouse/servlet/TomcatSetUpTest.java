package dev.gatehouse.servlet;

/** The endpoints of set-ups on Tomcat. */
class TomcatSetUpTest extends SetUpContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

package dev.gatehouse.servlet;

/** An application below a path of its own on Tomcat. */
class TomcatContextPathTest extends ContextPathContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

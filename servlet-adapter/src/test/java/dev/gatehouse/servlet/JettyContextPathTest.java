package dev.gatehouse.servlet;

/** An application below a path of its own on Jetty. */
class JettyContextPathTest extends ContextPathContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

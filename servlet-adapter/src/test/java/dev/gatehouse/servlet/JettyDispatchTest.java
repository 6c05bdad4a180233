package dev.gatehouse.servlet;

/** The dispatches on Jetty. */
class JettyDispatchTest extends DispatchContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

package dev.gatehouse.servlet;

/** The endpoints of factors on Jetty. */
class JettyFactorTest extends FactorContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

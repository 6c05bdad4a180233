package dev.gatehouse.servlet;

/** The endpoints of factors on Tomcat. */
class TomcatFactorTest extends FactorContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

package dev.gatehouse.servlet;

/** The dispatches on Tomcat. */
class TomcatDispatchTest extends DispatchContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

package dev.gatehouse.servlet;

/** The paths on Tomcat as it comes. */
class TomcatUriTest extends UriContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}

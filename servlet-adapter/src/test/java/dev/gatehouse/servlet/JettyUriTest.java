package dev.gatehouse.servlet;

/** The paths on Jetty as it comes. */
class JettyUriTest extends UriContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}

package dev.gatehouse.servlet;

/** The paths on a Jetty that lets everything through, so that only the filter stands in the way. */
class LenientJettyUriTest extends UriContract {
    @Override
    Container container() {
        return new JettyContainer(true);
    }

    @Override
    boolean hidesFragments() {
        return true;
    }
}

/** A jakarta.servlet filter that holds every request to a Gatehouse policy. */
module dev.gatehouse.servlet {
    requires static transitive org.jspecify;
    requires transitive dev.gatehouse.core;
    requires transitive jakarta.servlet;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static org.eclipse.jetty.ee10.servlet;
    requires static org.eclipse.jetty.server;

    exports dev.gatehouse.servlet;
}

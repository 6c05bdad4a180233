package dev.gatehouse.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat 11, with everything registered by a container initializer. */
final class TomcatContainer implements Container {
    private Tomcat tomcat;

    @Override
    public int start(App app) throws Exception {
        Path base = Files.createTempDirectory("gatehouse-tomcat");
        tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxHttpHeaderSize", "65536");
        tomcat.getConnector().setProperty("relaxedPathChars", "\\^[]{}|\"<>`");
        Context context = tomcat.addContext(app.contextPath(), base.toString());
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    FilterRegistration.Dynamic filter = servlets.addFilter("gate", app.filter());
                    filter.setAsyncSupported(true);
                    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
                    ServletRegistration.Dynamic servlet = servlets.addServlet("app", app.servlet());
                    servlet.setAsyncSupported(true);
                    servlet.addMapping("/*");
                },
                null);
        ErrorPage errors = new ErrorPage();
        errors.setLocation("/error-page");
        context.addErrorPage(errors);
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}

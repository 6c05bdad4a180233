package dev.gatehouse.servlet;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;

/** Undertow 2. */
final class UndertowContainer implements Container {
    private Undertow undertow;
    private DeploymentManager manager;

    @Override
    public int start(App app) throws Exception {
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setContextPath(app.contextPath().isEmpty() ? "/" : app.contextPath())
                .setDeploymentName("contract")
                .addFilter(Servlets.filter("gate", Filter.class, new ImmediateInstanceFactory<>(app.filter()))
                        .setAsyncSupported(true))
                .addServlet(Servlets.servlet("app", Servlet.class, new ImmediateInstanceFactory<Servlet>(app.servlet()))
                        .setAsyncSupported(true)
                        .addMapping("/*"))
                .addErrorPage(Servlets.errorPage("/error-page"));
        for (DispatcherType type : DispatcherType.values()) {
            deployment.addFilterUrlMapping("gate", "/*", type);
        }
        manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        HttpHandler handler = manager.start();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setHandler(new PathHandler().addPrefixPath(deployment.getContextPath(), handler))
                .build();
        undertow.start();
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        undertow.stop();
        manager.stop();
        manager.undeploy();
    }
}

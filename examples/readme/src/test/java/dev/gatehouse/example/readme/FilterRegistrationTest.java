package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.servlet.Answers;
import dev.gatehouse.servlet.Identity;
import dev.gatehouse.servlet.IndexHost;
import dev.gatehouse.servlet.Pages;
import dev.gatehouse.servlet.PypiLayout;
import dev.gatehouse.servlet.SignedIn;
import dev.gatehouse.servlet.TwoFactorFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class FilterRegistrationTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void jetty_withTheFilter_readsPassAndManagementIsSentToLogIn() throws Exception {
        Server server = new Server(new InetSocketAddress("localhost", 0));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new Hello()), "/*");
        context.addServletContainerInitializer((classes, servletContext) ->
                FilterRegistration.register(servletContext, policy(), new NobodySignedIn()));
        server.setHandler(context);
        server.start();
        try {
            assertStory(((ServerConnector) server.getConnectors()[0]).getLocalPort());
        } finally {
            server.stop();
        }
    }

    @Test
    void springBoot_withTheFilter_readsPassAndManagementIsSentToLogIn() throws Exception {
        try (var application = new AnnotationConfigServletWebServerApplicationContext(
                SpringBootConfiguration.class, Application.class)) {
            assertStory(application.getWebServer().getPort());
        }
    }

    private void assertStory(int port) throws IOException, InterruptedException {
        HttpResponse<String> read = get(port, "/simple/", "text/html");
        HttpResponse<String> manage = get(port, "/manage/projects/", "text/html");
        HttpResponse<String> unmapped = get(port, "/secret", "*/*");

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo("hello");
        assertThat(manage.statusCode()).isEqualTo(303);
        assertThat(manage.headers().firstValue("Location"))
                .hasValueSatisfying(l -> assertThat(l).contains("/account/login/"));
        assertThat(unmapped.statusCode()).isBetween(400, 404);
        assertThat(unmapped.body()).doesNotContain("hello");
    }

    private HttpResponse<String> get(int port, String path, String accept) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static TwoFactorPolicy policy() {
        PolicyDefinition pypi = Presets.load("pypi/1");
        return TwoFactorPolicy.builder(pypi)
                .clock(InstantSource.fixed(Instant.parse("2024-01-15T12:00:00Z")))
                .supplies(Supplied.everything(pypi.vocabulary()))
                .controls(PolicyControls.of(
                        Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false)))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        TomcatServletWebServerFactory tomcat() {
            return new TomcatServletWebServerFactory(0);
        }

        @Bean
        TwoFactorFilter filter() {
            return TwoFactorFilter.builder(policy(), PypiLayout.standard(), new NobodySignedIn())
                    .answers(Answers.of(Pages.at("https://index.example").page(Remedy.AUTHENTICATE, "/account/login/")))
                    .build();
        }

        @Bean
        ServletRegistrationBean<Hello> hello() {
            return new ServletRegistrationBean<>(new Hello(), "/*");
        }
    }

    static final class NobodySignedIn implements IndexHost {
        @Override
        public Optional<SignedIn> session(HttpServletRequest request) {
            return Optional.empty();
        }

        @Override
        public AccountFacts account(String accountId) {
            return AccountValues.unknown();
        }

        @Override
        public ThingFacts project(String name) {
            return ThingValues.unknown();
        }

        @Override
        public boolean maySee(@Nullable Identity identity, Optional<String> project) {
            return true;
        }
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }
}

package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.servlet.PypiLayout;
import dev.gatehouse.servlet.TwoFactorFilter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The filter before an application that maps its paths with Spring's patterns, and takes them in any case: whatever spelling of a
 * protected path it would map, nobody reaches it without a session (security requirement 17).
 */
class SpringPathsTest {
    private static final String MANAGED = "managed";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/manage/projects/",
                "/MANAGE/projects/",
                "/Manage/Projects/",
                "/manage/%70rojects/",
                "/manage/%50ROJECTS/",
                "/manage;x=1/projects/",
                "/manage/projects;x=1/",
                "/manage/projects/;x=1",
                "/manage//projects/",
                "//manage/projects/",
                "/simple/../manage/projects/",
                "/simple/..;/manage/projects/",
                "/simple/%2e%2e/manage/projects/",
                "/simple/..%2fmanage/projects/",
                "/manage/./projects/",
                "/manage\\projects/",
                "/manage/projects/%20",
                "/manage/projects",
                "/MANAGE/PROJECT/foo/settings/",
                "/manage/project/foo/settings/;jsessionid=1"
            })
    void protectedPath_inAnySpelling_isNotReached(String path) throws Exception {
        try (var application = new AnnotationConfigServletWebServerApplicationContext(Application.class)) {
            int port = application.getWebServer().getPort();

            assertThat(get(port, "/simple/")).contains("HTTP/1.1 200", "public");
            assertThat(get(port, path)).as(path).doesNotContain(MANAGED).doesNotContain("HTTP/1.1 200");
        }
    }

    /** As it is, which a client of the platform would not send. */
    private static String get(int port, String path) throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        TomcatServletWebServerFactory tomcat() {
            return new TomcatServletWebServerFactory(0);
        }

        @Bean
        TwoFactorFilter filter() {
            PolicyDefinition pypi = Presets.load("pypi/1");
            TwoFactorPolicy policy = TwoFactorPolicy.builder(pypi)
                    .clock(InstantSource.fixed(Instant.parse("2024-01-15T12:00:00Z")))
                    .supplies(Supplied.everything(pypi.vocabulary()))
                    .controls(PolicyControls.of(
                            Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false)))
                    .build();
            return TwoFactorFilter.builder(policy, PypiLayout.standard(), new FilterRegistrationTest.NobodySignedIn())
                    .build();
        }

        @Bean
        ServletRegistrationBean<DispatcherServlet> pages() {
            AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
            context.register(Paths.class, Pages.class);
            return new ServletRegistrationBean<>(new DispatcherServlet(context), "/");
        }
    }

    @EnableWebMvc
    @Configuration(proxyBeanMethods = false)
    static class Paths implements WebMvcConfigurer {
        @Override
        public void configurePathMatch(PathMatchConfigurer paths) {
            PathPatternParser anyCase = new PathPatternParser();
            anyCase.setCaseSensitive(false);
            paths.setPatternParser(anyCase);
        }
    }

    @RestController
    static class Pages {
        @GetMapping("/simple/")
        String index() {
            return "public";
        }

        @GetMapping({"/manage/projects/", "/manage/projects", "/manage/project/{name}/settings/", "/manage/**"})
        String managed() {
            return MANAGED;
        }
    }
}

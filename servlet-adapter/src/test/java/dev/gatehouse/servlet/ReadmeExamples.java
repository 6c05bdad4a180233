package dev.gatehouse.servlet;

import dev.gatehouse.disclosure.LeakReports;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnRepository;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;

/** The code of this module's README, compiled; {@link ReadmeTest} holds the two together. */
final class ReadmeExamples {
    private ReadmeExamples() {}

    // readme: filter
    static TwoFactorFilter filter(
            TwoFactorPolicy policy, IndexHost host, ApiTokens tokens, ApiTokenVerifier.Directory names) {
        IndexLayout layout = PypiLayout.builder()
                .csrfTokensCheckedByHost()
                .routes(routes -> routes.get("/status", Route.publicRead())
                        .post("/search", Route.publicRead())
                        .post("/hooks/{project}", Route.api(Action.PROJECT_SETTINGS))
                        .internal("/error"))
                .build();
        Pages pages = Pages.at("https://index.example")
                .page(Remedy.AUTHENTICATE, "/account/login/")
                .page(Remedy.ENROL_FACTOR, "/manage/account/two-factor/")
                .page(Remedy.VERIFY_EMAIL, "/manage/unverified-account/")
                .page(Remedy.PROVE, "/account/reauthenticate/");
        return TwoFactorFilter.builder(policy, layout, host)
                .tokens(ApiTokenVerifier.of(tokens, names))
                .answers(Answers.of(pages).reasonPhrase(ReasonPhrase.jetty()))
                .build();
    }
    // readme: end

    // readme: register
    static void register(ServletContext context, TwoFactorFilter filter) {
        FilterRegistration.Dynamic registration = context.addFilter("gatehouse", filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
    // readme: end

    // readme: upload
    static void upload(HttpServletRequest request, HttpServletResponse response, Form form) throws IOException {
        OpenDecision open = OpenDecision.of(request).orElseThrow();
        Completion completion = form.inTransaction(
                () -> open.complete(OpenTarget.of(Action.PUBLISH_RELEASE).project(form.project())));
        if (completion instanceof Completion.Refused refused) {
            refused.answer(response);
        }
    }
    // readme: end

    // readme: mount
    static void mount(ServletContext context, FactorEndpoints factors, LoginEndpoints logins) {
        context.addServlet("factors", factors).addMapping(factors.paths().toArray(String[]::new));
        context.addServlet("logins", logins).addMapping(logins.paths().toArray(String[]::new));
    }
    // readme: end

    // readme: endpoints
    static FactorEndpoints factors(
            IndexHost host, FactorChanges changes, WebAuthnCeremonies keys, WebAuthnRepository store) {
        return FactorEndpoints.builder(host, changes).securityKeys(keys, store).build();
    }

    static LoginEndpoints logins(IndexHost host, LoginHost sessions, SignIn signIn, WebAuthnCeremonies keys) {
        return LoginEndpoints.builder(host, sessions, signIn)
                .securityKeys(keys.authentication())
                .authenticatorApps()
                .recoveryCodes()
                .build();
    }
    // readme: end

    // readme: publishing
    static void publishing(ServletContext context, TokenExchange exchange, LeakReports reports) {
        PublishingEndpoints publishing =
                PublishingEndpoints.builder(exchange, "index.example").build();
        DisclosureEndpoints disclosure = DisclosureEndpoints.of(reports);
        context.addServlet("publishing", publishing)
                .addMapping(publishing.paths().toArray(String[]::new));
        context.addServlet("disclosure", disclosure)
                .addMapping(disclosure.paths().toArray(String[]::new));
    }
    // readme: end

    /** A form whose file is written only if what is asked inside the transaction permits it. */
    interface Form {
        String project();

        Completion inTransaction(java.util.function.Supplier<Completion> decision);
    }
}

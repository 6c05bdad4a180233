package dev.gatehouse.servlet;

import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.token.ApiTokens;
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

    /** A form whose file is written only if what is asked inside the transaction permits it. */
    interface Form {
        String project();

        Completion inTransaction(java.util.function.Supplier<Completion> decision);
    }
}

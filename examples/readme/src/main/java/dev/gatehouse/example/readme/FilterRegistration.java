package dev.gatehouse.example.readme;

// region filter
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.servlet.Answers;
import dev.gatehouse.servlet.IndexHost;
import dev.gatehouse.servlet.Pages;
import dev.gatehouse.servlet.PypiLayout;
import dev.gatehouse.servlet.TwoFactorFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/** Puts the filter in front of every servlet of a context. */
public final class FilterRegistration {
    public static TwoFactorFilter register(ServletContext context, TwoFactorPolicy policy, IndexHost host) {
        Pages pages = Pages.at("https://index.example")
                .page(Remedy.AUTHENTICATE, "/account/login/")
                .page(Remedy.VERIFY_EMAIL, "/manage/unverified-account/")
                .page(Remedy.ENROL_FACTOR, "/manage/account/two-factor/");
        TwoFactorFilter filter = TwoFactorFilter.builder(policy, PypiLayout.standard(), host)
                .answers(Answers.of(pages))
                .build();
        var registration = context.addFilter("gatehouse", filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        return filter;
    }

    private FilterRegistration() {}
}
// endregion

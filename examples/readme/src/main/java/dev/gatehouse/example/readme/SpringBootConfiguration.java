package dev.gatehouse.example.readme;

// region spring-boot
import dev.gatehouse.servlet.TwoFactorFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Registers the filter before every other one, Spring Security's too. */
@Configuration(proxyBeanMethods = false)
public class SpringBootConfiguration {
    @Bean
    FilterRegistrationBean<TwoFactorFilter> gatehouse(TwoFactorFilter filter) {
        FilterRegistrationBean<TwoFactorFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
// endregion

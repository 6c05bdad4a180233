package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a person typed for a publisher; see {@link PublisherProvider#read}. */
final class SettingsReader {
    private SettingsReader() {}

    static SettingsReading read(PublisherProvider provider, Map<String, String> form, @Nullable String issuer) {
        List<SettingProblem> problems = new ArrayList<>();
        TreeMap<String, String> values = new TreeMap<>();
        for (PublisherSetting setting : provider.settings()) {
            String value = setting.read(form.get(setting.name()), problems::add);
            if (!value.isEmpty()) {
                values.put(setting.name(), value);
            }
        }
        for (PublisherSetting setting : provider.settings()) {
            setting.needs()
                    .filter(other -> isTyped(form, setting.name()) && !isTyped(form, other))
                    .ifPresent(other -> problems.add(
                            new SettingProblem(setting.name(), setting.label() + " needs " + other + " too")));
        }
        form.keySet().stream()
                .filter(name -> provider.settings().stream()
                        .noneMatch(known -> known.name().equals(name)))
                .sorted()
                .forEach(name -> problems.add(new SettingProblem(
                        ClaimText.record(name, ClaimText.MAX), provider.displayName() + " has no such setting")));
        String url = issuer(provider, values, issuer, problems);
        return problems.isEmpty()
                ? new SettingsReading.Accepted(PublisherSettings.of(provider.id(), url, values))
                : new SettingsReading.Refused(problems);
    }

    private static boolean isTyped(Map<String, String> form, String name) {
        return !form.getOrDefault(name, "").isEmpty();
    }

    private static String issuer(
            PublisherProvider provider,
            Map<String, String> values,
            @Nullable String issuer,
            List<SettingProblem> problems) {
        if (provider.ownIssuers()
                && issuer != null
                && !issuer.equals(provider.issuer().orElse(""))) {
            problem(issuer).ifPresent(text -> problems.add(new SettingProblem("issuer", text)));
            return issuer;
        }
        String own =
                provider.issuerTemplate().fill(new SettingsValues(PublisherSettings.of(provider.id(), "-", values)));
        if (issuer != null && own != null && !issuer.equals(own)) {
            problems.add(new SettingProblem(
                    "issuer",
                    provider.displayName() + " has one issuer for this publisher: " + ClaimText.record(own, 200)));
        }
        return own == null ? "-" : own;
    }

    /** What is wrong with the URL of an issuer of one's own. */
    private static Optional<String> problem(String issuer) {
        if (issuer.length() > PublisherSettings.MAX_VALUE) {
            return Optional.of("Issuer URL is too long");
        }
        if (!issuer.startsWith("https://")
                || issuer.endsWith("/")
                || issuer.indexOf('@') >= 0
                || issuer.indexOf('?') >= 0
                || issuer.indexOf('#') >= 0
                || PublisherSite.Address.of(issuer).isEmpty()
                || !hasHost(issuer)) {
            return Optional.of("Issuer URL must begin with https:// and have no slash at its end");
        }
        return Optional.empty();
    }

    /** Whether a list of issuers could have it: other authorities than hosts are texts that nothing can be fetched from. */
    private static boolean hasHost(String url) {
        try {
            return new URI(url).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

package dev.gatehouse.example.web;

import dev.gatehouse.example.publishing.Publishing;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherSettings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A publisher as a page shows it.
 *
 * @param provider its service, as people read it
 * @param text what was registered, in one line
 * @param pins the immutable ids it is held to; empty before its first run
 * @param projects how many projects it publishes to
 * @param constrainable whether it could be held to an environment and is not
 * @param demo the name of the demonstrated service that signs for its runs; null if none does
 * @param project the project that its first run makes, if it is still to come
 * @param ends when it is over, if its first run is still to come
 */
public record PublisherLine(
        String id,
        String provider,
        String text,
        String added,
        String pins,
        int projects,
        boolean constrainable,
        @Nullable String demo,
        @Nullable String project,
        @Nullable String ends) {
    private static final String ENVIRONMENT = "environment";

    static PublisherLine of(Publishing publishing, String id, PublisherSettings settings, Instant created) {
        Optional<PublisherProvider> provider = publishing.provider(settings.provider());
        return new PublisherLine(
                id,
                provider.map(PublisherProvider::displayName).orElse(settings.provider()),
                provider.map(each -> each.describe(settings)).orElse(""),
                day(created),
                "",
                1,
                settings.value(ENVIRONMENT).isEmpty()
                        && provider.stream()
                                .flatMap(each -> each.settings().stream())
                                .anyMatch(setting -> setting.name().equals(ENVIRONMENT)),
                publishing
                        .demoIssuer()
                        .filter(issuer -> issuer.isIssuerOf(settings))
                        .map(issuer ->
                                settings.issuer().substring(settings.issuer().lastIndexOf('/') + 1))
                        .orElse(null),
                null,
                null);
    }

    private static String day(Instant at) {
        return at.toString().substring(0, 10);
    }

    PublisherLine pinned(Map<String, String> ids) {
        String text = ids.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        return new PublisherLine(id, provider, this.text, added, text, projects, constrainable, demo, project, ends);
    }

    PublisherLine sharedBy(int many) {
        return new PublisherLine(id, provider, text, added, pins, many, constrainable, demo, project, ends);
    }

    PublisherLine waitingFor(String name, Instant end) {
        return new PublisherLine(id, provider, text, added, pins, projects, constrainable, demo, name, day(end));
    }
}

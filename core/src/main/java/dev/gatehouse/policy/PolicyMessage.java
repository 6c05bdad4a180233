package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Remedy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of one unmet requirement, put together when read. */
final class PolicyMessage implements Message {
    private final String requirement;
    private final Template template;
    private final Remedy firstStep;
    private final Values values;
    private final @Nullable String enforcedFrom;
    private final @Nullable String waitUntil;

    PolicyMessage(
            String requirement,
            Template template,
            Remedy firstStep,
            Values values,
            @Nullable String enforcedFrom,
            @Nullable String waitUntil) {
        this.requirement = requirement;
        this.template = template;
        this.firstStep = firstStep;
        this.values = values;
        this.enforcedFrom = enforcedFrom;
        this.waitUntil = waitUntil;
    }

    @Override
    public String requirement() {
        return requirement;
    }

    @Override
    public String template() {
        return template.source();
    }

    @Override
    public Map<String, String> values() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String name : template.names()) {
            if (!name.equals(Template.LINK)) {
                shown.put(name, Template.shown(name, value(name)));
            }
        }
        return java.util.Collections.unmodifiableMap(shown);
    }

    @Override
    public String text(MessageContext context) {
        Optional<String> translation = context.translation(requirement);
        String link = context.link(firstStep).orElse(null);
        return translation
                .map(Template::of)
                .orElse(template)
                .fill(name -> name.equals(Template.LINK) ? link : value(name));
    }

    private @Nullable String value(String name) {
        return switch (name) {
            case Template.ENFORCED_FROM -> enforcedFrom;
            case Template.WAIT_UNTIL -> waitUntil;
            default -> values.of(name);
        };
    }

    @Override
    public String toString() {
        return text();
    }
}

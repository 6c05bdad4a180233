package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of one unmet requirement, put together when read. */
final class PolicyMessage implements Message {
    private static final String NOTICE = ".notice";

    private final Grounds grounds;
    private final Values values;

    PolicyMessage(Grounds grounds, Values values) {
        this.grounds = grounds;
        this.values = values;
    }

    @Override
    public String requirement() {
        return grounds.requirement;
    }

    @Override
    public String template() {
        return grounds.template.source();
    }

    @Override
    public Map<String, String> values() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String name : grounds.template.names()) {
            if (!name.equals(Template.LINK)) {
                shown.put(name, Template.shown(name, value(name)));
            }
        }
        return java.util.Collections.unmodifiableMap(shown);
    }

    @Override
    public String text(MessageContext context) {
        Optional<String> translation = translation(context);
        String link = context.link(grounds.ways.get(0).first()).orElse(null);
        return translation
                .map(Template::of)
                .orElse(grounds.template)
                .fill(name -> name.equals(Template.LINK) ? link : value(name));
    }

    /** A warning's own words are not what a refusal's translation says. */
    private Optional<String> translation(MessageContext context) {
        if (grounds.mode == Mode.ENFORCE) {
            return context.translation(grounds.requirement);
        }
        Optional<String> notice = context.translation(grounds.requirement + NOTICE);
        return notice.isPresent() || grounds.ownNotice ? notice : context.translation(grounds.requirement);
    }

    private @Nullable String value(String name) {
        return name.equals(Template.ENFORCED_FROM) ? grounds.enforcedFrom : values.of(name);
    }

    @Override
    public String toString() {
        return text();
    }
}

package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Remedy;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a host adds to the texts of a policy: a page for each remedy, and translations. Immutable and thread-safe. */
public final class MessageContext {
    private static final MessageContext PLAIN = new MessageContext(Locale.ROOT, Map.of(), null);

    private final Locale locale;
    private final Map<Remedy, String> links;
    private final @Nullable BiFunction<String, Locale, @Nullable String> translations;

    private MessageContext(
            Locale locale,
            Map<Remedy, String> links,
            @Nullable BiFunction<String, Locale, @Nullable String> translations) {
        this.locale = locale;
        this.links = links;
        this.translations = translations;
    }

    /** No links, no translations. */
    public static MessageContext plain() {
        return PLAIN;
    }

    /** With this page for {@code {link}} where the way shown begins with the remedy. */
    public MessageContext link(Remedy remedy, String url) {
        Map<Remedy, String> more = new EnumMap<>(Remedy.class);
        more.putAll(links);
        more.put(remedy, Objects.requireNonNull(url, "url"));
        return new MessageContext(locale, Map.copyOf(more), translations);
    }

    /** In this language; instants are printed in ISO form whatever the locale. */
    public MessageContext locale(Locale language) {
        return new MessageContext(Objects.requireNonNull(language, "language"), links, translations);
    }

    /**
     * With templates of the host by id and locale; {@code null} means the policy's own words.
     *
     * <p>The id is that of the requirement for what a refusal says, also where a waiver lifts it, and that with {@code .notice}
     * behind it, such as {@code needs-2fa.notice}, for what a warning says. A warning without a template has the policy's
     * {@code notice}, or, where the policy has none, the template of the refusal.
     */
    public MessageContext translations(BiFunction<String, Locale, @Nullable String> templates) {
        return new MessageContext(locale, links, Objects.requireNonNull(templates, "templates"));
    }

    public Locale locale() {
        return locale;
    }

    public Optional<String> link(Remedy remedy) {
        return Optional.ofNullable(links.get(remedy));
    }

    /** The host's template under this id, if it has one; see {@link #translations}. */
    public Optional<String> translation(String id) {
        return translations == null ? Optional.empty() : Optional.ofNullable(translations.apply(id, locale));
    }
}

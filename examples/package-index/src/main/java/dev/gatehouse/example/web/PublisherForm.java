package dev.gatehouse.example.web;

import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherSetting;
import dev.gatehouse.publisher.SettingProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form in which a publisher of one provider is registered, with what was typed into it.
 *
 * @param open whether it is the one that was sent
 */
public record PublisherForm(PublisherProvider provider, Form form, boolean open) {
    /** The field that says whose form was sent. */
    static final String PROVIDER = "provider";

    /** The key of a setting in {@link #form}: settings of several providers have the same name. */
    public String key(PublisherSetting setting) {
        return provider.id() + "-" + setting.name();
    }

    /** What has to be filled in, or may be, to say who it is. */
    public List<PublisherSetting> fields() {
        return provider.settings().stream()
                .filter(setting -> !setting.constraint())
                .toList();
    }

    /** What only narrows. */
    public List<PublisherSetting> constraints() {
        return provider.settings().stream().filter(PublisherSetting::constraint).toList();
    }

    /** Whether something was typed into a field that only narrows, so that they have to be seen. */
    public boolean showsConstraints() {
        return constraints().stream()
                .anyMatch(setting -> !form.value(key(setting)).isEmpty() || form.error(key(setting)) != null);
    }

    /** What was typed, as the provider reads it; a name with blanks around it is one without. */
    static Map<String, String> typed(Visit visit, PublisherProvider provider) {
        Map<String, String> typed = new HashMap<>();
        provider.settings().forEach(setting -> typed.put(setting.name(), visit.raw(setting.name())));
        return typed;
    }

    /** The same with what was typed, and what is wrong with it. */
    static Form filled(PublisherProvider provider, Map<String, String> typed, List<SettingProblem> problems) {
        Form form = new Form();
        typed.forEach((name, value) -> form.value(provider.id() + "-" + name, value));
        problems.forEach(problem -> form.error(provider.id() + "-" + problem.setting(), problem.text()));
        return form;
    }

    /** The forms of all providers, one of them as it was sent. */
    static List<PublisherForm> all(List<PublisherProvider> providers, String sent, Form form) {
        return providers.stream()
                .map(each -> new PublisherForm(
                        each,
                        each.id().equals(sent) ? form : Form.empty(),
                        each.id().equals(sent)))
                .toList();
    }
}

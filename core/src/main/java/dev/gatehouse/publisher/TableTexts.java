package dev.gatehouse.publisher;

import dev.gatehouse.internal.ClaimText;
import java.util.List;

/** What a table says of a publisher by its settings alone. */
final class TableTexts {
    private TableTexts() {}

    /** The publisher in one line: its identity, then its constraints. */
    static String describe(PublisherProvider table, Template description, PublisherSettings of) {
        StringBuilder text = new StringBuilder();
        String name = description.fill(new SettingsValues(of));
        text.append(name == null || name.isEmpty() ? table.displayName() : ClaimText.record(name, 255));
        for (PublisherSetting setting : table.settings()) {
            if (name == null || !description.settings().contains(setting.name())) {
                of.value(setting.name())
                        .ifPresent(value -> text.append(", ")
                                .append(setting.name())
                                .append(' ')
                                .append(ClaimText.record(value, ClaimText.MAX)));
            }
        }
        return text.toString();
    }

    /** How narrow a publisher is: more for an environment than for all else, and for each constraint. */
    static int specificity(List<PublisherSetting> settings, PublisherSettings of) {
        int specificity = 0;
        for (PublisherSetting setting : settings) {
            if (setting.constraint() && of.value(setting.name()).isPresent()) {
                specificity += setting.name().equals(RunSettings.ENVIRONMENT) ? 1_000 : 1;
            }
        }
        return specificity;
    }
}

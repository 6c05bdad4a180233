package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts with places: what is put there, and that a place without a value leaves no text at all. */
class TemplateTest {
    private static final SettingsValues VALUES = new SettingsValues(
            PublisherSettings.of("own", "https://git.example/x", Map.of("path", "group/sub/name")), Map.of("id", "7"));

    private static String filled(String template) {
        return String.valueOf(Template.of(template).fill(VALUES));
    }

    @Test
    void fill_eachKindOfPlace() {
        assertThat(filled("a {path}.")).isEqualTo("a group/sub/name.");
        assertThat(filled("{path|last}")).isEqualTo("name");
        assertThat(filled("{host}/{pin.id}")).isEqualTo("git.example/x/7");
        assertThat(filled("")).isEmpty();
    }

    @Test
    void fill_aPlaceWithoutAValue_givesNone() {
        for (String template : new String[] {"{other}", "a{pin.other}", "{path}{claim.path}"}) {
            assertThat(Template.of(template).fill(VALUES)).isNull();
        }
    }

    /** Claims are of a run; a publisher alone has none, not even an empty one. */
    @Test
    void claim_ofAPublisherAlone_none() {
        assertThat(VALUES.claim("path")).isNull();
    }

    @Test
    void of_aPlaceThatIsNone_throwsNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Template.of("x{path"))
                .withMessageContaining("x{path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Template.of("{No|last}"))
                .withMessageContaining("{No|last}");
    }

    @Test
    void toString_isTheTemplate() {
        assertThat(Template.of("a {path|last}")).hasToString("a {path|last}");
    }
}

package dev.gatehouse.example.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equality and form of versions, in the cases of PEP 440, "Normalization". */
class VersionsTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1.0, 1.0.0",
        "1.0, v1.0",
        "1.0, V1",
        "1.0, 01.00",
        "1.0, 0!1.0",
        "0, 0.0.00",
        "1.1RC1, 1.1rc1",
        "1.1.a1, 1.1a1",
        "1.1-a1, 1.1a1",
        "1.1a.1, 1.1a1",
        "1.1_alpha_1, 1.1a1",
        "1.1beta2, 1.1b2",
        "1.1c3, 1.1rc3",
        "1.1pre3, 1.1rc3",
        "1.1preview3, 1.1rc3",
        "1.2a, 1.2a0",
        "1.2.a01, 1.2.0a1",
        "1.2-post2, 1.2.post2",
        "1.2rev2, 1.2.post2",
        "1.2.r2, 1.2.post2",
        "1.0-1, 1.0.post1",
        "1.0-01, 1.post1",
        "1.2.post, 1.2.post0",
        "1.2-dev2, 1.2.dev2",
        "1.2.dev, 1.2dev0",
        "1.0+ubuntu-1, 1.0+ubuntu.1",
        "1.0+Ubuntu_01, 1+ubuntu.1"
    })
    void same_spellingsOfOneVersion_isTrue(String one, String other) {
        assertThat(Versions.same(one, other)).isTrue();
        assertThat(List.of(one, other)).allMatch(Versions::isVersion);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.1",
        "1.0, 10",
        "1.0, 1!1.0",
        "1.0, 1.0a0",
        "1.0a1, 1.0b1",
        "1.0, 1.0.post0",
        "1.0, 1.0.dev0",
        "1.0, 1.0+1",
        "1.0+0a, 1.0+a",
        "1.0-1, 1.0.1",
        "1.10, 1.1",
        "newest, newer"
    })
    void same_twoVersions_isFalse(String one, String other) {
        assertThat(Versions.same(one, other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1.0", "1.0 ", "1.0/..", "x", "1..0", "1.0+", "1.0a1b1", "\u0661.0", "1.0\n"})
    void isVersion_anythingElse_isFalse(String text) {
        assertThat(Versions.isVersion(text)).isFalse();
    }

    @Test
    void same_oldRowThatIsNoVersion_isTrueOfItself() {
        assertThat(Versions.same("newest", "Newest ")).isTrue();
    }

    @Test
    void isVersion_longerThanTheColumn_isFalse() {
        assertThat(Versions.isVersion("1".repeat(200))).isTrue();
        assertThat(Versions.isVersion("1".repeat(201))).isFalse();
        assertThat(Versions.same("1.0".repeat(100_000), "1.0")).isFalse();
    }
}

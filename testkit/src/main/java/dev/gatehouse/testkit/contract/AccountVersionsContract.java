package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What all {@link AccountVersions} hold; that changes are made at one version only is in the contracts of the repositories. */
public abstract class AccountVersionsContract {
    private static final String BOB = "bob";

    /** For subclasses. */
    protected AccountVersionsContract() {}

    /** Versions of accounts none of which was ever changed. */
    protected abstract AccountVersions create();

    @Test
    void of_anAccountThatWasNeverChanged_isZeroAndStays() {
        AccountVersions versions = create();

        assertThat(versions.of(BOB)).isZero();
        assertThat(versions.of(BOB)).isZero();
    }

    @Test
    void advance_anAccount_addsOneToItAlone() {
        AccountVersions versions = create();

        assertThat(versions.advance(BOB)).isEqualTo(1);
        assertThat(versions.advance(BOB)).isEqualTo(2);
        assertThat(versions.of(BOB)).isEqualTo(2);
        for (String other : List.of("Bob", "bob ", " bob", "alice \u00e9\ud83d\udd11 'ok'")) {
            assertThat(versions.of(other)).as(other).isZero();
        }
        assertThat(versions.advance("alice \u00e9\ud83d\udd11 'ok'")).isEqualTo(1);
        assertThat(versions.of(BOB)).isEqualTo(2);
    }

    @Test
    void advance_byManyAtOnce_givesEachAVersionOfItsOwn() {
        AccountVersions versions = create();
        int threads = 4;
        int each = 50;
        long all = 200;

        List<List<Long>> seen = Race.of(threads, thread -> {
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                mine.add(versions.advance(BOB));
            }
            return mine;
        });

        assertThat(seen.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, all).boxed().toList());
        assertThat(versions.of(BOB)).isEqualTo(all);
    }
}

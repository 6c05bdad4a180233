package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private final Embedding today = new Embedding(InstantSource.fixed(Instant.parse("2024-01-15T12:00:00Z")));

    @Test
    void upload_withoutFactor_saysWhatToDo() {
        assertThat(today.upload(EnrolledFactors.none()))
                .isEqualTo(
                        "User 'alice', associated with the API token used, does not have two-factor authentication enabled."
                                + " Please enable two-factor authentication before attempting to upload to PyPI."
                                + " See https://index.example/manage/account/two-factor/ for more information.");
    }

    @Test
    void upload_withFactor_goesOn() {
        assertThat(today.upload(EnrolledFactors.of(FactorKind.TOTP))).isEqualTo("go on");
    }
}

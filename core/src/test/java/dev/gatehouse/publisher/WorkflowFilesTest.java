package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file in a claim that names a workflow, also in claims that no provider writes: none of them throws. */
class WorkflowFilesTest {
    @ParameterizedTest
    @CsvSource({
        "o/r/.github/workflows/a.yml@refs/heads/x,a.yml",
        "/r/.github/workflows/a.yml@x,a.yml",
        "o//.github/workflows/a.yml@x,a.yml",
        "o/r/.github/workflows/.yml@x,",
        "o/r/.github/workflows/@x,",
        "o/r/.github/workflows/,",
        "o/.github/workflows/a.yml@x,",
        "o/,",
        "/,"
    })
    void github_eachClaim_theFileOrNone(String claim, String file) {
        assertThat(WorkflowFiles.github(claim).orElse(null)).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({
        "gitlab.com/o/r//a.yml@refs/heads/x,a.yml",
        "gitlab.com/o/r//sub/a.yml@x,sub/a.yml",
        "//a.yml@x,a.yml",
        "/o//a.yml@x,a.yml",
        "o//.yml@x,",
        "o//,",
        "o/r/,",
        "/,"
    })
    void gitlab_eachClaim_theFileOrNone(String claim, String file) {
        assertThat(WorkflowFiles.gitlab(claim).orElse(null)).isEqualTo(file);
    }
}

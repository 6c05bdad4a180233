package dev.gatehouse.example.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimpleApiTest {
    private static final Project PROJECT =
            new Project("id", "Sample.<Project>", "sample-project", Instant.parse("2024-01-01T00:00:00Z"));
    private static final ReleaseFile FILE = new ReleaseFile(
            "sample_project-1.0+local-py3-none-any.whl",
            "1.0+local",
            "bdist_wheel",
            ">=3.8,<4",
            12,
            "ab".repeat(32),
            Instant.parse("2024-01-02T03:04:05.123456789Z"));
    private final SimpleApi api = new SimpleApi(f -> SimpleApi.pathBelow("/files/", f));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|PLAIN_HTML",
                "*/*|PLAIN_HTML",
                "text/html|PLAIN_HTML",
                "application/vnd.pypi.simple.v1+json|JSON",
                "application/vnd.pypi.simple.latest+json|JSON",
                "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01|JSON",
                "application/vnd.pypi.simple.v1+html, text/html;q=0.5|HTML",
                "application/vnd.pypi.simple.v1+json;q=0, */*|PLAIN_HTML",
                "APPLICATION/VND.PYPI.SIMPLE.V1+JSON;Q=0.9|JSON",
            })
    void negotiate_header_picksTheBestForm(String accept, SimpleApi.Form form) {
        assertThat(SimpleApi.negotiate(accept)).contains(form);
    }

    @ParameterizedTest
    @CsvSource({"application/json", "text/html;q=0", "text/html;q=nonsense", "image/png"})
    void negotiate_nothingServed_isEmpty(String accept) {
        assertThat(SimpleApi.negotiate(accept)).isEmpty();
    }

    @Test
    void project_html_escapesAndCarriesDigestAndPython() {
        String html = api.project(PROJECT, List.of(FILE), SimpleApi.Form.PLAIN_HTML);

        assertThat(html)
                .contains("Links for Sample.&lt;Project&gt;")
                .contains("%2Blocal-py3-none-any.whl#sha256=" + "ab".repeat(32))
                .contains("data-requires-python=\"&gt;=3.8,&lt;4\"")
                .doesNotContain("<Project>");
    }

    @Test
    void project_json_hasWhatPep691And700Ask() {
        JsonNode json = JsonMapper.shared().readTree(api.project(PROJECT, List.of(FILE), SimpleApi.Form.JSON));

        assertThat(json.get("meta").get("api-version").asString()).isEqualTo("1.1");
        assertThat(json.get("name").asString()).isEqualTo("sample-project");
        assertThat(json.get("versions").get(0).asString()).isEqualTo("1.0+local");
        JsonNode file = json.get("files").get(0);
        assertThat(file.get("hashes").get("sha256").asString()).isEqualTo("ab".repeat(32));
        assertThat(file.get("size").asLong()).isEqualTo(12);
        assertThat(file.get("requires-python").asString()).isEqualTo(">=3.8,<4");
        assertThat(file.get("upload-time").asString()).isEqualTo("2024-01-02T03:04:05.123456Z");
    }

    @Test
    void index_bothForms_listEveryProject() {
        assertThat(api.index(List.of(PROJECT), SimpleApi.Form.HTML)).contains("<a href=\"/simple/sample-project/\">");
        assertThat(JsonMapper.shared()
                        .readTree(api.index(List.of(PROJECT), SimpleApi.Form.JSON))
                        .get("projects")
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("Sample.<Project>");
    }

    @ParameterizedTest
    @CsvSource({"Sample.Project,sample-project", "a,a", "A__b--C..d,a-b-c-d", "x1,x1"})
    void projectName_valid_isNormalized(String text, String normalized) {
        assertThat(ProjectName.of(text)).map(ProjectName::normalized).contains(normalized);
    }

    @ParameterizedTest
    @CsvSource({"''", "-a", "a-", "a/b", "a b", "ä", ".."})
    void projectName_invalid_isEmpty(String text) {
        assertThat(ProjectName.of(text)).isEmpty();
    }
}

package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ways out a refusal shows to whom. */
class RemediesTest {
    private static final String VOCABULARY = """
            gatehouse-policy = 1
            name = "runs"
            revision = 1

            [vocabulary.flags]
            publisher.by-member = "who started the run is a member"

            """;

    /** Only a run can be started differently; everybody else has none, and must become another caller first. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trusted-publisher | change-request
            session           | switch-credential
            api-token         | switch-credential
            service-account   | switch-credential
            password          | switch-credential
            anonymous         | authenticate
            """)
    void unmetPublisher_byCaller_showsAWayThatCallerHas(String caller, String way) {
        assertThat(ways(caller, "demand.publisher.flag = \"by-member\"")).isEqualTo("[[" + way + "]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trusted-publisher | [[change-request]]
            session           | [[switch-credential]]
            """)
    void unmetPublisher_besideTheCredential_isOneStep(String caller, String ways) {
        String both = "demand = { credential = \"trusted-publisher\", publisher.flag = \"by-member\" }";

        assertThat(ways(caller, both)).isEqualTo(ways);
    }

    /** A way that keeps the caller's credential is shown before one by a run. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trusted-publisher | [[change-request], [switch-credential]]
            session           | [[prove], [switch-credential]]
            """)
    void unmetPublisher_orAProof_comesAfterWhatKeepsTheCredential(String caller, String ways) {
        String either = "demand.any-of = [{ publisher.flag = \"by-member\" }, "
                + "{ proven = { factor = \"password\", within = \"request\" } }]";

        assertThat(ways(caller, either)).isEqualTo(ways);
    }

    private static String ways(String caller, String demand) {
        PolicyDefinition definition = PolicyDocuments.standard()
                .read(
                        "runs.toml",
                        VOCABULARY + "[requirement.run]\nactions = [\"publish\"]\n" + demand + "\nmessage = \"No.\"\n")
                .definition();
        CredentialKind kind = CredentialKind.of(caller).orElseThrow();
        RequestDraft draft = kind == CredentialKind.TRUSTED_PUBLISHER
                ? Warehouse.run("publish.release", "push")
                : Warehouse.person("publish.release", kind);
        return Warehouse.of(definition)
                .decide(draft, Warehouse.TODAY)
                .fold(
                        permitted -> "permitted",
                        refused -> refused.first().ways().toString());
    }
}

package dev.gatehouse.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.List;

/** Policy documents: findings with a place and a code, or a definition that is read again as it was written. */
class PolicyDocumentFuzzTest extends FuzzTarget {
    private static final String HEAD =
            "gatehouse-policy = 1\nname = \"test\"\nrevision = 1\nzone = \"America/New_York\"\n";
    private static final PolicyDocuments DOCUMENTS = PolicyDocuments.standard();

    @Override
    protected int mutations() {
        return 150;
    }

    @Override
    protected int longest() {
        return 20_000;
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8(HEAD
                        + "[requirement.x]\n"
                        + "actions = [\"publish\"]\n"
                        + "demand.enrolled = \"any\"\n"
                        + "message = \"m \\\"{project}\\\" \\\\ \\u00e9\"\n"),
                utf8(HEAD
                        + "extends = \"pypi/1\"\n[requirement.require-2fa-publish]\nwhen.account.enrolled = \"any\"\n"),
                utf8(
                        HEAD + "[vocabulary.flags]\n"
                                + "project.critical = \"x\"\n"
                                + "[requirement.y]\n"
                                + "actions = [\"all\"]\n"
                                + "except=[\"read.public\"]\n"
                                + "demand.fresh = {within = \"PT15M\", factor = [\"totp\",\"webauthn\"]}\n"
                                + "phases ="
                                + " [{mode=\"warn\",from=2024-01-01T00:00:00Z},{mode=\"enforce\",from=2024-02-01,share=0.5}]\n"),
                utf8(Presets.text("openssf-level-1/1")),
                utf8("a = '''x'''\n\"b.c\" = \"\\u00e9\"\nd = [1, 2.5e3, true, 1979-05-27T07:32:00-08:00]\n[[t]]\n"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        LoadedPolicy read;
        try {
            read = DOCUMENTS.read("x.toml", text);
        } catch (InvalidDocumentException e) {
            assertThat(e.findings()).isNotEmpty().hasSizeLessThanOrEqualTo(1_000);
            e.findings().forEach(PolicyDocumentFuzzTest::hasItsPlace);
            return;
        }
        read.warnings().forEach(PolicyDocumentFuzzTest::hasItsPlace);
        PolicyDefinition definition = read.definition();
        String written = PolicyDocuments.write(definition);
        assertThat(DOCUMENTS.read("y.toml", written).definition()).as(written).isEqualTo(definition);
    }

    private static void hasItsPlace(DocumentFinding finding) {
        assertThat(finding.line()).isPositive();
        assertThat(finding.column()).isPositive();
        assertThat(finding.code()).matches("P[0-5][0-9]");
        assertThat(finding.text()).isNotBlank().hasSizeLessThan(1_000);
    }
}

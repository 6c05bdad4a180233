package dev.gatehouse.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.fuzz.ReferenceJson;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.testkit.issuer.FakeDisclosureOrigin;
import dev.gatehouse.testkit.issuer.FakeDisclosureOrigin.Report;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.OwnerStatus;
import java.time.Instant;
import java.util.List;

/** Bodies of reports under a good signature, and texts of signatures and key ids over a good body. */
class LeakReportFuzzTest extends FuzzTarget {
    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private final FakeDisclosureOrigin origin = FakeDisclosureOrigin.of(DisclosureOrigin.gitHub());
    private final LeakReports reports = LeakReports.builder(
                    ApiTokens.builder(
                                    "index.test",
                                    InMemoryApiTokenRepository.create(event -> {}),
                                    new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                                            .build()),
                                    owner -> OwnerStatus.Standing.ACTIVE)
                            .clock(() -> NOW)
                            .build(),
                    origin)
            .audit(event -> {})
            .clock(() -> NOW)
            .build();
    private final Report good = padded();

    /** One with a signature whose text has padding, as two of three have. */
    private Report padded() {
        Report report = origin.sign("[]");
        while (!report.headers()
                .get(DisclosureOrigin.gitHub().signatureHeader())
                .endsWith("=")) {
            report = origin.sign("[]");
        }
        return report;
    }

    @Override
    protected int mutations() {
        return 150;
    }

    @Override
    protected List<byte[]> seeds() {
        String record = FakeDisclosureOrigin.record("pypi-" + "AgEIcHlwaS5vcmc", "https://example.org/x");
        return List.of(
                utf8("[" + record + "]"),
                utf8("[" + record + "," + record.replace("pypi_api_token", "other") + ",{},1,null]"),
                utf8("[]"),
                utf8(good.headers().get(DisclosureOrigin.gitHub().signatureHeader())),
                utf8(good.headers()
                        .get(DisclosureOrigin.gitHub().signatureHeader())
                        .replace("=", "")),
                utf8(good.headers().get(DisclosureOrigin.gitHub().keyIdHeader())));
    }

    private LeakReporting send(Report report) {
        return reports.report(report::header, report.body());
    }

    @Override
    protected void check(byte[] input) {
        ReferenceJson.Read reference = ReferenceJson.of(input);
        LeakReporting result = send(origin.sign(origin.currentKey(), input));
        result.fold(
                accepted -> {
                    List<?> records = (List<?>) reference.value();
                    assertThat(accepted.fates().values().stream()
                                    .mapToInt(n -> n)
                                    .sum())
                            .isEqualTo(records.size());
                    assertThat(accepted.fates())
                            .doesNotContainKeys(LeakReporting.Fate.REVOKED, LeakReporting.Fate.ALREADY_REVOKED);
                    return accepted;
                },
                refused -> {
                    assertThat(refused.code())
                            .isIn(
                                    LeakReportRejection.MALFORMED,
                                    LeakReportRejection.TOO_MANY,
                                    LeakReportRejection.TOO_LARGE);
                    return refused;
                });
        String text = text(input);
        String signature = good.headers().get(DisclosureOrigin.gitHub().signatureHeader());
        boolean taken = send(good.withHeader(DisclosureOrigin.gitHub().signatureHeader(), text))
                .fold(accepted -> true, refused -> false);
        assertThat(taken).as("another text of the signature").isEqualTo(text.equals(signature));
        String id = good.headers().get(DisclosureOrigin.gitHub().keyIdHeader());
        boolean known = send(good.withHeader(DisclosureOrigin.gitHub().keyIdHeader(), text))
                .fold(accepted -> true, refused -> false);
        assertThat(known).isEqualTo(text.equals(id));
    }
}

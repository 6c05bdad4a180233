package dev.gatehouse.testkit.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.disclosure.DisclosureOrigin;
import dev.gatehouse.disclosure.LeakReportRejection;
import dev.gatehouse.disclosure.LeakReporting;
import dev.gatehouse.disclosure.LeakReporting.Accepted;
import dev.gatehouse.disclosure.LeakReporting.Fate;
import dev.gatehouse.disclosure.LeakReporting.Refused;
import dev.gatehouse.disclosure.LeakReports;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.testkit.issuer.FakeDisclosureOrigin.Report;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.VerifiedToken;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of leaked tokens: what is refused, what is revoked, and what nobody can find out by sending one. */
class LeakReportsTest {
    private final TokenDesk desk = new TokenDesk();
    private final FakeDisclosureOrigin gitHub = FakeDisclosureOrigin.of(DisclosureOrigin.gitHub());
    private final FakeDisclosureOrigin depsDev = FakeDisclosureOrigin.of(DisclosureOrigin.depsDev());
    private final InMemoryAuditLog audit = InMemoryAuditLog.create();
    private final LeakReports reports = reports(desk.tokens);

    private LeakReports reports(ApiTokens tokens) {
        return LeakReports.builder(tokens, FakeDisclosureOrigin.all(gitHub, depsDev))
                .audit(audit)
                .clock(desk.clock)
                .build();
    }

    private LeakReporting send(Report report) {
        return reports.report(report::header, report.body());
    }

    private Accepted accepted(Report report) {
        return send(report).fold(accepted -> accepted, refused -> {
            throw new AssertionError(refused.toString());
        });
    }

    private LeakReportRejection refused(Report report) {
        return send(report)
                .fold(
                        accepted -> {
                            throw new AssertionError(accepted.toString());
                        },
                        Refused::code);
    }

    private boolean isLive(String secret) {
        return desk.tokens.verify(secret, TokenContext.withoutProject()) instanceof VerifiedToken;
    }

    @Test
    void report_ofALiveToken_revokesItAndTellsItsOwner() {
        for (FakeDisclosureOrigin origin : List.of(gitHub, depsDev)) {
            String secret = desk.mint("for " + origin);

            Accepted accepted = accepted(origin.report(secret));

            assertThat(accepted.status()).isEqualTo(204);
            assertThat(accepted.fates()).containsExactlyEntriesOf(Map.of(Fate.REVOKED, 1));
            assertThat(isLive(secret)).isFalse();
        }
        List<AuditEvent> told = desk.events(AuditTag.TOKEN_REMOVED_LEAK);
        assertThat(told).extracting(event -> event.actor().orElseThrow()).containsExactly("GitHub", "deps.dev");
        assertThat(told).allSatisfy(event -> {
            assertThat(event.account()).contains("alice");
            assertThat(event.attributes())
                    .containsEntry("url", "https://code.example/someone/something/blob/main/secrets")
                    .containsEntry("source", "content");
        });
        assertThat(audit.events())
                .allSatisfy(event -> assertThat(event.attributes())
                        .containsExactlyInAnyOrderEntriesOf(Map.of("records", "1", "revoked", "1")));
    }

    /** An unknown token, one that is revoked, and one that is live: no difference for who sends the report. */
    @Test
    void report_whateverItsTokens_isAnsweredAlike() {
        String live = desk.mint("live");
        String revoked = desk.mint("revoked");
        accepted(gitHub.report(revoked));
        String unknown = new TokenDesk().mint("of another index");

        for (String each : List.of(live, revoked, unknown, "pypi-junk", "")) {
            assertThat(send(gitHub.report(each)).status()).as(each).isEqualTo(204);
        }
        assertThat(accepted(gitHub.report(live, revoked, unknown, "junk", live)).fates())
                .isEqualTo(Map.of(Fate.ALREADY_REVOKED, 3, Fate.NOT_GENUINE, 2));
        assertThat(desk.events(AuditTag.TOKEN_REMOVED_LEAK)).hasSize(2);
    }

    @Property(tries = 100)
    void report_withOneByteOfTheBodyChanged_isRefusedAndRevokesNothing(
            @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(min = 1, max = 255) int change) {
        String secret = desk.mint("token");
        Report report = gitHub.report(secret);
        byte[] changed = report.body();
        changed[at % changed.length] ^= (byte) change;

        assertThat(refused(report.withBody(changed))).isEqualTo(LeakReportRejection.SIGNATURE);
        assertThat(isLive(secret)).isTrue();
    }

    @Test
    void report_cutOrLengthened_isRefused() {
        Report report = gitHub.report(desk.mint("token"));
        String body = new String(report.body(), UTF_8);

        for (String each : List.of("", body.substring(1), body + " ", body + "\n", "\ufeff" + body)) {
            assertThat(refused(report.withBody(each.getBytes(UTF_8)))).isEqualTo(LeakReportRejection.SIGNATURE);
        }
    }

    @Test
    void report_withoutBothHeadersOfAnOrigin_isAsIfThereWereNoSuchAddress() {
        Report report = gitHub.report(desk.mint("token"));
        String id = report.headers().get("GITHUB-PUBLIC-KEY-IDENTIFIER");
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("GITHUB-PUBLIC-KEY-IDENTIFIER", id),
                Map.of("GITHUB-PUBLIC-KEY-SIGNATURE", "x"),
                Map.of("GITHUB-PUBLIC-KEY-IDENTIFIER", id, "GOSST-PUBLIC-KEY-SIGNATURE", "x"))) {
            LeakReporting answer = reports.report(
                    name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of(), report.body());

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer).isEqualTo(new Refused(LeakReportRejection.NO_ORIGIN));
        }
        assertThat(gitHub.asked()).isEmpty();
    }

    @Test
    void report_withMalformedHeaders_isRefusedBeforeAnyFetch() {
        Report report = gitHub.report(desk.mint("token"));
        String signature = "GITHUB-PUBLIC-KEY-SIGNATURE";
        String id = "GITHUB-PUBLIC-KEY-IDENTIFIER";

        for (Report each : List.of(
                report.withHeader(id, ""),
                report.withHeader(id, "a b"),
                report.withHeader(id, "x".repeat(201)),
                report.withHeader(signature, ""),
                report.withHeader(signature, "not base64!"),
                report.withHeader(signature, "MAYCAQECAQ"),
                report.withHeader(signature, "MAYCAQECAR=="),
                report.withHeader(signature, "A".repeat(204)))) {
            assertThat(refused(each)).isEqualTo(LeakReportRejection.HEADERS);
        }
        for (String twice : List.of(id, signature)) {
            assertThat(reports.report(
                            name -> {
                                String value = report.header(name).get(0);
                                return name.equals(twice) ? List.of(value, value) : List.of(value);
                            },
                            report.body()))
                    .isEqualTo(new Refused(LeakReportRejection.HEADERS));
        }
        assertThat(gitHub.asked()).isEmpty();
        assertThat(audit.events())
                .hasSize(10)
                .allSatisfy(event ->
                        assertThat(event.attributes()).isEqualTo(Map.of("code", "HEADERS", "origin", "GitHub")))
                .allSatisfy(event -> assertThat(event.actor()).isEmpty());
    }

    /** Each origin vouches for itself: a key of one is no key of the other. */
    @Test
    void report_signedWithTheKeyOfAnotherOrigin_isRefused() {
        String secret = desk.mint("token");
        accepted(gitHub.report("x"));
        accepted(depsDev.report("x"));
        Report report = depsDev.report(secret);

        LeakReporting answer = reports.report(
                name -> switch (name) {
                    case "GITHUB-PUBLIC-KEY-IDENTIFIER" -> report.header("GOSST-PUBLIC-KEY-IDENTIFIER");
                    case "GITHUB-PUBLIC-KEY-SIGNATURE" -> report.header("GOSST-PUBLIC-KEY-SIGNATURE");
                    default -> List.of();
                },
                report.body());

        assertThat(answer).isNotInstanceOf(Accepted.class);
        assertThat(isLive(secret)).isTrue();
    }

    @Test
    void report_signedOnAnotherCurve_isRefused() {
        FakeDisclosureOrigin other = FakeDisclosureOrigin.onCurve(DisclosureOrigin.gitHub(), "secp384r1");
        LeakReports strange = LeakReports.builder(desk.tokens, other)
                .audit(audit)
                .clock(desk.clock)
                .build();
        Report report = other.report(desk.mint("token"));

        assertThat(strange.report(report::header, report.body()).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "7",
                "\"x\"",
                "[",
                "[]]",
                "[] []",
                "[{\"token\":\"a\",\"token\":\"b\"}]",
                "[[[[[[[[[[[]]]]]]]]]]]",
                "[NaN]",
                "['a']",
                "[1,]"
            })
    void report_thatIsSignedAndNoJsonArray_isRefused(String body) {
        assertThat(refused(gitHub.sign(body))).isEqualTo(LeakReportRejection.MALFORMED);
        assertThat(send(gitHub.sign(body)).status()).isEqualTo(400);
    }

    @Test
    void report_thatIsSignedAndNoUtf8_isRefused() {
        byte[] latin = {'[', '"', (byte) 0xe9, '"', ']'};

        assertThat(refused(gitHub.sign(gitHub.currentKey(), latin))).isEqualTo(LeakReportRejection.MALFORMED);
    }

    /** One strange record keeps the tokens beside it alive for nobody. */
    @Test
    void report_withStrangeRecords_leavesThemAside() {
        String secret = desk.mint("token");
        String record = FakeDisclosureOrigin.record(secret, "https://code.example/");
        List<String> strange = List.of(
                "null",
                "7",
                "[]",
                "{}",
                "{\"token\":\"" + secret + "\"}",
                "{\"token\":7,\"type\":\"pypi_api_token\",\"url\":\"u\"}",
                "{\"token\":\"a\",\"type\":null,\"url\":\"u\"}",
                "{\"token\":\"a\",\"type\":\"pypi_api_token\",\"url\":[\"u\"]}");
        String other = "{\"token\":\"" + secret + "\",\"type\":\"npm_token\",\"url\":\"u\",\"more\":{\"a\":[1.5]}}";

        Accepted accepted = accepted(gitHub.sign("[" + String.join(",", strange) + "," + other + "]"));
        assertThat(accepted.fates()).isEqualTo(Map.of(Fate.MALFORMED, 8, Fate.OTHER_TYPE, 1));
        assertThat(isLive(secret)).isTrue();
        assertThat(accepted(gitHub.sign("[" + String.join(",", strange) + "," + record + "," + other + "]"))
                        .count(Fate.REVOKED))
                .isEqualTo(1);
        assertThat(isLive(secret)).isFalse();
    }

    @Test
    void report_upToItsBounds_isTakenAndBeyondRefused() {
        String most =
                IntStream.range(0, LeakReports.MAX_RECORDS).mapToObj(i -> "1").collect(Collectors.joining(","));
        assertThat(accepted(gitHub.sign("[" + most + "]")).count(Fate.MALFORMED))
                .isEqualTo(1_000);
        assertThat(refused(gitHub.sign("[" + most + ",1]"))).isEqualTo(LeakReportRejection.TOO_MANY);
        String padding = " ".repeat(LeakReports.MAX_BODY - 2);
        assertThat(send(gitHub.sign("[" + padding + "]")).status()).isEqualTo(204);
        assertThat(refused(gitHub.sign("[ " + padding + "]"))).isEqualTo(LeakReportRejection.TOO_LARGE);
        assertThat(send(gitHub.sign("[ " + padding + "]")).status()).isEqualTo(413);
        assertThat(accepted(gitHub.sign("[]")).fates()).isEmpty();
    }

    @Test
    void report_whoseEventCannotBeWritten_isNotAcceptedAndChangesNothing() {
        String first = desk.mint("first");
        String second = desk.mint("second");
        Report report = gitHub.report(first, second);
        desk.failing(AuditTag.TOKEN_REMOVED_LEAK, 1);

        assertThatThrownBy(() -> send(report)).isInstanceOf(IllegalStateException.class);
        assertThat(isLive(first))
                .as("a record that was dealt with stays dealt with")
                .isFalse();
        assertThat(isLive(second)).as("what failed is as it was").isTrue();

        desk.failing(AuditTag.TOKEN_REMOVED_LEAK, Integer.MAX_VALUE);
        assertThat(accepted(report).fates()).isEqualTo(Map.of(Fate.ALREADY_REVOKED, 1, Fate.REVOKED, 1));
        assertThat(desk.events(AuditTag.TOKEN_REMOVED_LEAK)).hasSize(2);
    }

    /** What is behind it in the report is as public as it is. */
    @Test
    void report_whoseFirstRecordFails_revokesTheOthersAndIsToBeSentAgain() {
        String first = desk.mint("first");
        String second = desk.mint("second");
        Report report = gitHub.report(first, second);
        desk.failingOnce(AuditTag.TOKEN_REMOVED_LEAK);

        assertThatThrownBy(() -> send(report)).isInstanceOf(IllegalStateException.class);
        assertThat(isLive(first)).isTrue();
        assertThat(isLive(second)).isFalse();
        assertThat(desk.events(AuditTag.LEAK_REPORT_ACCEPTED)).isEmpty();

        assertThat(accepted(report).fates()).isEqualTo(Map.of(Fate.REVOKED, 1, Fate.ALREADY_REVOKED, 1));
    }

    @Test
    void report_sentByManyAtOnce_revokesOnce() {
        for (int round = 0; round < 20; round++) {
            String secret = desk.mint("token " + round);
            Report report = gitHub.report(secret);

            List<Fate> fates =
                    Race.of(4, i -> accepted(report).fates().keySet().iterator().next());

            assertThat(fates).containsOnlyOnce(Fate.REVOKED).hasSize(4);
            assertThat(isLive(secret)).isFalse();
        }
        assertThat(desk.events(AuditTag.TOKEN_REMOVED_LEAK)).hasSize(20);
    }

    /** A use is written down before the revocation, or there is none. */
    @Test
    void report_againstUses_leavesNoUseAfterTheRevocation() {
        for (int round = 0; round < 50; round++) {
            String secret = desk.mint("token " + round);
            Report report = gitHub.report(secret);
            VerifiedToken verified = (VerifiedToken) desk.tokens.verify(secret, TokenContext.withoutProject());

            List<Boolean> did = Race.of(
                    4,
                    i -> i == 0
                            ? accepted(report).count(Fate.REVOKED) == 1
                            : desk.tokens.recordUse(verified) instanceof VerifiedToken);

            assertThat(did.get(0)).isTrue();
            assertThat(desk.tokens.recordUse(verified)).isNotInstanceOf(VerifiedToken.class);
        }
    }

    @Test
    void builder_withOriginsThatOverlap_isACallersMistake() {
        LeakReports.Builder builder = LeakReports.builder(desk.tokens, gitHub);
        DisclosureOrigin other = DisclosureOrigin.of(
                "Other", URI.create("https://keys.example/"), "github-public-key-identifier", "X-Sig");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.origins(List.of(DisclosureOrigin.gitHub(), other)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.origins(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.types(Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "' x', https://a.example/, A, B",
        "x, http://a.example/, A, B",
        "x, https://u@a.example/, A, B",
        "x, https://a.example/#f, A, B",
        "x, https:a, A, B",
        "x, https://a.example/, A_1, B",
        "x, https://a.example/, A, ''",
        "x, https://a.example/, A, a"
    })
    void origin_thatIsMalformed_isACallersMistake(String name, URI keys, String id, String signature) {
        assertThatIllegalArgumentException().isThrownBy(() -> DisclosureOrigin.of(name, keys, id, signature));
    }

    @Test
    void origin_ofAHost_reportsTypesOfItsOwn() {
        DisclosureOrigin own =
                DisclosureOrigin.of("Our scanner", URI.create("https://keys.example/"), "X-Key", "X-Signature");
        FakeDisclosureOrigin scanner = FakeDisclosureOrigin.of(own.withAuthorization(() -> "token 123"));
        LeakReports mine = LeakReports.builder(desk.tokens, scanner)
                .origins(List.of(own.withAuthorization(() -> "token 123")))
                .types(Set.of("our_token"))
                .audit(audit)
                .clock(desk.clock)
                .build();
        String secret = desk.mint("token");
        Report report = scanner.sign(
                "[{\"token\":\"" + secret
                        + "\",\"type\":\"our_token\",\"url\":\"\"},{\"token\":\"x\",\"type\":\"pypi_api_token\",\"url\":\"\"}]");

        assertThat(mine.report(report::header, report.body()))
                .isEqualTo(new Accepted("Our scanner", Map.of(Fate.REVOKED, 1, Fate.OTHER_TYPE, 1)));
        assertThat(scanner.asked()).containsExactly(Map.of("Accept", "application/json", "Authorization", "token 123"));
        assertThat(own.withAuthorization(() -> "token 123").toString()).isEqualTo("DisclosureOrigin[Our scanner]");
        Report gitHubs = gitHub.report(secret);
        assertThat(mine.report(gitHubs::header, gitHubs.body()).status()).isEqualTo(404);
    }

    @Test
    void keys_areAskedForWithoutAnyCredential_byDefault() {
        accepted(gitHub.report("x"));

        assertThat(gitHub.asked()).containsExactly(Map.of("Accept", "application/json"));
    }
}

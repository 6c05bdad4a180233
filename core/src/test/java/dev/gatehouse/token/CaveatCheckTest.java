package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When each kind of caveat is met, with warehouse's texts where it is not. */
class CaveatCheckTest {
    private static final TokenContext NOWHERE = TokenContext.withoutProject();
    private static final TokenContext SAMPLE =
            TokenContext.about(TokenProject.of("Sample.Project").withId("id-1").withPublishers(Set.of("p1")));

    private static ApiToken of(TokenOwner owner) {
        return ApiToken.builder("t", owner, TokenReach.ACCOUNT, START).build();
    }

    private static String check(Caveat caveat, ApiToken token, TokenContext request, Instant now) {
        return text(caveat.check(CaveatContext.of(token, request, now, ProjectNames::pep503)));
    }

    private static String check(Caveat caveat, TokenOwner owner, TokenContext request) {
        return check(caveat, of(owner), request, START);
    }

    private static String text(CaveatCheck check) {
        return check instanceof CaveatCheck.Unmet unmet ? unmet.text() : check == CaveatCheck.met() ? "met" : "open";
    }

    @Test
    void check_expirationAroundItsInstants_isMetFromTheFirstUntilBeforeTheEnd() {
        Caveat caveat = Caveats.expiration(START, START.plusSeconds(10));

        assertThat(check(caveat, of(ALICE), NOWHERE, START.minusNanos(1))).isEqualTo("token is expired");
        assertThat(check(caveat, of(ALICE), NOWHERE, START)).isEqualTo("met");
        assertThat(check(caveat, of(ALICE), NOWHERE, START.plusSeconds(10).minusNanos(1)))
                .isEqualTo("met");
        assertThat(check(caveat, of(ALICE), NOWHERE, START.plusSeconds(10))).isEqualTo("token is expired");
    }

    @Test
    void check_projectName_comparesNormalizedNames() {
        String not = "project-scoped token is not valid for project: 'Sample.Project'";

        assertThat(check(Caveats.projectNames(List.of("other", "SAMPLE__project")), ALICE, SAMPLE))
                .isEqualTo("met");
        assertThat(check(Caveats.projectNames(List.of("sampleproject")), ALICE, SAMPLE))
                .isEqualTo(not);
        assertThat(check(Caveats.projectNames(List.of()), ALICE, SAMPLE)).isEqualTo(not);
        assertThat(check(Caveats.projectNames(List.of("sample-project")), ALICE, NOWHERE))
                .isEqualTo("project-scoped token used outside of a project context");
    }

    @Test
    void check_projectId_comparesExactly() {
        String not = "project-scoped token is not valid for project: 'Sample.Project'";

        assertThat(check(Caveats.projectIds(List.of("id-0", "id-1")), ALICE, SAMPLE))
                .isEqualTo("met");
        assertThat(check(Caveats.projectIds(List.of("ID-1")), ALICE, SAMPLE)).isEqualTo(not);
        assertThat(check(
                        Caveats.projectIds(List.of("id-1")),
                        ALICE,
                        TokenContext.about(TokenProject.of("Sample.Project"))))
                .isEqualTo(not);
        assertThat(check(Caveats.projectIds(List.of("id-1")), ALICE, NOWHERE))
                .isEqualTo("project-scoped token used outside of a project context");
    }

    @Test
    void check_requestUser_isMetByThatAccountAlone() {
        assertThat(check(Caveats.requestUser("alice"), ALICE, NOWHERE)).isEqualTo("met");
        assertThat(check(Caveats.requestUser("Alice"), ALICE, NOWHERE))
                .isEqualTo("current user does not match user restriction in token");
        assertThat(check(Caveats.requestUser("alice"), TokenOwner.organization("alice"), NOWHERE))
                .isEqualTo("token with user restriction without a user");
        assertThat(check(new StandardCaveat.AnyUser(), ALICE, NOWHERE)).isEqualTo("met");
        assertThat(check(new StandardCaveat.AnyUser(), TokenOwner.publisher("alice"), NOWHERE))
                .isEqualTo("token with user restriction without a user");
    }

    @Test
    void check_publisher_isMetByThatPublisherForItsProjectsNow() {
        Caveat caveat = Caveats.publisher("p1");
        TokenOwner publisher = TokenOwner.publisher("p1");

        assertThat(check(caveat, publisher, SAMPLE)).isEqualTo("met");
        assertThat(check(caveat, TokenOwner.account("p1"), SAMPLE))
                .isEqualTo("OIDC scoped token used outside of an OIDC identified request");
        assertThat(check(caveat, TokenOwner.publisher("p2"), SAMPLE))
                .isEqualTo("current OIDC publisher does not match publisher restriction in token");
        assertThat(check(caveat, publisher, NOWHERE)).isEqualTo("OIDC scoped token used outside of a project context");
        assertThat(check(
                        caveat,
                        publisher,
                        TokenContext.about(TokenProject.of("x").withPublishers(Set.of("p2")))))
                .isEqualTo("OIDC scoped token is not valid for project 'x'");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0, true",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.0/24, 192.0.1.255, false",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.6, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff:ffff::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.7, false",
        "::ffff:192.0.2.0/24, 192.0.2.7, true",
    })
    void check_address_isMetWithinTheRange(String range, String address, boolean met) {
        TokenContext request = NOWHERE.from(InetAddresses.forString(address));

        assertThat(check(Caveats.addresses(List.of("198.51.100.1/32", range)), ALICE, request))
                .isEqualTo(met ? "met" : "token is not valid from this address");
    }

    @Test
    void check_addressWithoutOne_isNotMet() {
        assertThat(check(Caveats.addresses(List.of("0.0.0.0/0", "::/0")), ALICE, NOWHERE))
                .isEqualTo("token is not valid from this address");
        assertThat(check(Caveats.addresses(List.of()), ALICE, NOWHERE.from(InetAddresses.forString("192.0.2.7"))))
                .isEqualTo("token is not valid from this address");
    }

    @Test
    void check_singleUse_hasAnEndThatIsNotTooFar() {
        Caveat caveat = Caveats.singleUse("nonce-12", START.plus(Duration.ofDays(31)));

        assertThat(check(caveat, of(ALICE), NOWHERE, START)).isEqualTo("met");
        assertThat(check(caveat, of(ALICE), NOWHERE, START.minusSeconds(1)))
                .isEqualTo("single-use token lasts too long");
        assertThat(check(
                        caveat,
                        of(ALICE),
                        NOWHERE,
                        START.plus(Duration.ofDays(31)).minusNanos(1)))
                .isEqualTo("met");
        assertThat(check(caveat, of(ALICE), NOWHERE, START.plus(Duration.ofDays(31))))
                .isEqualTo("token is expired");
        assertThat(check(new StandardCaveat.SingleUse("nonce-12", Long.MAX_VALUE), ALICE, NOWHERE))
                .isEqualTo("single-use token lasts too long");
    }

    @Test
    void check_madeWithTwoFactor_isWhatTheRecordSays() {
        ApiToken made = of(ALICE).toBuilder().madeWithTwoFactor(true).build();

        assertThat(check(Caveats.madeWithTwoFactor(), made, NOWHERE, START)).isEqualTo("met");
        assertThat(check(Caveats.madeWithTwoFactor(), ALICE, NOWHERE))
                .isEqualTo("token was not made with two-factor authentication");
    }

    @Test
    void check_beforeTheProjectIsKnown_waitsWhereItMatters() {
        CaveatContext open = CaveatContext.open(of(TokenOwner.publisher("p1")), NOWHERE, START, name -> name);

        assertThat(text(Caveats.projectNames(List.of("a")).check(open))).isEqualTo("open");
        assertThat(text(Caveats.projectIds(List.of("a")).check(open))).isEqualTo("open");
        assertThat(text(Caveats.publisher("p1").check(open))).isEqualTo("open");
        assertThat(text(Caveats.publisher("p2").check(open))).startsWith("current OIDC publisher");
        assertThat(text(Caveats.madeWithTwoFactor().check(open))).startsWith("token was not made");
        assertThat(text(Caveats.expiration(START.minusSeconds(9), START).check(open)))
                .isEqualTo("token is expired");
    }

    @Test
    void unmet_withALongName_cutsIt() {
        String name = "x".repeat(98) + "\ud83d\udd11\ud83d\udd11";

        assertThat(check(Caveats.projectIds(List.of()), ALICE, TokenContext.about(TokenProject.of(name))))
                .isEqualTo("project-scoped token is not valid for project: '" + "x".repeat(98) + "\u2026'");
    }

    @ParameterizedTest
    @CsvSource({
        "sample-project, sample-project",
        "Sample.Project, sample-project",
        "sample__.-project, sample-project",
        "-A-, -a-",
        "..., -",
        "\u212aelvin, \u212aelvin",
        "\u0130X, \u0130x",
        "a--b, a-b",
        "a--, a-",
        "--, -",
        "_, -",
        "AZ, az",
        "az@[`{, az@[`{",
        "a, a",
    })
    void pep503_ofAName_isItsOneSpelling(String name, String normalized) {
        assertThat(ProjectNames.pep503(name)).isEqualTo(normalized);
        assertThat(ProjectNames.pep503(normalized)).isEqualTo(normalized);
    }
}

package dev.gatehouse.policy;

import static dev.gatehouse.policy.Warehouse.person;
import static dev.gatehouse.policy.Warehouse.with2fa;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Uploads with a password, over cohorts and instants, around every edge of the roll-out. */
class PasswordUploadTest {
    private static final String PHRASE = "an API Token or Trusted Publisher must be used to upload";
    private static final Instant MAILED = Instant.parse("2022-02-28T05:00:00Z");
    private static final Instant FOR_2FA = Instant.parse("2023-06-01T04:00:00Z");
    private static final Instant FOR_ALL = Instant.parse("2024-01-01T05:00:00Z");
    private static final Instant FOR_ALL_ON_TEST = Instant.parse("2023-12-06T05:00:00Z");

    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Instant> edges = Arbitraries.of(MAILED, FOR_2FA, FOR_ALL, FOR_ALL_ON_TEST);
        Arbitrary<Instant> beside =
                Combinators.combine(edges, Arbitraries.of(-1L, 0L, 1L)).as(Instant::plusNanos);
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(MAILED.getEpochSecond() - 10_000_000, FOR_ALL.getEpochSecond() + 100_000_000)
                .map(Instant::ofEpochSecond);
        return Arbitraries.oneOf(beside, any);
    }

    /** Every cohort that a rule can tell: factor, address, age of the account, flags of the project; all may be unknown. */
    @Provide
    Arbitrary<RequestDraft> uploads() {
        Arbitrary<Fact<EnrolledFactors>> enrolled = Arbitraries.of(
                Fact.of(EnrolledFactors.none()),
                Fact.of(EnrolledFactors.of(FactorKind.TOTP)),
                Fact.of(EnrolledFactors.of(FactorKind.WEBAUTHN)),
                Fact.<EnrolledFactors>unknown());
        Arbitrary<Fact<Boolean>> verified = Arbitraries.of(Fact.of(true), Fact.of(false), Fact.<Boolean>unknown());
        Arbitrary<Fact<Instant>> registered = Arbitraries.of(
                Fact.of(Warehouse.OLD_ACCOUNT),
                Fact.of(Instant.parse("2023-08-08T00:00:00Z")),
                Fact.<Instant>unknown());
        Arbitrary<Set<String>> flags =
                Arbitraries.of("owners-require-2fa", "mandated").set();
        Arbitrary<String> actions = Arbitraries.of("publish.project", "publish.release", "publish.file");
        return Combinators.combine(enrolled, verified, registered, flags, actions)
                .as((e, v, r, f, action) -> {
                    RequestDraft draft = person(action, CredentialKind.PASSWORD);
                    draft.account.enrolled = e;
                    draft.account.emailVerified = v;
                    draft.account.registered = r;
                    draft.project.flags = Fact.of(f);
                    return draft;
                });
    }

    @Property(tries = 700)
    void upload_withAPassword_isRefusedFromItsDateOn(
            @ForAll("uploads") RequestDraft upload,
            @ForAll("instants") Instant at,
            @ForAll boolean onTest,
            @ForAll boolean switchesOn) {
        String[] on = switchesOn
                ? new String[] {"project-requirement", "mandate-enabled", "mandate-available"}
                : new String[0];
        Decision decision = Warehouse.of(onTest ? "testpypi" : "pypi", on).ask(upload, at);
        boolean forAll = !at.isBefore(onTest ? FOR_ALL_ON_TEST : FOR_ALL);
        Fact<EnrolledFactors> enrolled = upload.account.enrolled;
        boolean has2fa = !enrolled.isKnown() || !enrolled.value().list().isEmpty();

        List<String> texts = decision.fold(
                p -> List.of(),
                r -> r.refusals().stream().map(one -> one.message().text()).toList());
        if (forAll || (has2fa && !at.isBefore(FOR_2FA))) {
            assertThat(texts).anyMatch(text -> text.contains(PHRASE));
        } else {
            assertThat(texts).noneMatch(text -> text.contains(PHRASE));
        }
        boolean mailed = has2fa && !at.isBefore(MAILED) && at.isBefore(FOR_2FA);
        assertThat(decision.observed().stream().anyMatch(n -> n.requirement().equals("upload-by-2fa-user-needs-token")))
                .isEqualTo(mailed);
    }

    @Property(tries = 200)
    void upload_withATokenOfA2faAccount_isNeverAskedForAToken(@ForAll("instants") Instant at) {
        Decision decision = Warehouse.of("pypi").ask(with2fa(person("publish.file", CredentialKind.API_TOKEN)), at);

        assertThat(Warehouse.refusals(decision)).isEmpty();
    }
}

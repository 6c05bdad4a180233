package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a question says by itself, and what of it can be absent. */
class AccessRequestTest {
    private static final Instant NOW = Samples.NOW;

    private static AccessRequest request(Action action, Credential credential) {
        return AccessRequest.of(action, credential).build();
    }

    /** The actions of the core for which it is so. */
    private static List<String> actions(Predicate<AccessRequest> what) {
        return Action.core().stream()
                .filter(action -> what.test(request(action, Credential.session())))
                .map(Action::id)
                .sorted()
                .toList();
    }

    @Test
    void request_ofEachAction_lacksWhatCannotBeThere() {
        assertThat(actions(q -> q.newToken().isUnknown())).containsExactly("token.create", "token.update");
        assertThat(actions(q -> q.newFactor().isUnknown())).containsExactly("factor.enrol");
        assertThat(actions(q -> q.factorsLeft().isUnknown())).containsExactly("factor.remove");
        assertThat(actions(q -> q.release().flags().isUnknown()))
                .isNotEmpty()
                .allMatch(id -> id.startsWith("publish.") || id.startsWith("release."));
        assertThat(actions(q -> q.release().flags().isAbsent()))
                .isNotEmpty()
                .noneMatch(id -> id.startsWith("publish.") || id.startsWith("release."));
        assertThat(actions(q -> q.newToken().isUnknown() || q.newToken().isAbsent()))
                .hasSameSizeAs(Action.core());
        assertThat(request(Action.PUBLISH_RELEASE, Credential.session())
                        .project()
                        .id()
                        .isUnknown())
                .isTrue();
    }

    /** An unknown project binds: a login or an enrolment, which is about none, would be refused to everybody. */
    @Test
    void request_ofALoginAnAccountOrItsFactors_isAboutNoProjectAndNoOrganization() {
        assertThat(actions(q -> q.project().flags().isAbsent()))
                .contains("sign-in.complete", "account.verify-email", "factor.enrol")
                .allMatch(id -> id.startsWith("sign-in.") || id.startsWith("account.") || id.startsWith("factor."))
                .hasSameSizeAs(Action.core().stream()
                        .filter(action ->
                                List.of("sign-in", "account", "factor").contains(action.group()))
                        .toList())
                .isEqualTo(actions(q -> q.organization().flags().isKnown()
                        && q.organization().flags().value().isEmpty()));
        assertThat(actions(q -> q.project().flags().isUnknown()))
                .as("a reading, a token or a member may be of a project that nobody named")
                .contains("read.public", "token.create", "member.add", "admin.change", "organization.settings")
                .isEqualTo(actions(q -> q.organization().flags().isUnknown()));
        assertThat(request(Action.of("factor.borrow"), Credential.session())
                        .project()
                        .flags()
                        .isUnknown())
                .as("of a host's own actions nothing is assumed")
                .isTrue();
    }

    @Test
    void project_mayBeAbsentOnlyWhereTheActionNeedsNone() {
        List<String> needing = Action.core().stream()
                .filter(action -> !AtAction.mayLackProject(action))
                .map(Action::id)
                .toList();

        assertThat(needing)
                .contains("release.yank", "project.settings", "publish.release", "publish.file")
                .doesNotContain("project.create", "publish.project", "publish.exchange")
                .allMatch(id -> id.startsWith("release.") || id.startsWith("project.") || id.startsWith("publish."));
        assertThat(Action.core().stream()
                        .map(Action::id)
                        .filter(id ->
                                id.startsWith("release.") || id.startsWith("project.") || id.startsWith("publish."))
                        .filter(id -> !needing.contains(id)))
                .containsExactlyInAnyOrder("project.create", "publish.project", "publish.exchange");
        assertThat(AtAction.mayLackProject(Action.of("project.archive")))
                .as("of a host's own actions nothing is assumed")
                .isFalse();
    }

    @Test
    void request_ofEachCredential_lacksAccountOrRunWhereThereIsNone() {
        for (CredentialKind kind : CredentialKind.values()) {
            AccessRequest q =
                    request(Action.PUBLISH_RELEASE, Credential.builder(kind).build());
            boolean without = kind == CredentialKind.TRUSTED_PUBLISHER || kind == CredentialKind.SERVICE_ACCOUNT;

            assertThat(q.account().id().isAbsent()).as("%s", kind).isEqualTo(without);
            assertThat(q.account().id().isUnknown()).as("%s", kind).isEqualTo(!without);
            assertThat(q.run().provider().isUnknown())
                    .as("%s", kind)
                    .isEqualTo(kind == CredentialKind.TRUSTED_PUBLISHER);
            assertThat(q.run().provider().isAbsent())
                    .as("%s", kind)
                    .isEqualTo(kind != CredentialKind.TRUSTED_PUBLISHER);
        }
        Credential key = Credential.apiToken().withoutOwner().build();
        assertThat(request(Action.PUBLISH_RELEASE, key).account().id().isAbsent())
                .isTrue();
    }

    @Test
    void request_withEverything_saysItBack() {
        Evidence first = Evidence.asserted("a1", FactorKind.TOTP, NOW, Samples.SESSION, "test");
        Evidence second = Evidence.asserted("a1", FactorKind.PASSWORD, NOW, Samples.REQUEST, "test");
        NewToken token = new NewToken(Set.of("write"), Lifetime.endless(), Reach.PROJECT);
        EnrolledFactor factor = EnrolledFactor.of(FactorKind.TOTP);
        AccountFacts account = Samples.bareAccount().build();
        ThingValues thing = Samples.project();
        PublisherRun run = PublisherRun.unknown();

        AccessRequest q = AccessRequest.of(Action.PROJECT_SETTINGS, Credential.session())
                .account(account)
                .evidence(List.of(first))
                .evidence(second)
                .session(Samples.SESSION)
                .request(Samples.REQUEST)
                .project(thing)
                .organization(ThingValues.absent())
                .release(ThingValues.absent())
                .run(run)
                .newToken(token)
                .newFactor(factor)
                .factorsLeft(EnrolledFactors.none())
                .build();

        assertThat(q.action()).isEqualTo(Action.PROJECT_SETTINGS);
        assertThat(q.account()).isSameAs(account);
        assertThat(q.evidence()).containsExactly(first, second);
        assertThat(q.session()).hasValue(Samples.SESSION);
        assertThat(q.request()).hasValue(Samples.REQUEST);
        assertThat(q.project()).isSameAs(thing);
        assertThat(q.organization()).isSameAs(ThingValues.absent());
        assertThat(q.release()).isSameAs(ThingValues.absent());
        assertThat(q.run()).isSameAs(run);
        assertThat(q.newToken()).isEqualTo(Fact.of(token));
        assertThat(q.newFactor()).isEqualTo(Fact.of(factor));
        assertThat(q.factorsLeft()).isEqualTo(Fact.of(EnrolledFactors.none()));
        assertThat(q).hasToString("project.settings by session");
    }

    @Test
    void carrier_ofTheOtherKind_isRefused() {
        AccessRequest.Builder builder = AccessRequest.of(Action.PROJECT_SETTINGS, Credential.session());

        assertThatThrownBy(() -> builder.session(Samples.REQUEST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("handle: not of a session");
        assertThatThrownBy(() -> builder.request(Samples.SESSION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("handle: not of a request");
        assertThat(builder.build().session()).isEmpty();
        assertThat(builder.build().request()).isEmpty();
    }

    @Test
    void credential_isUnprovenWhereNobodyCheckedIt() {
        assertThat(Credential.anonymous().isUnproven()).isTrue();
        assertThat(Credential.password().isUnproven()).isTrue();
        assertThat(Credential.builder(CredentialKind.PASSWORD)
                        .passwordChecked()
                        .build()
                        .isUnproven())
                .isFalse();
        assertThat(Credential.session().isUnproven()).isFalse();
        assertThat(Credential.apiToken().build().isUnproven()).isFalse();
    }

    @Test
    void credential_agesAreThoseGivenOrTheTimeSinceItsDates() {
        Credential dated = Credential.apiToken()
                .created(NOW.minusSeconds(60))
                .lastUsed(NOW.minusSeconds(5))
                .build();
        Credential given = Credential.apiToken()
                .created(NOW.minusSeconds(60))
                .lastUsed(NOW.minusSeconds(5))
                .age(Duration.ofHours(3))
                .idle(Duration.ofHours(2))
                .build();

        assertThat(dated.age(NOW)).isEqualTo(Fact.of(Duration.ofSeconds(60)));
        assertThat(dated.idle(NOW)).isEqualTo(Fact.of(Duration.ofSeconds(5)));
        assertThat(given.age(NOW)).isEqualTo(Fact.of(Duration.ofHours(3)));
        assertThat(given.idle(NOW)).isEqualTo(Fact.of(Duration.ofHours(2)));
        assertThat(Credential.apiToken().build().age(NOW).isUnknown()).isTrue();
        assertThat(Credential.apiToken().build().idle(NOW).isUnknown()).isTrue();
    }

    @Test
    void credential_asText_isItsKindWithLabelsInOrder() {
        assertThat(Credential.serviceAccount()).hasToString("service-account");
        assertThat(Credential.apiToken()
                        .labels(Set.of("write", "granular", "bypass"))
                        .build())
                .hasToString("api-token[bypass, granular, write]");
    }

    @Test
    void allowLooser_withoutNameOrReason_isRefused() {
        assertThatThrownBy(() -> new AllowLooser(" ", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("by: blank");
        assertThatThrownBy(() -> new AllowLooser("alice", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reason: blank");
    }
}

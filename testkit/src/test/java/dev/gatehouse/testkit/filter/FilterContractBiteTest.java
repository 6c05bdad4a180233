package dev.gatehouse.testkit.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LawRun;
import dev.gatehouse.testkit.filter.NaiveHost.Fault;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A host that keeps the contract, and one for each way not to; each check catches one. */
class FilterContractBiteTest {
    private static final Map<Fault, String> CAUGHT_BY = Map.ofEntries(
            Map.entry(Fault.REFUSES_READS, "publicRead_withoutCredential_passes"),
            Map.entry(Fault.REFUSES_GOOD_CREDENTIALS, "goodCredential_onItsPath_passes"),
            Map.entry(Fault.KNOWS_NO_HEAD, "head_isAnsweredAsItsGet"),
            Map.entry(Fault.OPENS_WHAT_IS_NOT_LISTED, "unlistedPath_byAnyMethodAndCredential_isRefused"),
            Map.entry(Fault.TAKES_ANY_METHOD, "unlistedMethod_ofAListedPath_isRefused"),
            Map.entry(Fault.OBEYS_OVERRIDES, "overridingMethod_byHeaderOrParameter_isRefused"),
            Map.entry(Fault.DECODES_BEHIND_THE_FILTER, "spelling_ofAProtectedPath_neverGoesAroundTheFilter"),
            Map.entry(Fault.TAKES_AMBIGUOUS_PATHS, "ambiguousPath_withAGoodSession_isRefused"),
            Map.entry(Fault.NEEDS_NO_SESSION, "page_withoutASession_isRefused"),
            Map.entry(Fault.ASKS_FOR_NO_FACTOR, "page_withoutTwoFactorAuthentication_isRefused"),
            Map.entry(Fault.READS_TOKENS_ON_PAGES, "authorization_onABrowsersPath_isNotRead"),
            Map.entry(Fault.READS_COOKIES_ON_UPLOADS, "cookie_onAnUploadPath_isNotRead"),
            Map.entry(
                    Fault.LETS_A_SESSION_REPLACE_A_BAD_TOKEN,
                    "badAuthorization_onAnUploadPath_isRefusedWhateverElseIsThere"),
            Map.entry(Fault.CHECKS_NO_SIGNATURES, "forgedToken_onAnUploadPath_isRefused"),
            Map.entry(Fault.TAKES_PASSWORDS, "upload_byPassword_isRefused"),
            Map.entry(Fault.LACKS_PYPIS_WORDS, "upload_byPassword_isRefused"),
            Map.entry(Fault.REFUSES_ITS_OWN_PAGES, "change_fromTheIndexsOwnPage_passes"),
            Map.entry(Fault.ASKS_NOT_WHERE_A_CHANGE_COMES_FROM, "change_fromAnotherSite_isRefused"),
            Map.entry(Fault.TAKES_FORMS_FOR_JSON, "change_thatIsJson_isRefusedAsAnythingElse"),
            Map.entry(Fault.TELLS_WHOSE_TOKEN_IT_IS, "refusal_beforeACredentialHolds_tellsNothingOfTheAccount"),
            Map.entry(Fault.LETS_ANSWERS_BE_STORED, "answer_thatDependsOnTheCaller_isNotStored"),
            Map.entry(Fault.KEEPS_THE_USER_OF_A_CONNECTION, "requests_onOneConnection_areApart"));

    @TestFactory
    Stream<DynamicTest> fault_planted_isCaughtByItsCheck() {
        return CAUGHT_BY.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().name(), () -> {
                    Subject.fault = entry.getKey();
                    assertThat(LawRun.of(Subject.class).broken()).contains(entry.getValue());
                }));
    }

    @Test
    void check_each_catchesAFault() {
        Set<String> checks = new TreeSet<>();
        Stream.of(FilterContract.class, FilterPaths.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .forEach(method -> checks.add(method.getName()));

        assertThat(new TreeSet<>(CAUGHT_BY.values())).isEqualTo(checks);
        assertThat(CAUGHT_BY).hasSize(Fault.values().length - 1);
    }

    @Test
    void hostWithoutFault_keepsTheContract() {
        Subject.fault = Fault.NONE;
        LawRun run = LawRun.of(Subject.class);

        assertThat(run.broken()).isEmpty();
        assertThat(run.kept()).hasSizeGreaterThanOrEqualTo(20);
    }

    /** The contract over a host with the fault. */
    static class Subject extends FilterContract {
        private static volatile Fault fault = Fault.NONE;
        private static volatile NaiveHost running;

        @BeforeAll
        static void start() {
            running = new NaiveHost(fault);
        }

        @AfterAll
        static void stop() {
            running.close();
        }

        @Override
        protected FilterHost host() {
            return running.description();
        }
    }
}

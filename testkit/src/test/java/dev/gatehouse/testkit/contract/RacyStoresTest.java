package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.Claim;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Stores that look first and write then, as one does who forgets that others do too: each race of a contract finds them out. */
class RacyStoresTest {
    /** What a racy method does in the place of the real one. */
    private interface Racy {
        Object answer(Object[] arguments);
    }

    /** The store with one of its methods done in two steps. */
    private static <T> T racy(Class<T> type, T whole, String racyMethod, Racy racy) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(racyMethod)) {
                        return racy.answer(arguments);
                    }
                    try {
                        return method.invoke(whole, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static final Exchanger<Boolean> OTHERS = new Exchanger<>();

    /** Looks, lets another look if one comes within two milliseconds, and only then acts. */
    private static <A> A inTwoSteps(boolean isFree, Runnable act, A good, A bad) {
        if (!isFree) {
            return bad;
        }
        try {
            OTHERS.exchange(true, 2, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Nobody came.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        act.run();
        return good;
    }

    private static void assertCaught(Runnable race) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(race::run);
    }

    private static final class RacySteps extends TotpRepositoryContract {
        private final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        private final String method;

        RacySteps(String method) {
            this.method = method;
        }

        @Override
        protected TotpRepository create(AuditSink sink) {
            TotpRepository whole = InMemoryTotpRepository.create(sink, versions);
            return racy(TotpRepository.class, whole, method, arguments -> {
                String account = (String) arguments[0];
                String id = (String) arguments[1];
                Optional<TotpCredential> found = whole.ofAccount(account).stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst();
                return method.equals("useStep")
                        ? inTwoSteps(
                                found.orElseThrow().lastStep() < (Long) arguments[2],
                                () -> whole.useStep(account, id, (Long) arguments[2], (Instant) arguments[3]),
                                TotpRepository.StepUse.ACCEPTED,
                                TotpRepository.StepUse.NOT_LATER)
                        : inTwoSteps(
                                versions.of(account) == (Long) arguments[2],
                                () -> whole.remove(account, id, versions.of(account), (AuditEvent) arguments[3]),
                                TotpRepository.Removal.REMOVED,
                                TotpRepository.Removal.CONFLICT);
            });
        }

        @Override
        protected AccountVersions versions() {
            return versions;
        }
    }

    @Test
    void aStepThatIsComparedBeforeItIsWritten_isFoundOut() {
        assertCaught(() -> new RacySteps("useStep").useStep_byManyAtOnce_acceptsOne());
    }

    /** The two removals of the last two factors. */
    @Test
    void aVersionThatIsComparedBeforeTheRemoval_isFoundOut() {
        assertCaught(() -> new RacySteps("remove").remove_lastTwoDecidedAtOneVersion_leavesExactlyOne());
    }

    private static final class RacyTokens extends ApiTokenRepositoryContract {
        private final String method;

        RacyTokens(String method) {
            this.method = method;
        }

        @Override
        protected ApiTokenRepository create(AuditSink sink) {
            ApiTokenRepository whole = InMemoryApiTokenRepository.create(sink);
            Function<Object[], Object> racy = method.equals("insert")
                    ? arguments -> insert(whole, arguments)
                    : arguments -> use(whole, arguments);
            return racy(ApiTokenRepository.class, whole, method, racy::apply);
        }

        /** Minting against a freeze: the version is looked at, and the token is written at whatever version there is. */
        private static Object insert(ApiTokenRepository whole, Object[] arguments) {
            ApiToken token = (ApiToken) arguments[0];
            TokenOwner owner = token.owner();
            return inTwoSteps(
                    whole.ownerState(owner).version() == (Long) arguments[2],
                    () -> whole.insert(
                            token,
                            (SealedSecret) arguments[1],
                            whole.ownerState(owner).version(),
                            (AuditEvent) arguments[3]),
                    ApiTokenRepository.Insertion.INSERTED,
                    ApiTokenRepository.Insertion.OWNER_CHANGED);
        }

        @SuppressWarnings("unchecked")
        private static Object use(ApiTokenRepository whole, Object[] arguments) {
            String id = (String) arguments[0];
            ApiToken seen = whole.find(id).orElseThrow().token();
            return inTwoSteps(
                    seen.revoked().isEmpty() && seen.lastUsed().equals(arguments[1]),
                    () -> whole.recordUse(id, (Optional<Instant>) arguments[1], (Instant) arguments[2]),
                    ApiTokenRepository.Change.CHANGED,
                    ApiTokenRepository.Change.NOT_FOUND);
        }
    }

    @Test
    void aUseThatIsWrittenAfterALook_isFoundOut() {
        assertCaught(() -> new RacyTokens("recordUse").recordUse_byManyAtOnce_writesOnce());
    }

    @Test
    void aUseAgainstARevocation_isFoundOut() {
        assertCaught(() -> new RacyTokens("recordUse").revoke_againstUses_leavesNoUseAfterIt());
    }

    @Test
    void aMintingAgainstAFreeze_isFoundOut() {
        assertCaught(() -> new RacyTokens("insert").advance_againstAnInsertion_leavesNoneAfterIt());
    }

    private static final class RacyLogins extends LoginRepositoryContract {
        @Override
        protected Store create() {
            InMemoryAccountVersions versions = InMemoryAccountVersions.create();
            LoginRepository whole = LoginRepository.inMemory(versions);
            return new Store(
                    racy(
                            LoginRepository.class,
                            whole,
                            "complete",
                            arguments -> inTwoSteps(
                                    whole.completed((String) arguments[0]) == (Long) arguments[1],
                                    () -> whole.complete(
                                            (String) arguments[0], (Long) arguments[1], (Long) arguments[2], (Instant)
                                                    arguments[3]),
                                    LoginRepository.Completion.COMPLETED,
                                    LoginRepository.Completion.CONFLICT)),
                    versions);
        }
    }

    @Test
    void aLoginThatIsCompletedAfterALook_isFoundOut() {
        RacyLogins contract = new RacyLogins();
        contract.makeStore();
        assertCaught(contract::complete_byManyAtOnce_hasOneWinner);
    }

    private static final class RacySwitches extends SwitchRepositoryContract {
        @Override
        protected SwitchRepository create(AuditSink sink) {
            SwitchRepository whole = SwitchRepository.inMemory(sink);
            return racy(
                    SwitchRepository.class,
                    whole,
                    "flip",
                    arguments -> inTwoSteps(
                            whole.states().getOrDefault((String) arguments[0], (SwitchRepository.State) arguments[1])
                                    == arguments[1],
                            () -> whole.flip((String) arguments[0], (SwitchRepository.State) arguments[1], (AuditEvent)
                                    arguments[2]),
                            SwitchRepository.Flipped.FLIPPED,
                            SwitchRepository.Flipped.OTHER_STATE));
        }
    }

    @Test
    void aSwitchThatIsFlippedAfterALook_isFoundOut() {
        assertCaught(() -> new RacySwitches().flip_byManyAtOnce_flipsOnce());
    }

    private static final class RacyState extends EphemeralStateContract {
        private final String method;

        RacyState(String method) {
            this.method = method;
        }

        @Override
        protected List<EphemeralState> nodes(int number, AuditSink sink, Duration permitted) {
            EphemeralState whole = EphemeralState.singleNode(sink, permitted);
            Set<String> taken = ConcurrentHashMap.newKeySet();
            EphemeralState racy = racy(
                    EphemeralState.class,
                    whole,
                    method,
                    arguments -> inTwoSteps(
                            !taken.contains((String) arguments[1]),
                            () -> {
                                taken.add((String) arguments[1]);
                                whole.claim(
                                        (StateSpace) arguments[0],
                                        (String) arguments[1],
                                        (Instant) arguments[2],
                                        (Instant) arguments[3]);
                            },
                            Claim.CLAIMED,
                            Claim.TAKEN));
            return Collections.nCopies(number, racy);
        }
    }

    @Test
    void aKeyThatIsClaimedAfterALook_isFoundOut() {
        RacyState contract = new RacyState("claim");
        contract.makeNodes();
        assertCaught(contract::claim_byManyAtOnce_hasOneWinner);
    }
}

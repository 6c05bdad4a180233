package dev.gatehouse.testkit.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.testkit.internal.Json;
import dev.gatehouse.webauthn.RelyingParty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What holds of any sequence of ceremonies, against a model that is a list. */
class WebAuthnLawsTest {
    private static final List<String> ACCOUNTS = List.of("account-1", "account-2");
    private static final List<Carrier> SESSIONS = List.of(Carrier.session("one"), Carrier.session("two"));

    /** A beginning if {@code challenge} is negative, otherwise an answer to the beginning of that number. */
    record Step(int challenge, int account, int session, int key, Duration later) {}

    /** A challenge that was made. */
    private static final class Begun {
        private final int account;
        private final int session;
        private final Instant end;
        private final String options;
        private boolean taken;

        private Begun(int account, int session, Instant end, String options) {
            this.account = account;
            this.session = session;
            this.end = end;
            this.options = options;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> two = Arbitraries.integers().between(0, 1);
        return Combinators.combine(
                        Arbitraries.integers().between(-6, 5),
                        two,
                        two,
                        two,
                        Arbitraries.integers().between(0, 120).map(Duration::ofSeconds))
                .as(Step::new)
                .list()
                .ofMaxSize(25);
    }

    @Property(tries = 60)
    void verify_anyAnswer_countsExactlyIfItsChallengeWaitsForItAndTheKeyIsTheAccounts(
            @ForAll("steps") List<Step> steps) {
        KeyDesk desk = new KeyDesk();
        List<SoftAuthenticator> keys =
                List.of(SoftAuthenticator.at(KeyDesk.ORIGIN), SoftAuthenticator.at(KeyDesk.ORIGIN));
        for (int i = 0; i < ACCOUNTS.size(); i++) {
            desk.enrol(ACCOUNTS.get(i), keys.get(i), "key");
        }
        List<Begun> begun = new ArrayList<>();
        for (Step step : steps) {
            Instant now = desk.clock.advance(step.later());
            String account = ACCOUNTS.get(step.account());
            Carrier session = SESSIONS.get(step.session());
            if (step.challenge() < 0 || step.challenge() >= begun.size()) {
                begun.add(new Begun(
                        step.account(),
                        step.session(),
                        now.plus(RelyingParty.CHALLENGE_LIFETIME),
                        KeyDesk.options(desk.ceremonies.authentication().begin(account, session))));
                continue;
            }
            Begun asked = begun.get(step.challenge());
            SoftAuthenticator key = keys.get(step.key());
            String json = key.get(asked.options, key.credentialIds().get(0)).toJson();

            String outcome = KeyDesk.outcomeOf(
                    desk.ceremonies.authentication().verify(new FactorResponse(account, session, json)));

            boolean waits = !asked.taken
                    && asked.account == step.account()
                    && asked.session == step.session()
                    && now.isBefore(asked.end);
            asked.taken |= waits;
            String expected = !waits ? "CHALLENGE_EXPIRED" : step.key() == step.account() ? "VERIFIED" : "NOT_ALLOWED";
            assertThat(outcome).as("%s", step).isEqualTo(expected);
        }
    }

    @Property(tries = 60)
    void verify_anyTwoCounters_acceptsTheSecondExactlyIfItIsHigherOrNoneCounts(
            @ForAll @LongRange(max = 0xffff_ffffL) long first, @ForAll @LongRange(max = 0xffff_ffffL) long second) {
        KeyDesk desk = new KeyDesk();
        SoftAuthenticator key = SoftAuthenticator.at(KeyDesk.ORIGIN);
        desk.enrol(KeyDesk.ACCOUNT, key, "key");

        assertThat(login(desk, key, first)).isEqualTo("VERIFIED");
        boolean isAccepted = second > first || (first == 0 && second == 0);

        assertThat(login(desk, key, second)).isEqualTo(isAccepted ? "VERIFIED" : "COUNTER_REGRESSED");
        assertThat(desk.stored(KeyDesk.ACCOUNT).signCount()).isEqualTo(Math.max(first, second));
    }

    private static String login(KeyDesk desk, SoftAuthenticator key, long counter) {
        String json =
                key.get(desk.requestOptions(KeyDesk.ACCOUNT)).counter(counter).toJson();
        return desk.login(KeyDesk.ACCOUNT, json);
    }

    @Property(tries = 60)
    void verify_anyBitOfTheAnswerFlipped_isNotVerified(@ForAll int seed) {
        KeyDesk desk = new KeyDesk();
        SoftAuthenticator key = SoftAuthenticator.at(KeyDesk.ORIGIN);
        desk.enrol(KeyDesk.ACCOUNT, key, "key");
        Json answer = Json.parse(key.get(desk.requestOptions(KeyDesk.ACCOUNT)).toJson());
        String member = List.of("clientDataJSON", "authenticatorData", "signature", "userHandle")
                .get(Math.floorMod(seed, 4));
        byte[] bytes = answer.object("response").bytes(member);
        int bit = Math.floorMod(seed / 4, 8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        Map<String, Object> response = new LinkedHashMap<>();
        for (String name : List.of("clientDataJSON", "authenticatorData", "signature", "userHandle")) {
            response.put(
                    name,
                    name.equals(member) ? bytes : answer.object("response").bytes(name));
        }

        String json = Json.write(SoftResponse.credential(answer.bytes("id"), response));

        assertThat(desk.login(KeyDesk.ACCOUNT, json))
                .as("%s, bit %d", member, bit)
                .isNotEqualTo("VERIFIED");
    }
}

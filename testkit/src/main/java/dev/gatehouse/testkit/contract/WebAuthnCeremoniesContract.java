package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.Put;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the WebAuthn ceremonies hold over any store and state when many come at once: a challenge, an assertion and a credential id
 * are each good once.
 */
public abstract class WebAuthnCeremoniesContract {
    /** What one node has of the store that all share. */
    public record Node(WebAuthnRepository repository, AccountVersions versions, EphemeralState state) {}

    private static final String ORIGIN = "https://packages.example.org";
    private static final Carrier SESSION = Carrier.session("session-1");
    private static final Instant NOW = Instant.parse("2024-01-01T05:00:00Z");
    private static final StateSpace CHALLENGES = StateSpace.values("race.challenges", 100_000);
    private static final int THREADS = 4;

    private List<Node> nodes;

    /** For subclasses. */
    protected WebAuthnCeremoniesContract() {}

    /** The nodes, one or more, of a new, empty store. */
    protected abstract List<Node> create();

    /** How many rounds the race of one challenge has at the state; that of whole ceremonies has a fiftieth. */
    protected int rounds() {
        return 10_000;
    }

    @BeforeEach
    final void makeNodes() {
        nodes = create();
    }

    private int ceremonies() {
        return rounds() / 50;
    }

    private Node at(int number) {
        return nodes.get(number % nodes.size());
    }

    private WebAuthnCeremonies node(int number) {
        return WebAuthnCeremonies.builder(
                        RelyingParty.builder("example.org", "Example", Set.of(ORIGIN))
                                .build(),
                        at(number).repository(),
                        at(number).state(),
                        InMemoryAuditLog.create(),
                        () -> NOW)
                .build();
    }

    private static String options(CeremonyStart start) {
        return start.fold(
                CeremonyStart.Begun::optionsJson,
                refused -> {
                    throw new AssertionError("not begun: " + refused);
                },
                tooOften -> {
                    throw new AssertionError("not begun: " + tooOften);
                });
    }

    private String creation(String account, SoftAuthenticator key) {
        return key.create(options(node(0).registration().begin(account, SESSION, account, account)))
                .despiteExclusions()
                .toJson();
    }

    private String confirm(int node, String account, String json, String label, long version) {
        return node(node)
                .registration()
                .confirm(new FactorResponse(account, SESSION, json), label, version, event -> event)
                .fold(
                        enrolled -> "ENROLLED",
                        notEnrolled -> notEnrolled.reason().code());
    }

    private SoftAuthenticator enrolled(String account) {
        SoftAuthenticator key = SoftAuthenticator.at(ORIGIN);
        assertThat(confirm(0, account, creation(account, key), "key", 0)).isEqualTo("ENROLLED");
        return key;
    }

    private String verify(int node, String account, String json) {
        return node(node)
                .authentication()
                .verify(new FactorResponse(account, SESSION, json))
                .fold(verified -> "VERIFIED", rejected -> rejected.code().code());
    }

    @Test
    void take_ofOneChallengeByManyAtOnce_givesItToOne() {
        AtomicIntegerArray taken = new AtomicIntegerArray(rounds());
        CyclicBarrier together = new CyclicBarrier(THREADS);

        Race.of(THREADS, thread -> {
            EphemeralState state = at(thread).state();
            for (int round = 0; round < rounds(); round++) {
                String key = "challenge-" + round;
                if (thread == 0) {
                    assertThat(state.put(CHALLENGES, key, "memo", NOW.plusSeconds(300), NOW))
                            .isEqualTo(Put.STORED);
                }
                await(together);
                if (state.take(CHALLENGES, key, NOW).isPresent()) {
                    taken.incrementAndGet(round);
                }
            }
            return thread;
        });

        for (int round = 0; round < rounds(); round++) {
            assertThat(taken.get(round)).as("round %d", round).isEqualTo(1);
        }
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("another thread failed", e);
        }
    }

    @Test
    void verify_ofOneAssertionByManyAtOnce_isVerifiedOnce() {
        for (int round = 0; round < ceremonies(); round++) {
            String account = "owner-" + round;
            SoftAuthenticator key = enrolled(account);
            String json = key.get(options(node(0).authentication().begin(account, SESSION)))
                    .toJson();

            List<String> answers = Race.of(THREADS, i -> verify(i, account, json));

            assertThat(answers).as(account).containsOnlyOnce("VERIFIED");
            assertThat(answers).as(account).containsOnly("VERIFIED", "CHALLENGE_EXPIRED");
            assertThat(at(0).repository().ofAccount(account).get(0).signCount()).isEqualTo(1);
        }
    }

    @Test
    void verify_ofAssertionsWithOneCounterAtOnce_isVerifiedOnce() {
        for (int round = 0; round < ceremonies(); round++) {
            String account = "owner-" + round;
            SoftAuthenticator key = enrolled(account);
            List<String> copies = List.of(assertion(account, key), assertion(account, key), assertion(account, key));

            List<String> answers = Race.of(copies.size(), i -> verify(i, account, copies.get(i)));

            assertThat(answers).as(account).containsOnlyOnce("VERIFIED");
            assertThat(answers).as(account).isSubsetOf("VERIFIED", "CONFLICT", "COUNTER_REGRESSED");
        }
    }

    private String assertion(String account, SoftAuthenticator key) {
        return key.get(options(node(0).authentication().begin(account, SESSION)))
                .counter(7)
                .toJson();
    }

    @Test
    void confirm_ofOneCredentialIdByTwoAccountsAtOnce_enrolsOne() {
        for (int round = 0; round < ceremonies(); round++) {
            List<String> accounts = List.of("left-" + round, "right-" + round);
            byte[] id = ("id-" + round).getBytes(StandardCharsets.UTF_8);
            List<String> offers = accounts.stream()
                    .map(account -> SoftAuthenticator.at(ORIGIN)
                            .create(options(node(0).registration().begin(account, SESSION, account, account)))
                            .credentialId(id)
                            .toJson())
                    .toList();

            List<String> answers = Race.of(2, i -> confirm(i, accounts.get(i), offers.get(i), "key", 0));

            assertThat(answers).containsExactlyInAnyOrder("ENROLLED", "DUPLICATE");
            String winner = accounts.get(answers.indexOf("ENROLLED"));
            assertThat(at(0).repository().ofAccount(winner)).hasSize(1);
            assertThat(at(0).repository().ofAccount(accounts.get(answers.indexOf("DUPLICATE"))))
                    .isEmpty();
        }
    }

    @Test
    void confirm_ofOneAnswerByManyAtOnce_enrolsOnce() {
        for (int round = 0; round < ceremonies(); round++) {
            String account = "owner-" + round;
            String json = creation(account, SoftAuthenticator.at(ORIGIN));

            List<String> answers = Race.of(THREADS, i -> confirm(i, account, json, "key " + i, 0));

            assertThat(answers).as(account).containsOnlyOnce("ENROLLED");
            assertThat(answers).as(account).containsOnly("ENROLLED", "CHALLENGE_EXPIRED");
            assertThat(at(0).versions().of(account)).isEqualTo(1);
        }
    }
}

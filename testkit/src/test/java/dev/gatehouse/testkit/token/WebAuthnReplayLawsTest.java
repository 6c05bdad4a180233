package dev.gatehouse.testkit.token;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Answers to challenges of security keys: one for each challenge. */
class WebAuthnReplayLawsTest implements ReplayLaws {

    @Override
    public ReplaySubject replay() {
        return new Keys();
    }

    private static final class Keys implements ReplaySubject {
        private static final String ORIGIN = "https://index.example";
        private static final Carrier SESSION = Carrier.session("s");
        private final FaultSwitch faults = FaultSwitch.none();
        private final List<MutableClock> clocks = List.of(MutableClock.at(START), MutableClock.at(START));
        private final List<WebAuthnCeremonies> nodes;
        private final SoftAuthenticator key = SoftAuthenticator.at(ORIGIN);

        Keys() {
            InMemoryAuditLog audit = InMemoryAuditLog.create();
            InMemoryAccountVersions versions = InMemoryAccountVersions.create();
            WebAuthnRepository repository =
                    faults.over(WebAuthnRepository.class, InMemoryWebAuthnRepository.create(audit, versions));
            EphemeralState state = faults.over(EphemeralState.class, EphemeralState.singleNode(audit));
            RelyingParty site = RelyingParty.builder("index.example", "Index", Set.of(ORIGIN))
                    .build();
            nodes = clocks.stream()
                    .map(clock -> WebAuthnCeremonies.builder(site, repository, state, audit, clock)
                            .build())
                    .toList();
            String options = options(nodes.get(0).registration().begin("alice", SESSION, "alice", "Alice"));
            nodes.get(0)
                    .registration()
                    .confirm(
                            new FactorResponse(
                                    "alice", SESSION, key.create(options).toJson()),
                            "key",
                            versions.of("alice"),
                            event -> event);
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

        @Override
        public Proof issue(Instant now) {
            clocks.get(0).set(now);
            String json = key.get(options(nodes.get(0).authentication().begin("alice", SESSION)))
                    .toJson();
            return Proof.until(now.plus(RelyingParty.CHALLENGE_LIFETIME), (at, node) -> {
                clocks.get(node).set(at);
                return nodes.get(node)
                        .authentication()
                        .verify(new FactorResponse("alice", SESSION, json))
                        .fold(verified -> Answer.ACCEPTED, rejected -> Answer.REFUSED);
            });
        }

        @Override
        public FaultSwitch faults() {
            return faults;
        }
    }
}

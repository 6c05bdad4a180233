package dev.gatehouse.testkit.issuer;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.Minting;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Alice's tokens, in memory, with events that can fail to be written. */
final class TokenDesk {
    final MutableClock clock = MutableClock.at("2024-06-01T12:00:00Z");
    private final List<AuditEvent> events = new ArrayList<>();
    private AuditTag failing = AuditTag.KEY_ADDED;
    private boolean once;
    private int left = Integer.MAX_VALUE;
    private final AtomicInteger made = new AtomicInteger();
    final ApiTokens tokens = ApiTokens.builder(
                    "index.test",
                    InMemoryApiTokenRepository.create(this::record),
                    new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                            .build()),
                    owner -> OwnerStatus.Standing.ACTIVE)
            .clock(clock)
            .build();

    private synchronized void record(AuditEvent event) {
        if (event.tag().equals(failing) && left-- <= 0) {
            failing = once ? AuditTag.KEY_ADDED : failing;
            throw new IllegalStateException("the event cannot be written");
        }
        events.add(event);
    }

    /** After so many more events of this kind, none can be written. */
    synchronized void failing(AuditTag tag, int after) {
        failing = tag;
        left = after;
        once = false;
    }

    /** The next event of this kind cannot be written. */
    synchronized void failingOnce(AuditTag tag) {
        failing(tag, 0);
        once = true;
    }

    synchronized List<AuditEvent> events(AuditTag tag) {
        return events.stream().filter(event -> event.tag().equals(tag)).toList();
    }

    /** A new token of Alice's, whose name begins so. */
    String mint(String name) {
        TokenOwner alice = TokenOwner.account("alice");
        return tokens.mint(MintRequest.builder(alice, tokens.ownerState(alice).version(), Requester.of("alice"))
                        .name(name + " " + made.incrementAndGet())
                        .build())
                .fold(Minting.Minted::secret, not -> {
                    throw new AssertionError(not.obstacle());
                });
    }
}

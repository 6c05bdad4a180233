package dev.gatehouse.state;

import dev.gatehouse.audit.AuditSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The state of one node: a hash table and an order of ends for each space, under one lock for each space. */
final class SingleNodeState implements EphemeralState {
    private final Duration difference;
    private final StateAlarm alarm;
    private final ConcurrentMap<String, SingleNodeSpace> spaces = new ConcurrentHashMap<>();

    SingleNodeState(AuditSink events, Duration difference) {
        this.alarm = StateAlarm.to(events);
        this.difference = EntryCheck.difference(difference);
    }

    @Override
    public Claim claim(StateSpace space, String key, Instant until, Instant now) {
        EntryCheck.key(key);
        EntryCheck.end(until, now);
        return isAdded(space(space, StateSpace.Kind.CLAIM), key, "", until, now) ? Claim.CLAIMED : Claim.TAKEN;
    }

    @Override
    public Put put(StateSpace space, String key, String value, Instant until, Instant now) {
        EntryCheck.key(key);
        EntryCheck.value(value);
        EntryCheck.end(until, now);
        return isAdded(space(space, StateSpace.Kind.VALUE), key, value, until, now) ? Put.STORED : Put.OCCUPIED;
    }

    @Override
    public Optional<String> take(StateSpace space, String key, Instant now) {
        EntryCheck.key(key);
        SingleNodeSpace entries = space(space, StateSpace.Kind.VALUE);
        synchronized (entries) {
            return entries.take(key, now);
        }
    }

    @Override
    public Count count(StateSpace space, String key, RateWindow window, Instant now) {
        EntryCheck.key(key);
        SingleNodeSpace entries = space(space, StateSpace.Kind.COUNTER);
        SingleNodeSpace.Answer<Count> answer;
        synchronized (entries) {
            answer = entries.count(key, window, now);
        }
        return answer.orThrow(alarm, space, now);
    }

    @Override
    public void withdraw(StateSpace space, String key, RateWindow window, Instant hit, Instant now) {
        EntryCheck.key(key);
        SingleNodeSpace entries = space(space, StateSpace.Kind.COUNTER);
        synchronized (entries) {
            entries.withdraw(key, window, hit);
        }
    }

    @Override
    public void forget(StateSpace space, String key, Instant now) {
        EntryCheck.key(key);
        SingleNodeSpace entries = space(space, StateSpace.Kind.COUNTER);
        synchronized (entries) {
            entries.remove(key);
        }
    }

    /** Number of entries in memory, live or waiting for their removal. */
    int held(StateSpace space) {
        SingleNodeSpace entries = space(space, space.kind());
        synchronized (entries) {
            return entries.held();
        }
    }

    private boolean isAdded(SingleNodeSpace entries, String key, String value, Instant until, Instant now) {
        SingleNodeSpace.Answer<Boolean> answer;
        synchronized (entries) {
            answer = entries.add(key, value, until, now);
        }
        // The alarm tells a sink, which may take its time: never under the lock.
        return answer.orThrow(alarm, entries.space(), now);
    }

    private SingleNodeSpace space(StateSpace space, StateSpace.Kind kind) {
        space.require(kind);
        SingleNodeSpace entries = spaces.computeIfAbsent(space.name(), name -> new SingleNodeSpace(space, difference));
        if (!entries.space().equals(space)) {
            throw new IllegalArgumentException("space: " + space.name() + " is in use with another kind or capacity");
        }
        return entries;
    }
}

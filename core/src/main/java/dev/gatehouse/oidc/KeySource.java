package dev.gatehouse.oidc;

import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.fetch.FetchFailedException;
import dev.gatehouse.internal.LogText;
import dev.gatehouse.internal.StrictJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, fetched when they are needed in the thread that needs them, by one thread at a time.
 *
 * <p>They are asked for when there are none, when they are too old, and when one is not among them; never again before the
 * cool-down is over, so that any number of invented ids costs one attempt. Whoever comes while they are being fetched waits for
 * that attempt and makes none. An attempt that brings nothing of use leaves what there is, up to the bound of an outage.
 *
 * <p>A clock that goes back by less than one of these times changes nothing, and by more than that is as if it had gone forward.
 * Thread-safe.
 */
final class KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);
    private static final int MAX_DOCUMENT = 1 << 20;

    private final Issuer issuer;
    private final DocumentFetch fetch;
    private final KeyTimes times;
    private final ReentrantLock attempt = new ReentrantLock();

    private volatile State state = new State(null, null, null, false);

    KeySource(Issuer issuer, DocumentFetch fetch, KeyTimes times) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.times = times;
    }

    /** What the latest attempt has left; each is another one, whatever it holds. */
    private static final class State {
        final @Nullable KeySet keys;
        final @Nullable Instant fetched;
        final @Nullable Instant attempted;
        final boolean failed;

        State(@Nullable KeySet keys, @Nullable Instant fetched, @Nullable Instant attempted, boolean failed) {
            this.keys = keys;
            this.fetched = fetched;
            this.attempted = attempted;
            this.failed = failed;
        }

        @Nullable
        SignatureKey find(String id) {
            return keys == null ? null : keys.find(id);
        }
    }

    /**
     * An answer.
     *
     * @param key absent if there is none with the id, or none at all
     * @param current whether the issuer itself said so, as far as it was to be asked
     */
    record Answer(@Nullable SignatureKey key, boolean current) {}

    Answer find(String id, Instant now) {
        State seen = state;
        if (seen.find(id) == null || !isWithin(times.maxAge(), seen.fetched, now)) {
            seen = renewed(seen, now);
        }
        boolean usable = isWithin(times.outage(), seen.fetched, now);
        return new Answer(usable ? seen.find(id) : null, usable && !seen.failed);
    }

    private State renewed(State seen, Instant now) {
        if (isWithin(times.coolDown(), seen.attempted, now)) {
            return seen;
        }
        attempt.lock();
        try {
            // Somebody else's attempt, made while this one waited, is as good.
            if (state == seen) {
                KeySet keys = fetched();
                state = keys == null ? new State(seen.keys, seen.fetched, now, true) : new State(keys, now, now, false);
            }
            return state;
        } finally {
            attempt.unlock();
        }
    }

    private static boolean isWithin(Duration length, @Nullable Instant since, Instant now) {
        return since != null && Duration.between(since, now).abs().compareTo(length) < 0;
    }

    /** The keys, or null if there are none of use; why is in the log. */
    private @Nullable KeySet fetched() {
        try {
            URI address = issuer.keySet().orElse(null);
            if (address == null) {
                address = discovered();
            }
            KeySet keys = address == null ? null : KeySet.read(document(address));
            if (keys == null) {
                warn(address == null ? "its discovery document is not one of it" : "its key set has none of use");
            }
            return keys;
        } catch (FetchFailedException e) {
            warn(e.getMessage());
        } catch (RuntimeException e) {
            // A host's own way to fetch: whatever it throws, there is no document; what it says may be secret.
            warn(e.getClass().getName());
        }
        return null;
    }

    /** Where the discovery document says that the keys are (OpenID Connect Discovery 1.0, 4.3), if they may be there. */
    private @Nullable URI discovered() {
        Map<String, @Nullable Object> members = StrictJson.readObject(document(issuer.discovery()));
        if (members == null
                || !issuer.url().equals(members.get("issuer"))
                || !(members.get("jwks_uri") instanceof String text)) {
            return null;
        }
        try {
            URI address = new URI(text);
            return issuer.mayServeKeys(address) ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private byte[] document(URI address) {
        byte[] document = fetch.get(address, Map.of());
        if (document == null || document.length > MAX_DOCUMENT) {
            throw new IllegalStateException("fetch: no document, or one that is too large");
        }
        return document;
    }

    private void warn(@Nullable String why) {
        LOG.warn(
                "keys of the issuer {} were not renewed: {}",
                LogText.quoted(issuer.url()),
                LogText.oneLine(why == null ? "" : why));
    }
}

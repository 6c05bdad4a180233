package dev.gatehouse.publisher;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One way to find the publishers that a token may be of: the same text from a publisher's settings and from claims.
 *
 * @param kind what it finds by
 * @param registered the text of a publisher, of settings and pinned ids
 * @param claimed the text of a token, of claims
 */
record LookupKey(String kind, Template registered, Template claimed) {

    /** The keys for which all is there, in their order. */
    static Set<String> all(
            String provider, List<LookupKey> keys, Function<LookupKey, Template> side, Template.Values values) {
        LinkedHashSet<String> found = new LinkedHashSet<>();
        String issuer = values.issuer();
        for (LookupKey key : keys) {
            String text = side.apply(key).fill(values);
            if (issuer != null && text != null) {
                found.add(PublisherSettings.digest(provider, key.kind(), issuer, Fold.lower(text)));
            }
        }
        return Collections.unmodifiableSet(found);
    }
}

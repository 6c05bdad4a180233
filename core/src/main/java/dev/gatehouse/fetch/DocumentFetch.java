package dev.gatehouse.fetch;

import java.net.URI;
import java.util.Map;

/**
 * Gets one small document by its address.
 *
 * <p>What is asked is a host that an administrator named, or one that such a host's document named and that is on a list; an
 * implementation follows no redirect to any other. It bounds the size and the time of an answer, for it runs in the thread of
 * the request that waits for it, and it answers with the document or throws: never with part of it, nor with what another
 * status than 200 carried.
 *
 * <p>Implementations are thread-safe. Whatever one throws means that there is no document.
 */
@FunctionalInterface
public interface DocumentFetch {
    /**
     * The body of a GET.
     *
     * @param address absolute, {@code https}
     * @param headers further headers of the request, such as {@code Authorization}; may be secret
     * @throws FetchFailedException if there is no document
     */
    byte[] get(URI address, Map<String, String> headers);
}

package dev.gatehouse.servlet;

import dev.gatehouse.policy.MessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the filter speaks: the pages it sends people to, the words, the status line.
 *
 * <p>Immutable and thread-safe.
 */
public final class Answers {
    /** How much of a refused upload is read before the answer, by default. */
    public static final long DEFAULT_DRAIN_LIMIT = 64L << 20;

    private static final Pattern REALM = Pattern.compile("[ !#-\\[\\]-~]{1,100}");

    private final Pages pages;
    private final MessageContext messages;
    private final ReasonPhrase reasonPhrase;
    private final String realm;
    private final long drainLimit;
    private final @Nullable NotFound notFound;
    private final @Nullable NotFound unlisted;

    /** The host's own answer for what does not exist. Thread-safe. */
    @FunctionalInterface
    public interface NotFound {
        /** Answers 404 as the host does everywhere else. */
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private Answers(
            Pages pages,
            MessageContext messages,
            ReasonPhrase reasonPhrase,
            String realm,
            long drainLimit,
            @Nullable NotFound notFound,
            @Nullable NotFound unlisted) {
        this.pages = Objects.requireNonNull(pages, "pages");
        this.messages = Objects.requireNonNull(messages, "messages");
        this.reasonPhrase = Objects.requireNonNull(reasonPhrase, "reasonPhrase");
        this.realm = realm;
        this.drainLimit = drainLimit;
        this.notFound = notFound;
        this.unlisted = unlisted;
    }

    /** With these pages, the policy's own words, the container's reason phrase, and the realm {@code index}. */
    public static Answers of(Pages pages) {
        return new Answers(
                pages, MessageContext.plain(), ReasonPhrase.none(), "index", DEFAULT_DRAIN_LIMIT, null, null);
    }

    /** With the host's translations; links and locale are added for each request. */
    public Answers messages(MessageContext words) {
        return new Answers(pages, words, reasonPhrase, realm, drainLimit, notFound, unlisted);
    }

    /** With the text in the status line too, which {@code twine} prints. */
    public Answers reasonPhrase(ReasonPhrase setter) {
        return new Answers(pages, messages, setter, realm, drainLimit, notFound, unlisted);
    }

    /**
     * With this realm in {@code WWW-Authenticate}.
     *
     * @throws IllegalArgumentException if it is empty, longer than 100 characters, or not visible ASCII without quotes and
     *     backslashes
     */
    public Answers realm(String name) {
        if (!REALM.matcher(name).matches()) {
            throw new IllegalArgumentException("name: visible ASCII without quotes, 1 to 100 characters");
        }
        return new Answers(pages, messages, reasonPhrase, name, drainLimit, notFound, unlisted);
    }

    /**
     * Reads at most so many octets of a refused upload before the answer; 64 MiB by default, 0 reads nothing. A client whose
     * connection is closed while it still sends does not see the answer.
     *
     * @throws IllegalArgumentException if negative
     */
    public Answers drainLimit(long octets) {
        if (octets < 0) {
            throw new IllegalArgumentException("octets: negative");
        }
        return new Answers(pages, messages, reasonPhrase, realm, octets, notFound, unlisted);
    }

    /** With the host's own answer where a project is not to be seen; a short text by default. */
    public Answers notFound(NotFound own) {
        return new Answers(
                pages, messages, reasonPhrase, realm, drainLimit, Objects.requireNonNull(own, "own"), unlisted);
    }

    /**
     * With the host's own answer for somebody who looks, by GET or HEAD, at an address that the layout does not list; a refusal by
     * default. The request is refused all the same: it is recorded as {@code UNMAPPED} and not passed on, and any other method is
     * answered 403.
     */
    public Answers unlisted(NotFound own) {
        return new Answers(
                pages, messages, reasonPhrase, realm, drainLimit, notFound, Objects.requireNonNull(own, "own"));
    }

    @Nullable
    NotFound notFoundOrNull() {
        return notFound;
    }

    @Nullable
    NotFound unlistedOrNull() {
        return unlisted;
    }

    Pages pages() {
        return pages;
    }

    MessageContext messages() {
        return messages;
    }

    ReasonPhrase reasonPhrase() {
        return reasonPhrase;
    }

    String realm() {
        return realm;
    }

    long drainLimit() {
        return drainLimit;
    }
}

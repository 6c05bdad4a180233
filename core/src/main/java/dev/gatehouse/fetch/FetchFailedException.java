package dev.gatehouse.fetch;

import dev.gatehouse.internal.LogText;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** There is no document: why, and whose it was. The message has neither path nor headers of the request. */
public final class FetchFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why there is no document. */
    public enum Reason {
        /** The address is not one that is ever asked: not https, with user information, a fragment, or no host. */
        ADDRESS("not an address to be asked"),
        /** The host's name was not resolved. */
        UNKNOWN_HOST("name was not resolved"),
        /** The host is at a loopback, private, link-local, multicast or otherwise special address. */
        FORBIDDEN_HOST("at an address of a private or special network"),
        /** There was no connection, or it broke. */
        UNREACHABLE("not reached"),
        /** The other side did not prove that it is the host. */
        UNTRUSTED("TLS was refused"),
        /** It took longer than it may, altogether. */
        TIMEOUT("took too long"),
        /** It answered with a redirect, which is not followed. */
        REDIRECT("answered with a redirect"),
        /** It answered with another status than 200, or with what is no HTTP. */
        STATUS("answered with another status than 200"),
        /** The document is larger than it may be. */
        TOO_LARGE("answered with too large a document");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;
    private final String host;

    /**
     * A failure.
     *
     * @param host whose document it was
     */
    public FetchFailedException(Reason reason, String host) {
        this(reason, host, null);
    }

    /**
     * A failure with its cause.
     *
     * @param host whose document it was
     */
    public FetchFailedException(Reason reason, String host, @Nullable Throwable cause) {
        super(LogText.quoted(host) + ": " + Objects.requireNonNull(reason, "reason").text, cause);
        this.reason = reason;
        this.host = host;
    }

    /** Why there is no document. */
    public Reason reason() {
        return reason;
    }

    /** Whose document it was; may be what somebody else wrote. */
    public String host() {
        return host;
    }
}

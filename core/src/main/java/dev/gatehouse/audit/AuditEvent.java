package dev.gatehouse.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened and that somebody may have to answer for: a changed factor, token, waiver, switch or policy, a
 * refusal, a store in trouble.
 *
 * <p>No secret, code, token or JWT belongs into an event; the id of a token and its replay key do. As a second net, text that
 * looks like a macaroon or a JWT is replaced by {@code [credential]}. Texts that others chose ({@code subject}, {@code address},
 * attribute values) are kept as they are up to their bound and cut there, ending in an ellipsis; NUL and lone surrogates
 * become U+FFFD. Whoever prints an event escapes it for the place.
 *
 * <p>Immutable and thread-safe.
 */
public final class AuditEvent {
    /** The most attributes one event may have. */
    public static final int MAX_ATTRIBUTES = 16;

    /** The longest attribute value; a longer one is cut. */
    public static final int MAX_VALUE_LENGTH = 800;

    /** The longest account id, actor, subject and address. */
    public static final int MAX_ID_LENGTH = 255;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,39}");

    private final AuditTag tag;
    private final Instant at;
    private final @Nullable String account;
    private final @Nullable String subject;
    private final @Nullable String actor;
    private final @Nullable String address;
    private final SortedMap<String, String> attributes;

    private AuditEvent(Builder b) {
        this.tag = b.tag;
        this.at = b.at;
        this.account = b.account;
        this.subject = b.subject;
        this.actor = b.actor;
        this.address = b.address;
        this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(b.attributes));
    }

    /** A builder of an event of this kind at this instant. */
    public static Builder of(AuditTag tag, Instant at) {
        return new Builder(tag, at);
    }

    public AuditTag tag() {
        return tag;
    }

    /** When it happened, by the clock of the operation. */
    public Instant at() {
        return at;
    }

    /** The host's immutable id of the account that it happened to. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** What it happened to within the account: the id of a factor or token, a project, a switch, a requirement. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** Who did it: an account's id, or the host's name of a process. */
    public Optional<String> actor() {
        return Optional.ofNullable(actor);
    }

    /** The network address it came from, as the host knows it. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** Everything else, sorted by name; unmodifiable. */
    public SortedMap<String, String> attributes() {
        return attributes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditEvent that
                && tag.equals(that.tag)
                && at.equals(that.at)
                && Objects.equals(account, that.account)
                && Objects.equals(subject, that.subject)
                && Objects.equals(actor, that.actor)
                && Objects.equals(address, that.address)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tag, at, account, subject, actor, address, attributes);
    }

    /** One line, with everything that others chose escaped. */
    @Override
    public String toString() {
        return AuditLine.of(this);
    }

    /** Builds an {@link AuditEvent}; not thread-safe, may be reused. */
    public static final class Builder {
        private final AuditTag tag;
        private final Instant at;
        private @Nullable String account;
        private @Nullable String subject;
        private @Nullable String actor;
        private @Nullable String address;
        private final Map<String, String> attributes = new TreeMap<>();

        private Builder(AuditTag tag, Instant at) {
            this.tag = Objects.requireNonNull(tag, "tag");
            this.at = Objects.requireNonNull(at, "at");
        }

        /**
         * The account it happened to.
         *
         * @throws IllegalArgumentException if blank or longer than {@link #MAX_ID_LENGTH}
         */
        public Builder account(String id) {
            this.account = id(id, "id");
            return this;
        }

        /** What it happened to; cut at {@link #MAX_ID_LENGTH}. */
        public Builder subject(String what) {
            this.subject = AuditText.clean(what, MAX_ID_LENGTH);
            return this;
        }

        /**
         * Who did it.
         *
         * @throws IllegalArgumentException if blank or longer than {@link #MAX_ID_LENGTH}
         */
        public Builder actor(String who) {
            this.actor = id(who, "who");
            return this;
        }

        /** Where it came from; cut at {@link #MAX_ID_LENGTH}. */
        public Builder address(String from) {
            this.address = AuditText.clean(from, MAX_ID_LENGTH);
            return this;
        }

        /**
         * One more attribute; the same name again replaces the value; cut at {@link #MAX_VALUE_LENGTH}.
         *
         * @throws IllegalArgumentException if the name is not a lower-case word of 40 characters at most
         * @throws IllegalStateException if it is the one after {@link #MAX_ATTRIBUTES}
         */
        public Builder attribute(String name, String value) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("name: not a lower-case word of 40 characters at most");
            }
            String text = AuditText.clean(value, MAX_VALUE_LENGTH);
            if (attributes.size() == MAX_ATTRIBUTES && !attributes.containsKey(name)) {
                throw new IllegalStateException("attribute: more than " + MAX_ATTRIBUTES);
            }
            attributes.put(name, text);
            return this;
        }

        /** The event. */
        public AuditEvent build() {
            return new AuditEvent(this);
        }

        private static String id(String value, String parameter) {
            if (value.isBlank() || value.length() > MAX_ID_LENGTH) {
                throw new IllegalArgumentException(parameter + ": blank or over " + MAX_ID_LENGTH + " characters");
            }
            return AuditText.clean(value, MAX_ID_LENGTH);
        }
    }
}

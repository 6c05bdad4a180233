package dev.gatehouse.disclosure;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.disclosure.LeakReporting.Accepted;
import dev.gatehouse.disclosure.LeakReporting.Fate;
import dev.gatehouse.disclosure.LeakReporting.Refused;
import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.internal.Base64Text;
import dev.gatehouse.internal.StrictJson;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.LeakSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes reports of leaked tokens from GitHub's secret scanning and deps.dev, and revokes the tokens that are genuine.
 *
 * <p>A report goes in this order: origin, by its two headers; key; signature over the bytes as they came; only then the JSON, an
 * array of records. Of each record with a {@code type} of ours the {@code token} is revoked if its chain of signatures verifies
 * ({@link ApiTokens#reportLeak}); its owner is told from the event that is written with the revocation. Records that are
 * malformed or of other types are left aside, as PyPI does. Nothing is fetched but the origin's keys.
 *
 * <p>A report with a token that is known is answered like one with a token that is not, and so is the second report of one. Where
 * the keys cannot be had the answer is 503, and the report is to be sent again; so it is if repository or audit throw, which reaches the
 * caller: each record is a step of its own, and those that were dealt with before change nothing the second time.
 *
 * <p>Each origin's keys are kept apart, in memory: for 30 minutes, through an outage for a day. An unknown key id makes one fetch a
 * minute at most. A key that is listed with {@code is_current: false} is taken for a day after that was first seen. Thread-safe.
 */
public final class LeakReports {
    /** The most bytes of a report. */
    public static final int MAX_BODY = 1 << 20;

    /** The most records of a report. */
    public static final int MAX_RECORDS = 1_000;

    /** When to send a report again whose keys could not be had. */
    public static final Duration RETRY_AFTER = OriginKeys.COOL_DOWN;

    /** The type of PyPI's tokens in the records of scanners. */
    public static final String PYPI_TYPE = "pypi_api_token";

    private static final Pattern KEY_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final int MAX_SIGNATURE = 200;

    private final ApiTokens tokens;
    private final List<OriginKeys> origins;
    private final Set<String> types;
    private final AuditSink audit;
    private final InstantSource clock;

    private LeakReports(Builder b) {
        this.tokens = b.tokens;
        this.origins = b.origins.stream()
                .map(origin -> new OriginKeys(origin, b.fetch))
                .toList();
        this.types = b.types;
        this.audit = b.audit;
        this.clock = b.clock;
    }

    /**
     * A builder with GitHub and deps.dev, and PyPI's type.
     *
     * @param tokens whose tokens are revoked
     * @param fetch fetches the keys; {@code HttpsFetch} is the one for production
     */
    public static Builder builder(ApiTokens tokens, DocumentFetch fetch) {
        return new Builder(tokens, fetch);
    }

    /**
     * Takes one report.
     *
     * @param headers all values of a header, by its name; empty if there is none
     * @param body the bytes as they came; of one that is longer than {@link #MAX_BODY}, one byte more is enough
     */
    public LeakReporting report(Function<String, List<String>> headers, byte[] body) {
        Instant now = clock.instant();
        OriginKeys from = origin(headers);
        if (from == null) {
            return refused(LeakReportRejection.NO_ORIGIN, null, now);
        }
        LeakReportRejection fault =
                body.length > MAX_BODY ? LeakReportRejection.TOO_LARGE : fault(from, headers, body, now);
        if (fault != null) {
            return refused(fault, from, now);
        }
        if (!(StrictJson.read(body, 0, body.length) instanceof List<?> records)) {
            return refused(LeakReportRejection.MALFORMED, from, now);
        }
        return records.size() > MAX_RECORDS
                ? refused(LeakReportRejection.TOO_MANY, from, now)
                : accepted(from.origin().name(), records, now);
    }

    /** The first origin whose two headers are there. */
    private @Nullable OriginKeys origin(Function<String, List<String>> headers) {
        for (OriginKeys each : origins) {
            if (!headers.apply(each.origin().keyIdHeader()).isEmpty()
                    && !headers.apply(each.origin().signatureHeader()).isEmpty()) {
                return each;
            }
        }
        return null;
    }

    /** What is wrong with the signature, or null. */
    private static @Nullable LeakReportRejection fault(
            OriginKeys from, Function<String, List<String>> headers, byte[] body, Instant now) {
        List<String> ids = headers.apply(from.origin().keyIdHeader());
        List<String> signatures = headers.apply(from.origin().signatureHeader());
        byte[] signature = signatures.size() == 1 ? decoded(signatures.get(0)) : null;
        if (ids.size() != 1 || !KEY_ID.matcher(ids.get(0)).matches() || signature == null) {
            return LeakReportRejection.HEADERS;
        }
        OriginKeys.Found found = from.find(ids.get(0), now);
        OriginKey key = found.key();
        if (key == null) {
            return found.later()
                    ? LeakReportRejection.KEYS_UNAVAILABLE
                    : found.retired() ? LeakReportRejection.RETIRED_KEY : LeakReportRejection.UNKNOWN_KEY;
        }
        return key.verifies(body, signature) ? null : LeakReportRejection.SIGNATURE;
    }

    private static byte @Nullable [] decoded(String signature) {
        return signature.isEmpty() || signature.length() > MAX_SIGNATURE ? null : Base64Text.decode(signature);
    }

    private Accepted accepted(String origin, List<?> records, Instant now) {
        Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        RuntimeException failure = null;
        for (Object record : records) {
            try {
                fates.merge(fate(origin, record), 1, Integer::sum);
            } catch (RuntimeException e) {
                // The tokens behind this one are as public as it is. What failed is sent again with the whole report.
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        AuditEvent.Builder event = AuditEvent.of(AuditTag.LEAK_REPORT_ACCEPTED, now)
                .actor(origin)
                .attribute("records", Integer.toString(records.size()));
        fates.forEach((fate, count) -> event.attribute(fate.name().toLowerCase(Locale.ROOT), count.toString()));
        audit.record(event.build());
        return new Accepted(origin, fates);
    }

    private Fate fate(String origin, @Nullable Object record) {
        if (!(record instanceof Map<?, ?> members)
                || !(members.get("token") instanceof String token)
                || !(members.get("type") instanceof String type)
                || !(members.get("url") instanceof String url)) {
            return Fate.MALFORMED;
        }
        if (!types.contains(type)) {
            return Fate.OTHER_TYPE;
        }
        String place = members.get("source") instanceof String text ? text : null;
        return tokens.reportLeak(token, new LeakSource(origin, url, place))
                .fold(revoked -> Fate.REVOKED, already -> Fate.ALREADY_REVOKED, not -> Fate.NOT_GENUINE);
    }

    private Refused refused(LeakReportRejection code, @Nullable OriginKeys from, Instant now) {
        AuditEvent.Builder event =
                AuditEvent.of(AuditTag.LEAK_REPORT_REFUSED, now).attribute("code", code.name());
        // The origin is only what the headers say: it is nobody who did anything.
        audit.record(
                from == null
                        ? event.build()
                        : event.attribute("origin", from.origin().name()).build());
        return new Refused(code);
    }

    /** Builds {@link LeakReports}; not thread-safe, may be reused. */
    public static final class Builder {
        private final ApiTokens tokens;
        private final DocumentFetch fetch;
        private List<DisclosureOrigin> origins = List.of(DisclosureOrigin.gitHub(), DisclosureOrigin.depsDev());
        private Set<String> types = Set.of(PYPI_TYPE);
        private AuditSink audit = AuditSink.slf4j();
        private InstantSource clock = InstantSource.system();

        private Builder(ApiTokens tokens, DocumentFetch fetch) {
            this.tokens = Objects.requireNonNull(tokens, "tokens");
            this.fetch = Objects.requireNonNull(fetch, "fetch");
        }

        /**
         * Who may report, instead of GitHub and deps.dev.
         *
         * @throws IllegalArgumentException if there is none, or two share a name or a header
         */
        public Builder origins(List<DisclosureOrigin> all) {
            List<DisclosureOrigin> copy = List.copyOf(all);
            for (int i = 0; i < copy.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (copy.get(i).overlaps(copy.get(j))) {
                        throw new IllegalArgumentException("all: two share a name or a header");
                    }
                }
            }
            if (copy.isEmpty()) {
                throw new IllegalArgumentException("all: none");
            }
            this.origins = copy;
            return this;
        }

        /**
         * The types of record that are tokens of this index, as it has agreed with the origins; {@value LeakReports#PYPI_TYPE} by
         * default.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder types(Set<String> ours) {
            if (ours.isEmpty()) {
                throw new IllegalArgumentException("ours: none");
            }
            this.types = Set.copyOf(ours);
            return this;
        }

        /** Where reports are recorded, accepted or refused; the log by default. Revocations are recorded with their tokens. */
        public Builder audit(AuditSink sink) {
            this.audit = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** The clock; the system's by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        public LeakReports build() {
            return new LeakReports(this);
        }
    }
}

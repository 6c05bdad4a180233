package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every request to a policy: passes it on with decision and identity, or answers it in the way the client understands.
 *
 * <p>Give the policy a {@link dev.gatehouse.policy.PolicyListener}, or its refusals are recorded nowhere; what the filter refuses
 * on its own goes to {@link Builder#audit}. If the policy's clock goes back, all but public reads are answered 503.
 *
 * <p>Register it for all dispatcher types on {@code /*}, before any filter that reads credentials or changes paths. It decides
 * once per request; a dispatch to something else is decided again. What the layout does not list is refused. If anything inside fails the
 * answer is 503 and nothing is passed on; what the application throws passes unchanged. Thread-safe.
 */
public final class TwoFactorFilter implements Filter {
    /** Attribute: the {@link Decision} that let the request through, with its notices; absent on open requests. */
    public static final String DECISION = "dev.gatehouse.decision";

    /** Attribute: the {@link Identity} of the caller; absent if nobody is proven, and on open requests. */
    public static final String IDENTITY = "dev.gatehouse.identity";

    /** Attribute: the {@link OpenDecision} that the application completes. */
    public static final String OPEN = "dev.gatehouse.open";

    private static final Logger LOG = LoggerFactory.getLogger(TwoFactorFilter.class);

    private final IndexLayout layout;
    private final Examiner examiner;
    private final Passage passage;

    private TwoFactorFilter(Builder b) {
        AnswerWriter writer = new AnswerWriter(b.answers);
        Events events = new Events(b.audit, b.host, b.clock);
        PolicyDecider decider = new PolicyDecider(b.policy, b.clockAgrees);
        Gate gate = new Gate(decider, b.host, b.tokens, b.passwords, writer, new SecureRandom());
        this.layout = b.layout;
        this.examiner = new Examiner(layout, gate, new SameOrigin(b.origins), events);
        this.passage = new Passage(layout, writer, events);
    }

    /**
     * A builder of the filter.
     *
     * @param policy what is demanded
     * @param layout which path does what
     * @param host who is asking
     */
    public static Builder builder(TwoFactorPolicy policy, IndexLayout layout, IndexHost host) {
        return new Builder(policy, layout, host);
    }

    /** The decision that let a request through. */
    public static Optional<Decision> decision(ServletRequest request) {
        return request.getAttribute(DECISION) instanceof Decision decision ? Optional.of(decision) : Optional.empty();
    }

    /** Whom a request is from; for an open one, once it is completed. */
    public static Optional<Identity> identity(ServletRequest request) {
        if (request.getAttribute(OPEN) instanceof OpenDecision open) {
            return Optional.ofNullable(open.identityOrNull());
        }
        return request.getAttribute(IDENTITY) instanceof Identity identity ? Optional.of(identity) : Optional.empty();
    }

    /**
     * Whether a filter has seen this request. A servlet that must never run without it asks first: a registration that is silently
     * ignored, as a fragment is beside {@code metadata-complete}, looks like a permission.
     */
    public static boolean hasSeen(ServletRequest request) {
        return Passage.isSeen(request);
    }

    @Override
    public void init(FilterConfig config) {
        List<String> unlisted = unlistedMappings(config.getServletContext());
        if (!unlisted.isEmpty()) {
            LOG.warn("The layout lists nothing for these servlet mappings, so they are refused: {}", unlisted);
        }
    }

    /** The mappings of servlets of which the layout lists nothing, so that they cannot be reached; sorted. */
    public List<String> unlistedMappings(ServletContext context) {
        Set<String> unlisted = new TreeSet<>();
        for (ServletRegistration registration :
                context.getServletRegistrations().values()) {
            for (String mapping : registration.getMappings()) {
                if (mapping.startsWith("*.") || !layout.lists(prefix(mapping))) {
                    unlisted.add(mapping + " (" + registration.getName() + ")");
                }
            }
        }
        return List.copyOf(unlisted);
    }

    private static String prefix(String mapping) {
        String path = mapping.endsWith("/*") ? mapping.substring(0, mapping.length() - 2) : mapping;
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        if (!(servletRequest instanceof HttpServletRequest request)
                || !(servletResponse instanceof HttpServletResponse response)) {
            throw new ServletException("not an HTTP request");
        }
        @Nullable Verdict verdict = null;
        boolean include = request.getDispatcherType() == DispatcherType.INCLUDE;
        try {
            verdict = examiner.examine(request);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            LOG.error("A request could not be decided; it is answered 503", e);
        }
        if (verdict instanceof Outcome outcome) {
            passage.pass(outcome, request, response, chain);
        } else if (!include) {
            Answer answer = verdict instanceof Answer given ? given : Answer.unavailable();
            passage.answer(answer, examiner.routeOrUnmapped(request), request, response);
        }
    }

    /** Builds a {@link TwoFactorFilter}; not thread-safe, may be reused. */
    public static final class Builder {
        private final TwoFactorPolicy policy;
        private final IndexLayout layout;
        private final IndexHost host;
        private TokenVerifier tokens = TokenVerifier.none();
        private PasswordVerifier passwords = PasswordVerifier.none();
        private Answers answers = Answers.of(Pages.none());
        private AuditSink audit = AuditSink.slf4j();
        private InstantSource clock = InstantSource.system();
        private BooleanSupplier clockAgrees = () -> true;
        private Set<String> origins = Set.of();

        private Builder(TwoFactorPolicy policy, IndexLayout layout, IndexHost host) {
            this.policy = Objects.requireNonNull(policy, "policy");
            this.layout = Objects.requireNonNull(layout, "layout");
            this.host = Objects.requireNonNull(host, "host");
        }

        /** Verifies tokens; by default none is accepted. */
        public Builder tokens(TokenVerifier verifier) {
            this.tokens = Objects.requireNonNull(verifier, "verifier");
            return this;
        }

        /** Checks passwords on API paths; by default nobody does, and whoever sends one stays unknown. */
        public Builder passwords(PasswordVerifier verifier) {
            this.passwords = Objects.requireNonNull(verifier, "verifier");
            return this;
        }

        /** How clients are answered; by default with texts alone. */
        public Builder answers(Answers how) {
            this.answers = Objects.requireNonNull(how, "how");
            return this;
        }

        /** Where events go of what the filter refuses on its own; the log by default. Decisions are told to the policy's listener. */
        public Builder audit(AuditSink sink) {
            this.audit = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** The time of events; the system clock by default. What is decided is decided by the policy's clock. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Whether this node's clock agrees with the shared store's, as the host last saw it; asked on each request that is not a public read. */
        public Builder clockAgrees(BooleanSupplier check) {
            this.clockAgrees = Objects.requireNonNull(check, "check");
            return this;
        }

        /**
         * Other origins whose pages may change things with a session, such as {@code https://admin.example.org}; the index's own
         * always may.
         */
        public Builder allowOrigins(Set<String> others) {
            this.origins = Set.copyOf(others);
            return this;
        }

        public TwoFactorFilter build() {
            return new TwoFactorFilter(this);
        }
    }
}

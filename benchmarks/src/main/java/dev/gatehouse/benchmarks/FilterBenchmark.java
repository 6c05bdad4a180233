package dev.gatehouse.benchmarks;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.servlet.Answers;
import dev.gatehouse.servlet.ApiTokenVerifier;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.Identity;
import dev.gatehouse.servlet.IndexHost;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import dev.gatehouse.servlet.Pages;
import dev.gatehouse.servlet.PypiLayout;
import dev.gatehouse.servlet.SignedIn;
import dev.gatehouse.servlet.TwoFactorFilter;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.Minting;
import dev.gatehouse.token.OpenToken;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The filter in process, without a container: the {@code pypi} preset with everything in force, a fixed clock, and an upload
 * completed for its project. {@link #tokenAlone} is what verifying the upload's token costs by itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class FilterBenchmark {
    private static final InstantSource CLOCK = InstantSource.fixed(DecisionCases.NOW);
    private static final TokenProject PROJECT = TokenProject.of("foo").withId("p1");
    private static final OpenTarget TARGET =
            OpenTarget.of(Action.PUBLISH_RELEASE).project("foo");

    private final ApiTokens tokens = ApiTokens.builder(
                    "index.test",
                    InMemoryApiTokenRepository.create(event -> {}),
                    new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                            .build()),
                    owner -> OwnerStatus.Standing.ACTIVE)
            .clock(CLOCK)
            .build();
    private final String secret = mint();
    private final TwoFactorFilter filter = filter();
    private final StandInRequest read = new StandInRequest("GET", "/simple/foo/", "/simple/foo/", null);
    private final StandInRequest encoded =
            new StandInRequest("GET", "/simple/%66oo%c3%a9/;jsessionid=1", "/simple/foo\u00e9/", null);
    private final StandInRequest password =
            new StandInRequest("POST", "/legacy/", "/legacy/", "Basic Ym9iOnNlY3JldA==");
    private final StandInRequest upload = new StandInRequest("POST", "/legacy/", "/legacy/", "Bearer " + secret);
    private final StandInResponse response = new StandInResponse();
    private final FilterChain reads = (request, answer) -> {};
    private final FilterChain uploads = (request, answer) -> {
        OpenDecision open = OpenDecision.of((HttpServletRequest) request).orElseThrow();
        if (!(open.complete(TARGET) instanceof Completion.Permitted)) {
            throw new ServletException("refused");
        }
    };
    private final InetAddress address = InetAddress.getLoopbackAddress();

    private String mint() {
        TokenOwner owner = TokenOwner.account("a1");
        Minting minting =
                tokens.mint(MintRequest.builder(owner, tokens.ownerState(owner).version(), Requester.of("a1"))
                        .name("bench")
                        .projects(List.of(PROJECT))
                        .restrictions(List.of(Caveats.expiration(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"))))
                        .build());
        return ((Minting.Minted) minting).secret();
    }

    private TwoFactorFilter filter() {
        return TwoFactorFilter.builder(DecisionCases.pypi(CLOCK), PypiLayout.standard(), new Host())
                .tokens(ApiTokenVerifier.of(tokens, new Names()))
                .answers(Answers.of(
                                Pages.at("https://index.test").page(Remedy.SWITCH_CREDENTIAL, "/manage/account/token/"))
                        .drainLimit(0))
                .audit(event -> {})
                .clock(CLOCK)
                .build();
    }

    @Benchmark
    public long read() throws IOException, ServletException {
        read.reset();
        filter.doFilter(read, response, reads);
        return response.written();
    }

    @Benchmark
    public long encodedPath() throws IOException, ServletException {
        encoded.reset();
        filter.doFilter(encoded, response, reads);
        return response.written();
    }

    @Benchmark
    public long refusedPassword() throws IOException, ServletException {
        password.reset();
        response.reset(200);
        filter.doFilter(password, response, reads);
        if (response.getStatus() != 403) {
            throw new IllegalStateException("not refused");
        }
        return response.written();
    }

    @Benchmark
    public long upload() throws IOException, ServletException {
        upload.reset();
        response.reset(200);
        filter.doFilter(upload, response, uploads);
        if (response.getStatus() != 200) {
            throw new IllegalStateException("refused");
        }
        return response.written();
    }

    /** The token of the upload by itself: opened, completed for the project, its use written down. */
    @Benchmark
    public Object tokenAlone() {
        return tokens.open(secret, TokenContext.withoutProject().from(address))
                .foldOpen(open -> open(open), rejected -> {
                    throw new IllegalStateException("rejected");
                });
    }

    private Object open(OpenToken open) {
        return open.complete(PROJECT).fold(tokens::recordUse, rejected -> {
            throw new IllegalStateException("rejected");
        });
    }

    private static final class Names implements ApiTokenVerifier.Directory {
        @Override
        public Optional<String> accountName(String accountId) {
            return Optional.of("alice");
        }

        @Override
        public TokenProject project(String name) {
            return PROJECT;
        }
    }

    private static final class Host implements IndexHost {
        private final AccountFacts alice = AccountValues.builder("a1", "alice")
                .registered(Instant.parse("2020-01-01T00:00:00Z"))
                .enrolled(EnrolledFactors.of(FactorKind.TOTP))
                .emailVerified(true)
                .recoveryCodesSaved(true)
                .flags(Set.of())
                .build();
        private final ThingFacts project =
                ThingValues.builder("p1", "foo").flags(Set.of()).build();

        @Override
        public Optional<SignedIn> session(HttpServletRequest request) {
            return Optional.empty();
        }

        @Override
        public AccountFacts account(String accountId) {
            return alice;
        }

        @Override
        public ThingFacts project(String name) {
            return project;
        }

        @Override
        public boolean maySee(@Nullable Identity identity, Optional<String> name) {
            return true;
        }
    }
}

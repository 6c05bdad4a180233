package dev.gatehouse.testkit.token;

import dev.gatehouse.testkit.token.Forgery.Effect;
import dev.gatehouse.token.Caveat;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * jqwik arbitraries of what is done with tokens. {@link Forgery}, {@link Caveat}, {@link TokenContext} and {@link TokenOrder} are
 * registered: a parameter of such a type needs no provider. Names and ids are few, so that they meet.
 */
public final class TokenArbitraries {
    private static final List<String> NAMES = List.of("sample", "Other.Project", "a");
    private static final byte[][] ADDRESSES = {{(byte) 192, 0, 2, 7}, {10, 0, 0, 1}};

    private TokenArbitraries() {}

    /** Ways to change a token of one effect, first kinds and first places first. */
    public static Arbitrary<Forgery> forgeries(Effect effect) {
        return forgeries(Forgery.Kind.of(effect));
    }

    /** All ways to change a token. */
    public static Arbitrary<Forgery> forgeries() {
        return forgeries(List.of(Forgery.Kind.values()));
    }

    private static Arbitrary<Forgery> forgeries(List<Forgery.Kind> kinds) {
        Arbitrary<Integer> places = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.integers().between(0, 11)),
                Tuple.of(1, Arbitraries.integers().between(0, 4_095)));
        return Combinators.combine(Arbitraries.of(kinds), places).as(Forgery::new);
    }

    /**
     * Caveats that Gatehouse understands, of which many are met by some request at this instant or just before or after.
     *
     * @param now what times are near to, such as the instant at which a test's clock stands
     */
    public static Arbitrary<Caveat> caveats(Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        Arbitrary<Instant> ends =
                Arbitraries.of(-3_600L, -1L, 0L, 1L, 2L, 3_600L, 86_400L * 400).map(second::plusSeconds);
        Arbitrary<List<String>> names =
                Arbitraries.of(NAMES).list().uniqueElements().ofMaxSize(3);
        return Arbitraries.oneOf(
                ends.map(end -> Caveats.expiration(end.minusSeconds(7_200), end)),
                ends.map(start -> Caveats.expiration(start, start.plusSeconds(7_200))),
                names.map(Caveats::projectNames),
                Arbitraries.of("1", "2").list().uniqueElements().ofMaxSize(2).map(Caveats::projectIds),
                Arbitraries.of("alice", "bob").map(Caveats::requestUser),
                Arbitraries.of("p1", "p2").map(Caveats::publisher),
                Arbitraries.of(
                                List.of("192.0.2.0/24"),
                                List.of("0.0.0.0/0", "::/0"),
                                List.of("10.0.0.0/8", "192.0.2.7/32"),
                                List.<String>of())
                        .map(Caveats::addresses),
                ends.map(end -> Caveats.singleUse("nonce-of-a-test", end)),
                Arbitraries.just(Caveats.madeWithTwoFactor()));
    }

    /** Requests about no project, a project that does not exist yet, and projects with ids and publishers; from few addresses or none. */
    public static Arbitrary<TokenContext> requests() {
        Arbitrary<Optional<TokenProject>> projects = Combinators.combine(
                        Arbitraries.of(NAMES),
                        Arbitraries.of("1", "2").injectNull(0.3),
                        Arbitraries.of(Set.<String>of(), Set.of("p1"), Set.of("p1", "p2")))
                .as(TokenArbitraries::project)
                .optional(0.7);
        Arbitrary<TokenContext> contexts =
                projects.map(project -> project.map(TokenContext::about).orElseGet(TokenContext::withoutProject));
        return Combinators.combine(contexts, Arbitraries.of(-1, 0, 1))
                .as((context, address) -> address < 0 ? context : context.from(address(address)));
    }

    private static TokenProject project(String name, @Nullable String id, Set<String> publishers) {
        TokenProject project = TokenProject.of(name).withPublishers(publishers);
        return id == null ? project : project.withId(id);
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(ADDRESSES[number]);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Tokens to be minted: of an account, an organisation and a publisher, for all or some projects, with and without end. */
    public static Arbitrary<TokenOrder> orders() {
        Arbitrary<List<TokenProject>> projects = Arbitraries.of(NAMES)
                .map(TokenProject::of)
                .list()
                .uniqueElements()
                .ofMaxSize(2);
        Arbitrary<Optional<Duration>> lifetimes = Arbitraries.of(1L, 60L, 900L, 86_400L, 86_400L * 365)
                .map(Duration::ofSeconds)
                .optional(0.5);
        return Combinators.combine(
                        Arbitraries.of(
                                TokenOwner.account("alice"),
                                TokenOwner.organization("acme"),
                                TokenOwner.publisher("p1")),
                        projects,
                        lifetimes,
                        Arbitraries.of(false, true))
                .as((owner, names, lifetime, twoFactor) -> new TokenOrder(
                        owner,
                        owner instanceof TokenOwner.Publisher && names.isEmpty()
                                ? List.of(TokenProject.of(NAMES.get(0)))
                                : names,
                        lifetime,
                        twoFactor));
    }
}

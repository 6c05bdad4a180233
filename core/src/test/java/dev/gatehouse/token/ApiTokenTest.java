package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.net.InetAddresses;
import com.google.common.testing.EqualsTester;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record keeps, where its values end, and what makes two records the same. */
class ApiTokenTest {
    private static final Instant CREATED = TokenIndex.START;

    /** Each thing that may be said of a token beside what every record has. */
    private static final List<UnaryOperator<ApiToken.Builder>> PARTS = List.of(
            b -> b.name("ci"),
            b -> b.lifetime(Duration.ofDays(1)),
            b -> b.idleTimeout(Duration.ofDays(1)),
            b -> b.labels(Set.of("release")),
            b -> b.madeWithTwoFactor(true),
            b -> b.restrictions(List.of("[3,\"id\"]")),
            b -> b.run(Map.of("ref", "refs/heads/main")),
            b -> b.lastUsed(CREATED.plusSeconds(1)),
            b -> b.revoked(CREATED.plusSeconds(1)));

    private static ApiToken.Builder token() {
        return ApiToken.builder("t1", TokenIndex.ALICE, TokenReach.ACCOUNT, CREATED);
    }

    private static void refuses(UnaryOperator<ApiToken.Builder> part, String parameter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> part.apply(token()))
                .withMessageStartingWith(parameter + ":");
    }

    @Test
    void equals_ofARecord_comparesEveryPart() {
        EqualsTester tester = new EqualsTester()
                .addEqualityGroup(token().build(), token().build())
                .addEqualityGroup(ApiToken.builder("t2", TokenIndex.ALICE, TokenReach.ACCOUNT, CREATED)
                        .build())
                .addEqualityGroup(ApiToken.builder("t1", TokenOwner.account("bob"), TokenReach.ACCOUNT, CREATED)
                        .build())
                .addEqualityGroup(ApiToken.builder("t1", TokenIndex.ALICE, TokenReach.PROJECT, CREATED)
                        .build())
                .addEqualityGroup(ApiToken.builder("t1", TokenIndex.ALICE, TokenReach.ACCOUNT, CREATED.plusMillis(1))
                        .build());
        for (UnaryOperator<ApiToken.Builder> part : PARTS) {
            ApiToken with = part.apply(token()).build();
            tester.addEqualityGroup(
                    with, part.apply(token()).build(), with.toBuilder().build());
        }
        tester.testEquals();
    }

    @Test
    void equals_ofAProjectAndARefusal_comparesEveryPart() {
        TokenProject project = TokenProject.of("pelican");
        ApiToken token = token().build();
        UnmetCaveat unmet = new UnmetCaveat("[0,1,2]", "expired");

        new EqualsTester()
                .addEqualityGroup(project, TokenProject.of("pelican"))
                .addEqualityGroup(TokenProject.of("heron"))
                .addEqualityGroup(
                        project.withId("7"), TokenProject.of("pelican").withId("7"))
                .addEqualityGroup(project.withPublishers(Set.of("p")))
                .addEqualityGroup(project.withPublishers(Set.of("p")).withId("7"))
                .testEquals();
        new EqualsTester()
                .addEqualityGroup(
                        RejectedToken.unproven(TokenRejection.NOT_GENUINE),
                        RejectedToken.unproven(TokenRejection.NOT_GENUINE))
                .addEqualityGroup(RejectedToken.unproven(TokenRejection.CAVEATS))
                .addEqualityGroup(RejectedToken.of(TokenRejection.NOT_GENUINE, token))
                .addEqualityGroup(
                        RejectedToken.unmet(token, List.of(unmet)), RejectedToken.unmet(token, List.of(unmet)))
                .addEqualityGroup(RejectedToken.unmet(token, List.of(unmet, unmet)))
                .testEquals();
    }

    @Test
    void madeWithTwoFactor_onlyWhereItWasSaid_isTrue() {
        assertThat(token().build().madeWithTwoFactor()).isFalse();
        assertThat(token().madeWithTwoFactor(true).build().madeWithTwoFactor()).isTrue();
    }

    @Test
    void range_ofOneFamily_containsNoAddressOfTheOther() {
        assertThat(Cidr.parse("0.0.0.0/0").contains(InetAddresses.forString("::1")))
                .isFalse();
        assertThat(Cidr.parse("::/0").contains(InetAddresses.forString("0.0.0.0")))
                .isFalse();
    }

    @Test
    void hashCode_ofDifferentValues_differs() {
        assertThat(token().build())
                .doesNotHaveSameHashCodeAs(ApiToken.builder("t2", TokenIndex.ALICE, TokenReach.ACCOUNT, CREATED)
                        .build());
        assertThat(TokenProject.of("pelican")).doesNotHaveSameHashCodeAs(TokenProject.of("heron"));
        assertThat(RejectedToken.of(TokenRejection.NOT_GENUINE, token().build()))
                .doesNotHaveSameHashCodeAs(RejectedToken.unproven(TokenRejection.NOT_GENUINE));
    }

    @Test
    void toString_ofEachValue_namesItAndNoMore() {
        ApiToken token = token().build();

        assertThat(token).hasToString("ApiToken[t1, account]");
        assertThat(token.toBuilder().revoked(CREATED).build()).hasToString("ApiToken[t1, account, revoked]");
        assertThat(TokenProject.of("pelican").withId("7")).hasToString("TokenProject[pelican]");
        assertThat(RejectedToken.unproven(TokenRejection.NOT_GENUINE))
                .hasToString("RejectedToken[NOT_GENUINE, 0 unmet]");
        assertThat(RejectedToken.unmet(token, List.of(new UnmetCaveat("c", "t"))))
                .hasToString("RejectedToken[CAVEATS, t1, 1 unmet]");
    }

    @Test
    void id_ofARecord_isVisibleAsciiUpToTheBound() {
        for (String bad : List.of("", " ", "a b", "\u00e9", "a".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ApiToken.builder(bad, TokenIndex.ALICE, TokenReach.ACCOUNT, CREATED))
                    .withMessageStartingWith("id:");
        }
        assertThat(ApiToken.builder("~".repeat(64), TokenIndex.ALICE, TokenReach.ACCOUNT, CREATED)
                        .build()
                        .id())
                .hasSize(64);
    }

    @Test
    void ids_ofOwnersAndRequesters_endAtTheirBounds() {
        String most = "x".repeat(255);
        List<Function<String, Object>> makers = List.of(
                TokenOwner::account,
                TokenOwner::organization,
                TokenOwner::publisher,
                Requester::of,
                origin -> new LeakSource(origin, "", null));
        for (Function<String, Object> maker : makers) {
            assertThat(maker.apply(most).toString()).contains(most);
            for (String bad : List.of("", " ", most + "x")) {
                assertThatIllegalArgumentException().isThrownBy(() -> maker.apply(bad));
            }
        }
    }

    @Test
    void name_ofARecord_endsAtItsBound() {
        assertThat(token().name("n".repeat(100)).build().name()).contains("n".repeat(100));
        refuses(b -> b.name("n".repeat(101)), "name");
        refuses(b -> b.name(" "), "name");
        refuses(b -> b.name("a\0b"), "name");
        refuses(b -> b.name("\0b"), "name");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3_153_600_000L})
    void spans_atTheirBounds_areKept(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        ApiToken token = token().lifetime(span).idleTimeout(span).build();

        assertThat(token.lifetime()).contains(span);
        assertThat(token.expires()).contains(CREATED.plus(span));
        assertThat(token.idleTimeout()).contains(span);
        assertThat(token.idleFrom()).contains(CREATED.plus(span));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1.000000001S", "PT0.999S", "PT876000H1S"})
    void spans_beyondTheirBounds_areRefused(String text) {
        refuses(b -> b.lifetime(Duration.parse(text)), "lifetime");
        refuses(b -> b.idleTimeout(Duration.parse(text)), "idleTimeout");
    }

    @Test
    void labelsAndRun_ofARecord_endAtTheirBounds() {
        Set<String> labels =
                IntStream.range(0, 16).mapToObj(i -> "l" + i).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, String> run = new LinkedHashMap<>();
        labels.forEach(label -> run.put(label, "v".repeat(255)));
        ApiToken token = token().labels(labels).run(run).build();

        assertThat(token.labels()).containsExactlyInAnyOrderElementsOf(labels);
        assertThat(token.run()).isEqualTo(run);
        labels.add("l16");
        run.put("l16", "");
        refuses(b -> b.labels(labels), "labels");
        refuses(b -> b.run(run), "run");
        for (String word : List.of("", "Upper", "-a", "a".repeat(65), "a b")) {
            refuses(b -> b.labels(Set.of(word)), "labels");
            refuses(b -> b.run(Map.of(word, "v")), "run");
        }
        refuses(b -> b.run(Map.of("ref", "v".repeat(256))), "run");
        refuses(b -> b.run(Map.of("ref", "\0v")), "run");
    }

    @Test
    void restrictions_ofARecord_endAtTheirBounds() {
        List<String> most = Collections.nCopies(64, "x".repeat(8_000));

        assertThat(token().restrictions(most).build().restrictions()).isEqualTo(most);
        refuses(b -> b.restrictions(Collections.nCopies(65, "x")), "restrictions");
        refuses(b -> b.restrictions(List.of("x".repeat(8_001))), "restrictions");
        refuses(b -> b.restrictions(List.of("")), "restrictions");
        refuses(b -> b.restrictions(List.of("a\u001f")), "restrictions");
        assertThat(token().restrictions(List.of(" ")).build().restrictions()).containsExactly(" ");
    }

    @Test
    void isDeadBefore_eachEnd_countsFromTheInstantAfterIt() {
        Instant end = CREATED.plusSeconds(60);
        Duration minute = Duration.ofMinutes(1);

        for (ApiToken token : List.of(
                token().revoked(end).build(),
                token().lifetime(minute).build(),
                token().idleTimeout(minute).build(),
                token().idleTimeout(Duration.ofSeconds(20))
                        .lastUsed(end.minusSeconds(20))
                        .build())) {
            assertThat(token.isDeadBefore(end)).as("%s at its end", token).isFalse();
            assertThat(token.isDeadBefore(end.plusNanos(1)))
                    .as("%s after it", token)
                    .isTrue();
        }
        assertThat(token().build().isDeadBefore(Instant.MAX)).isFalse();
    }
}

package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.PlainSubject.Verdict;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** An engine keeps where the answers of hosts led: who comes later, or is one too many to be kept, is told the same. */
class WaypointTest {
    private static final PlainSubject PLAIN = new PlainInterpreter();
    private static final int FLAGS = 10;
    private static final int SETS = 1 << FLAGS;

    @Property(tries = 60)
    void decide_oneEngineAskedAgainAndAgain_isWhatTheModelSays(@ForAll long seed) {
        PolicyCase any = PolicyCase.of(seed);
        Evaluator engine = EngineSubject.evaluator(any.setup());
        Random random = new Random(any.seed());
        RandomRequests requests = new RandomRequests(random);
        RandomValues values = new RandomValues(random);
        Action action = values.one(RandomValues.ACTIONS);
        CredentialKind kind = values.one(CredentialKind.values());
        List<RequestDraft> drafts = IntStream.range(0, 150)
                .mapToObj(i -> requests.request(any.now(), action, kind))
                .toList();

        for (int round = 0; round < 2; round++) {
            for (RequestDraft draft : drafts) {
                AccessRequest request = round == 0 ? draft.toRequest() : draft.toRequestOfValues();
                assertThat(Verdict.of(engine.decide(request, any.now())))
                        .as("%s", any.with(draft))
                        .isEqualTo(PLAIN.decide(any.setup(), request, any.now()));
            }
        }
    }

    @Test
    void decide_moreOutcomesThanAreKept_isTheSameTheFirstTimeAndEver() {
        Setup setup = Setup.of(flags());
        Evaluator engine = EngineSubject.evaluator(setup);

        for (int round = 0; round < 3; round++) {
            for (int set = 0; set < SETS; set++) {
                assertThat(told(engine, set)).as("%s", flags(set)).isEqualTo(expected(set));
            }
        }
        assertThat(PLAIN.decide(setup, upload(5), Samples.NOW).refusedBy()).isEqualTo(expected(5));
    }

    @Test
    void decide_threadsThatKeepAtOnce_allTellTheSame() throws Exception {
        int threads = 4;
        Evaluator engine = EngineSubject.evaluator(Setup.of(flags()));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<List<Integer>>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(wrong(engine, start)));
            }
            start.countDown();
            for (Future<List<Integer>> wrong : all) {
                assertThat(wrong.get()).isEmpty();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** What is lost in a race would be missing for as long as the program lives. */
    @Test
    void kept_threadsThatComeAtOnce_areAsManyPlacesAsForOne() throws Exception {
        int threads = 8;
        Program alone = program();
        ask(alone);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 300; round++) {
                Program program = program();
                CyclicBarrier together = new CyclicBarrier(threads);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    all.add(pool.submit(() -> {
                        together.await();
                        ask(program);
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
                assertThat(program.kept).hasValue(alone.kept.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Program program() {
        PolicyDefinition policy = flags();
        Setting setting = EngineSubject.setting(Setup.of(policy));
        ProgramBuilder builder =
                new ProgramBuilder(new Asker(Action.PUBLISH_RELEASE, CredentialKind.API_TOKEN, setting), setting);
        for (Requirement requirement : policy.requirements()) {
            Rule rule = new Rule(requirement, policy.vocabulary().gatedBy(requirement));
            Line.of(rule, Samples.NOW).ifPresent(builder::add);
        }
        return builder.build();
    }

    private static void ask(Program program) {
        assertThat(program.decide(
                        upload(5),
                        Samples.NOW.getEpochSecond(),
                        0,
                        PolicyControls.none().state(),
                        NoListener.INSTANCE))
                .isInstanceOf(Decision.Refused.class);
    }

    private static Callable<List<Integer>> wrong(Evaluator engine, CountDownLatch start) {
        return () -> {
            start.await();
            return IntStream.range(0, 3 * SETS)
                    .map(i -> i % SETS)
                    .filter(set -> !told(engine, set).equals(expected(set)))
                    .boxed()
                    .toList();
        };
    }

    /** A rule for each flag: nobody without a second factor uploads to a project that has it. */
    private static PolicyDefinition flags() {
        Vocabulary vocabulary = Vocabulary.empty();
        for (int i = 0; i < FLAGS; i++) {
            vocabulary = vocabulary.with(Vocabulary.Section.FLAGS, "project.f" + i, "flag " + i);
        }
        PolicyDefinition.Builder policy = PolicyDefinition.builder("flags", 1).vocabulary(vocabulary);
        for (int i = 0; i < FLAGS; i++) {
            policy.requirement(
                    Requirement.builder("r" + i, List.of("publish.release"), Condition.all(new Atom.EmailVerified()))
                            .when(Condition.all(new Atom.Project(ThingTest.flag("f" + i))))
                            .message("No.")
                            .build());
        }
        return policy.build();
    }

    private static Set<String> flags(int set) {
        Set<String> flags = new TreeSet<>();
        for (int i = 0; i < FLAGS; i++) {
            if ((set & 1 << i) != 0) {
                flags.add("f" + i);
            }
        }
        return flags;
    }

    private static AccessRequest upload(int set) {
        return AccessRequest.of(
                        Action.PUBLISH_RELEASE,
                        Credential.builder(CredentialKind.API_TOKEN).build())
                .account(AccountValues.builder("a1", "alice")
                        .emailVerified(false)
                        .build())
                .project(ThingValues.builder("p1", "sample").flags(flags(set)).build())
                .build();
    }

    private static List<String> told(Evaluator engine, int set) {
        return Verdict.of(engine.decide(upload(set), Samples.NOW)).refusedBy();
    }

    private static List<String> expected(int set) {
        return flags(set).stream().map(flag -> "r" + flag.substring(1)).toList();
    }
}

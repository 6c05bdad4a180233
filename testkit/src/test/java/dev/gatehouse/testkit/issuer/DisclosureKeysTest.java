package dev.gatehouse.testkit.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.disclosure.DisclosureOrigin;
import dev.gatehouse.disclosure.LeakReports;
import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.testkit.issuer.FakeDisclosureOrigin.Report;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The keys of origins: how long they are kept, when they are asked for again, and what an outage or a rotation does. */
class DisclosureKeysTest {
    private static final Duration FRESH = Duration.ofMinutes(30);
    private static final Duration COOL_DOWN = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration NANO = Duration.ofNanos(1);

    private final TokenDesk desk = new TokenDesk();
    private final FakeDisclosureOrigin origin = FakeDisclosureOrigin.of(DisclosureOrigin.gitHub());
    private final LeakReports reports = reports(origin);

    private LeakReports reports(DocumentFetch fetch) {
        return LeakReports.builder(desk.tokens, fetch)
                .audit(event -> {})
                .clock(desk.clock)
                .build();
    }

    private int send(Report report) {
        return reports.report(report::header, report.body()).status();
    }

    private int send() {
        return send(origin.sign("[]"));
    }

    private int fetches() {
        return origin.asked().size();
    }

    private static Report bogus(Report report, int number) {
        return report.withHeader("GITHUB-PUBLIC-KEY-IDENTIFIER", "bogus-" + number);
    }

    @Test
    void keys_withinHalfAnHour_areAskedForOnce() {
        assertThat(send()).isEqualTo(204);
        desk.clock.advance(FRESH.minus(NANO));
        assertThat(send()).isEqualTo(204);
        assertThat(fetches()).isEqualTo(1);
        desk.clock.advance(NANO);
        assertThat(send()).isEqualTo(204);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void keyId_thatIsUnknown_isLookedForOnceInAMinuteAndThenWrong() {
        Report report = origin.sign("[]");
        assertThat(send(bogus(report, 0))).as("not among keys of just now").isEqualTo(400);
        for (int i = 1; i <= 1_000; i++) {
            assertThat(send(bogus(report, i)))
                    .as("nobody looks, it may be right")
                    .isEqualTo(503);
        }
        assertThat(fetches()).isEqualTo(1);
        assertThat(send(report)).as("others go on").isEqualTo(204);
        desk.clock.advance(COOL_DOWN.minus(NANO));
        assertThat(send(bogus(report, 0))).isEqualTo(503);
        assertThat(fetches()).isEqualTo(1);
        desk.clock.advance(NANO);
        assertThat(send(bogus(report, 0))).isEqualTo(400);
        assertThat(fetches()).isEqualTo(2);
    }

    /** Whoever keeps the keys from being asked for cannot have a genuine report dropped: it is to be sent again. */
    @Test
    void rotation_whileStrangersSendUnknownIds_losesNoReport() {
        assertThat(send()).isEqualTo(204);
        desk.clock.advance(COOL_DOWN);
        assertThat(send(bogus(origin.sign("[]"), 0))).isEqualTo(400);
        origin.rotate();
        assertThat(send()).isEqualTo(503);
        desk.clock.advance(COOL_DOWN);
        assertThat(send()).isEqualTo(204);
    }

    @Test
    void rotation_withinHalfAnHour_isFollowedAtOnce() {
        assertThat(send()).isEqualTo(204);
        desk.clock.advance(COOL_DOWN);
        origin.rotate();

        assertThat(send()).isEqualTo(204);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void keyThatIsNoLongerCurrent_isTakenForADayFromWhenItWasSeenSo() {
        assertThat(send()).isEqualTo(204);
        Report onItsWay = origin.sign("[]");
        desk.clock.advance(COOL_DOWN);
        origin.rotate();
        assertThat(send()).isEqualTo(204);
        Duration seen = Duration.ZERO;
        while (seen.compareTo(DAY.minus(FRESH)) < 0) {
            assertThat(send(onItsWay)).as("after %s", seen).isEqualTo(204);
            desk.clock.advance(FRESH);
            seen = seen.plus(FRESH);
        }
        desk.clock.advance(FRESH.minus(NANO));
        assertThat(send(onItsWay)).isEqualTo(204);
        desk.clock.advance(NANO);
        assertThat(send(onItsWay)).as("a day after it was given up").isEqualTo(400);
        assertThat(send()).isEqualTo(204);
    }

    @Test
    void keyThatIsNoLongerListed_isUnknown() {
        Report onItsWay = origin.sign("[]");
        assertThat(send()).isEqualTo(204);
        origin.drop(origin.rotate());
        desk.clock.advance(FRESH);

        assertThat(send(onItsWay)).isEqualTo(400);
        assertThat(send()).isEqualTo(204);
    }

    @Test
    void outage_fromTheBeginning_isForLaterAndAsksOnceInAMinute() {
        origin.down();
        for (int i = 0; i < 100; i++) {
            assertThat(send()).isEqualTo(503);
        }
        assertThat(fetches()).isEqualTo(1);
        origin.up();
        assertThat(send()).isEqualTo(503);
        desk.clock.advance(COOL_DOWN);
        assertThat(send()).isEqualTo(204);
    }

    @Test
    void outage_later_leavesTheLastGoodKeysForADay() {
        assertThat(send()).isEqualTo(204);
        origin.down();
        desk.clock.advance(DAY.minus(NANO));
        assertThat(send()).isEqualTo(204);
        assertThat(fetches()).isEqualTo(2);
        assertThat(send()).as("asked just before").isEqualTo(204);
        assertThat(fetches()).isEqualTo(2);
        desk.clock.advance(NANO);
        assertThat(send()).isEqualTo(503);
        origin.up();
        desk.clock.advance(COOL_DOWN);
        assertThat(send()).isEqualTo(204);
    }

    @Test
    void document_thatIsNone_leavesTheLastGoodKeys() {
        assertThat(send()).isEqualTo(204);
        for (String each : List.of("", "<html>", "{}", "{\"public_keys\":[]}", "[".repeat(10_000))) {
            origin.answer(each.getBytes(UTF_8));
            desk.clock.advance(FRESH);
            assertThat(send()).as(each).isEqualTo(204);
        }
        assertThat(fetches()).isEqualTo(6);
    }

    @Test
    void authorization_thatCannotBeHad_isAFailedFetch() {
        LeakReports broken = LeakReports.builder(desk.tokens, origin)
                .origins(List.of(DisclosureOrigin.gitHub().withAuthorization(() -> {
                    throw new IllegalStateException("no secret store");
                })))
                .audit(AuditSink.slf4j())
                .clock(desk.clock)
                .build();
        Report report = origin.sign("[]");

        assertThat(broken.report(report::header, report.body()).status()).isEqualTo(503);
        assertThat(fetches()).isZero();
    }

    @Test
    void clockThatGoesBack_asksAgainRatherThanKeepForEver() {
        assertThat(send()).isEqualTo(204);
        desk.clock.advance(Duration.ofDays(-1));
        assertThat(send()).isEqualTo(204);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void manyAtOnce_askOnceAndAllWait() {
        AtomicInteger asked = new AtomicInteger();
        LeakReports slow = reports((address, headers) -> {
            asked.incrementAndGet();
            return origin.document();
        });
        Report report = origin.sign("[]");

        assertThat(Race.of(8, i -> slow.report(report::header, report.body()).status()))
                .containsOnly(204);
        assertThat(asked).hasValue(1);
    }

    /** While one asks for keys that are due, others are served with those at hand. */
    @Test
    void fetch_thatHangs_holdsNobodyUpWhoseKeyIsAtHand() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        LeakReports slow = reports((address, headers) -> {
            if (asked.incrementAndGet() == 2) {
                begun.countDown();
                await(go);
            }
            return origin.document();
        });
        Report report = origin.sign("[]");
        assertThat(slow.report(report::header, report.body()).status()).isEqualTo(204);
        desk.clock.advance(FRESH);
        Thread waiting = new Thread(() -> slow.report(report::header, report.body()));
        waiting.start();
        await(begun);
        try {
            assertThat(slow.report(report::header, report.body()).status()).isEqualTo(204);
        } finally {
            go.countDown();
            waiting.join();
        }
        assertThat(asked).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

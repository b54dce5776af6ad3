package io.hawser.iot.dispatch;

import static io.hawser.iot.dispatch.Stage.alert;
import static io.hawser.iot.dispatch.Stage.data;
import static io.hawser.iot.dispatch.Stage.guaranteed;
import static io.hawser.iot.dispatch.Stage.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.time.ManualClock;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.wire.IotHead.Priority;
import io.hawser.iot.wire.IotHead.Reliability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is sent when, and what becomes of a call that failed ({@code specs/iot.md} 3.2 and 3.4). */
class TransmitterTest {
    private final Stage stage = Stage.started();

    @Test
    void whatIsQueuedIsSentAndTold() {
        Receipt receipt = stage.queue(data("a"));
        assertThat(receipt.accepted()).isCompleted();
        assertThat(receipt.delivered()).isNotDone();
        stage.accepts();
        stage.hears("post a", "delivered a");
        assertThat(receipt.delivered()).isCompleted();
        assertThat(stage.dispatcher().queueSize()).isZero();
    }

    @Test
    void theMoreUrgentLeaveFirstAndOthersInTheOrderOfQueueing() {
        stage.queue("first");
        stage.queue(data("low1"));
        stage.queue(data("lowest", Priority.LOWEST, Reliability.BEST_EFFORT));
        stage.queue(data("low2", Priority.LOW, Reliability.NO_GUARANTEE));
        stage.queue(data("high", Priority.HIGH, Reliability.BEST_EFFORT));
        stage.queue(data("medium", Priority.MEDIUM, Reliability.BEST_EFFORT));
        stage.queue(alert("alert"));
        stage.accepts();
        stage.hears("post first", "post alert high medium low1 low2 lowest", "delivered first");
    }

    @Test
    void noCallHasMoreMessagesOrBytesThanAllowed() {
        Stage three = Stage.started(options().maxMessagesPerConnection(3));
        three.queue("x");
        three.queue("a", "b", "c", "d");
        three.accepts();
        three.accepts();
        three.hears("post x", "post a b c", "delivered x", "post d", "delivered a b c");

        int one = Intake.size(data("a"));
        Stage bytes = Stage.started(options().maxBytesPerConnection(2 * one));
        bytes.queue("x");
        bytes.queue("a", "b", "c");
        bytes.queue(data("one-that-is-longer-than-two-of-them".repeat(20)));
        bytes.accepts();
        bytes.hears("post x", "post a b", "delivered x");
        bytes.accepts();
        bytes.accepts();
        assertThat(bytes.isPosting())
                .as("a message that is too long for a call goes alone")
                .isTrue();
    }

    @Test
    void aBusyServerIsLeftAloneFor112358Seconds() {
        stage.queue(guaranteed("a"));
        for (int seconds : new int[] {1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 144}) {
            stage.hears("post a");
            stage.busy();
            stage.advance(seconds * 1_000L - 1);
            stage.hears();
            stage.advance(1);
        }
        stage.accepts();
        stage.hears("post a", "delivered a");
        stage.queue(guaranteed("b"));
        stage.busy();
        stage.hears("post b");
        stage.hearsAfter(1_000, "post b");
    }

    @Test
    void aServerThatNobodyReachesIsTriedAtLeastEvery13Seconds() {
        stage.queue(guaranteed("a"));
        for (int seconds : new int[] {1, 1, 2, 3, 5, 8, 13, 13, 13}) {
            stage.hears("post a");
            stage.unreachable();
            stage.advance(seconds * 1_000L - 1);
            stage.hears();
            stage.advance(1);
        }
        stage.hears("post a");
    }

    @Test
    void chanceMakesAWaitLongerByAQuarterAtMost() {
        List<Long> waits = new ArrayList<>();
        for (int seed = 0; seed < 50; seed++) {
            Stage one = new Stage(new ManualClock(), DispatcherOptions.defaults(), new Random(seed));
            one.hearsAnything();
            one.busy();
            long before = one.clock().millis();
            while (!one.isPosting()) {
                one.advance(1);
            }
            waits.add(one.clock().millis() - before);
        }
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(1_000L, 1_250L));
        assertThat(waits).as("chance").doesNotHaveDuplicates().hasSizeGreaterThan(1);
    }

    @Test
    void theServerSaysHowLongToWaitAtLeast() {
        stage.queue("a");
        stage.busy(Duration.ofSeconds(30));
        stage.hears("post a");
        stage.hearsAfter(30_000, "post a");
        stage.busy(Duration.ofMillis(1));
        stage.hearsAfter(1_000, "post a");
        stage.busy(Duration.ofDays(400));
        stage.hearsAfter(3_600_000, "post a");
    }

    @Test
    void aNewAlertIsTriedAtOnceAndAlone() {
        stage.queue("a");
        stage.busy();
        stage.hears("post a");
        stage.queue("b");
        stage.hears();
        stage.queue(alert("fire"));
        stage.hears("post fire");
        stage.busy();
        stage.queue("c");
        stage.hears();
        stage.queue(alert("flood"));
        stage.hears("post flood");
        stage.accepts();
        stage.hears("post fire a b c", "delivered flood");
    }

    @Test
    void anAlertThatFindsTheServerBusyDoesNotMakeTheWaitLonger() {
        stage.queue("a");
        stage.busy();
        stage.hears("post a");
        stage.advance(500);
        stage.queue(alert("fire"));
        stage.busy();
        stage.hears("post fire");
        stage.hearsAfter(500, "post fire a");
        stage.busy();
        stage.hearsAfter(1_000, "post fire a");
        stage.busy();
        stage.queue(alert("flood"));
        stage.busy(Duration.ofSeconds(60));
        stage.hears("post flood");
        stage.hearsAfter(60_000, "post fire flood a");
    }

    @Test
    void aServerThatComesBackIsGivenTenThenTenThenTwenty() {
        stage.queue("x");
        stage.hearsAnything();
        IntStream.range(0, 200).forEach(i -> stage.dispatcher().queue(data("m" + i)));
        stage.unreachable();
        stage.advance(1_000);
        List<Integer> sizes = new ArrayList<>();
        while (stage.isPosting()) {
            sizes.add(stage.dispatcher().queueSize());
            stage.accepts();
        }
        sizes.add(stage.dispatcher().queueSize());
        assertThat(sizes).containsExactly(201, 191, 181, 161, 131, 81, 1, 0);
    }

    @Test
    void howOftenAMessageIsTriedAgainIsItsReliability() {
        stage.queue("x");
        stage.queue(data("none", Priority.LOW, Reliability.NO_GUARANTEE));
        stage.queue(data("best", Priority.LOW, Reliability.BEST_EFFORT));
        stage.queue(guaranteed("sure"));
        stage.accepts();
        stage.hears("post x", "post none best sure", "delivered x");
        for (int failure = 1; failure <= 10; failure++) {
            stage.unreachable();
            if (failure == 4) {
                stage.hears("failed none: UNREACHABLE");
            }
            if (failure == 7) {
                stage.hears("failed best: UNREACHABLE");
            }
            stage.advance(13_000);
            stage.hears("post " + (failure < 4 ? "none best " : failure < 7 ? "best " : "") + "sure");
        }
        stage.accepts();
        stage.hears("delivered sure");
        assertThat(stage.dispatcher().counters().totalMessagesRetried())
                .as("3 of none, 6 of best, 10 of sure")
                .isEqualTo(3 + 6 + 10);
        assertThat(stage.dispatcher().counters().totalProtocolErrors()).isEqualTo(10);
    }

    @Test
    void aReceiptFailsWithTheCauseOfTheLastFailure() {
        Receipt receipt = stage.queue(data("a", Priority.LOW, Reliability.NO_GUARANTEE));
        for (int i = 0; i < 4; i++) {
            stage.unreachable();
            stage.advance(13_000);
        }
        assertThat(receipt.delivered())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(LinkException.class);
        assertThat(stage.dispatcher().queueSize()).isZero();
    }

    @Test
    void messagesThatWereNotSentDoNotUseUpTheirRetries() {
        Stage one = Stage.started(options().maxMessagesPerConnection(1));
        one.queue(data("a", Priority.LOW, Reliability.NO_GUARANTEE));
        one.queue(data("b", Priority.LOW, Reliability.NO_GUARANTEE));
        for (int i = 0; i < 4; i++) {
            one.hears("post a");
            one.unreachable();
            if (i < 3) {
                one.advance(13_000);
            }
        }
        one.hears("failed a: UNREACHABLE");
        one.advance(13_000);
        one.accepts();
        one.hears("post b", "delivered b");
    }

    @Test
    void oneMessageThatTheServerRefusesDoesNotTakeOthersWithIt() {
        stage.queue("x");
        stage.queue("a", "b", "bad", "c");
        stage.accepts();
        stage.hears("post x", "post a b bad c", "delivered x");
        stage.refuses(400);
        stage.hears("post a b");
        stage.accepts();
        stage.hears("post bad c", "delivered a b");
        stage.refuses(400);
        stage.hears("post bad");
        stage.refuses(400);
        stage.hears("post c");
        stage.accepts();
        stage.hears("delivered c");
        for (int i = 0; i < 6; i++) {
            stage.advance(60_000);
            stage.hears("post bad");
            stage.refuses(400);
        }
        stage.hears("failed bad: REFUSED");
    }

    @Test
    void aGuaranteedMessageThatIsRefusedIsTriedForEverAndNobodyWaitsForIt() {
        stage.queue(guaranteed("bad"));
        for (int i = 0; i < 20; i++) {
            stage.refuses(404);
            stage.hears("post bad");
            stage.queue("other" + i);
            stage.accepts();
            stage.hears("post other" + i, "delivered other" + i);
            stage.advance(144_000);
        }
        stage.accepts();
        stage.hears("post bad", "delivered bad");
    }

    @Test
    void aServerThatFailsIsLeftAloneAndOneMessageIsNotToBlameForEver() {
        stage.queue(guaranteed("bad"));
        stage.queue("b");
        stage.refuses(500);
        stage.hears("post bad");
        stage.hearsAfter(1_000, "post b");
        stage.accepts();
        stage.hears("delivered b");
        stage.hearsAfter(1_000, "post bad");
    }

    @Test
    void aDeviceThatIsDeniedWaits() {
        stage.queue(guaranteed("a"));
        stage.fails(LinkException.answered(LinkException.Kind.DENIED, 403, "no"));
        stage.hears("post a");
        stage.hearsAfter(1_000, "post a");
    }

    @Test
    void nothingIsSentWhileTheProgramReconnects() {
        stage.dispatcher().waitOnReconnect(true);
        stage.run();
        assertThat(stage.dispatcher().waitOnReconnect()).isTrue();
        stage.hearsAnything();
        stage.queue("a");
        stage.queue(alert("b"));
        stage.advance(100_000);
        stage.hears();
        stage.dispatcher().waitOnReconnect(false);
        stage.hears("post b a", "poll 4190 held");
    }

    @Test
    void aReconnectedProgramDoesNotWaitForTheBackOff() {
        stage.queue("a");
        stage.unreachable();
        stage.hears("post a");
        stage.dispatcher().waitOnReconnect(true);
        stage.dispatcher().waitOnReconnect(false);
        stage.hears("cancelled", "post a", "poll 4190 held");
    }
}

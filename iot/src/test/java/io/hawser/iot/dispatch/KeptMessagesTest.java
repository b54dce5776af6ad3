package io.hawser.iot.dispatch;

import static io.hawser.iot.dispatch.Stage.data;
import static io.hawser.iot.dispatch.Stage.guaranteed;
import static io.hawser.iot.dispatch.Stage.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.time.ManualClock;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.dispatch.kept.KeptException;
import io.hawser.iot.dispatch.kept.KeptLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages with guaranteed delivery outlive the dispatcher ({@code specs/iot.md} 3.9). */
class KeptMessagesTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    /** What the disk was asked and has not done. */
    private final Queue<Runnable> disk = new ArrayDeque<>();

    private DeviceFile file;

    @BeforeEach
    void open() throws KeptException {
        file = open(KeptLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        file.closeAsync();
        write();
    }

    @Test
    void aGuaranteedMessageIsAcceptedWhenItIsOnDisk() {
        Stage stage = started();
        Receipt receipt = stage.queue(guaranteed("a"));
        Receipt other = stage.queue(data("b"));
        assertThat(other.accepted()).isCompleted();
        assertThat(receipt.accepted()).isNotDone();
        stage.hears("post a");
        write();
        stage.run();
        assertThat(receipt.accepted()).isCompleted();
        assertThat(receipt.delivered()).isNotDone();
    }

    @Test
    void aDeliveredMessageIsAcceptedWithoutTheDisk() {
        Stage stage = started();
        Receipt receipt = stage.queue(guaranteed("a"));
        stage.accepts();
        assertThat(receipt.accepted()).isCompleted();
        assertThat(receipt.delivered()).isCompleted();
        write();
        Stage next = started();
        next.hears();
    }

    @Test
    void whatIsLeftOnDiskLeavesWithTheNextDispatcherInOrder() {
        Stage stage = started();
        Receipt first = stage.queue(guaranteed("a"));
        stage.queue(data("b"));
        stage.queue(guaranteed("c"));
        write();
        stage.unreachable();
        stage.hearsAnything();
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.run();
        stage.unreachable();
        assertThat(closed).as("it waits for the disk").isNotDone();
        write();
        stage.hears("cancelled", "post a b c", "failed b: UNREACHABLE");
        assertThat(closed).isCompleted();
        assertThat(first.delivered())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(DispatchException.class)
                .withMessageContaining("lies on disk");
        assertThat(stage.dispatcher().queueSize()).isZero();

        Stage next = started();
        next.hears("post a c");
        next.accepts();
        next.hears("delivered a c");
        write();
        started().hears();
    }

    @Test
    void whatWasQueuedBeforeARestartLeavesBeforeWhatIsNew() {
        Stage stage = started();
        stage.queue(guaranteed("a"));
        stage.queue(guaranteed("b"));
        write();
        stage.dispatcher().closeAsync();
        write();
        stage.unreachable();
        write();

        Stage next = new Stage(clock, options().file(file), new Random(1));
        next.queue("c");
        next.hears("poll 4190 held", "post REPORT");
        write();
        next.accepts();
        next.hears("post a b c", "delivered REPORT");
    }

    @Test
    void aMessageThatCannotBeKeptIsSentAllTheSameAndSaysSo() throws Exception {
        file.closeAsync();
        write();
        file = open(new KeptLimits(1, Duration.ofDays(1)));
        Stage stage = started();
        Receipt receipt = stage.queue(guaranteed("a"));
        write();
        stage.hears("post a");
        assertThat(receipt.accepted())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(DispatchException.class)
                .withMessageContaining("is queued, but not on disk")
                .withMessageContaining("is full");
        stage.unreachable();
        Receipt second = stage.queue(guaranteed("b"));
        write();
        stage.run();
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.run();
        stage.unreachable();
        write();
        stage.hears("cancelled", "post a b", "failed a: UNREACHABLE", "failed b: UNREACHABLE");
        assertThat(closed).isCompleted();
        assertThat(second.delivered()).isCompletedExceptionally();
    }

    @Test
    void whatIsTooOldIsReported() {
        clock.advance(Duration.ofDays(365 * 56));
        Stage stage = started();
        stage.queue(guaranteed("a"));
        write();
        stage.unreachable();
        stage.hears("post a");
        stage.dispatcher().waitOnReconnect(true);
        stage.advance(Duration.ofDays(29).toMillis());
        stage.hears("cancelled");
        stage.queue(guaranteed("b"));
        write();
        stage.advance(Duration.ofDays(1).toMillis() + 600_000);
        stage.hears("failed a: TOO_OLD");
        stage.dispatcher().closeAsync();
        write();
        stage.hearsAnything();

        clock.advance(Duration.ofDays(30));
        Stage next = started();
        next.hears("failed b: TOO_OLD");
    }

    /** A dispatcher that has read what lies on disk. */
    private Stage started() {
        Stage stage = new Stage(clock, options().file(file), new Random(1));
        stage.accepts();
        stage.hearsAnything();
        write();
        return stage;
    }

    private DeviceFile open(KeptLimits limits) throws KeptException {
        return DeviceFile.open(folder.resolve("kept"), limits, clock, disk::add);
    }

    /** The disk does what it was asked. */
    private void write() {
        clock.run();
        for (Runnable task = disk.poll(); task != null; task = disk.poll()) {
            task.run();
            clock.run();
        }
    }
}

package io.hawser.iot.dispatch;

import static io.hawser.iot.dispatch.Stage.data;
import static io.hawser.iot.dispatch.Stage.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What goes into the queue, what does not, and who is told. */
class MessageDispatcherTest {
    @Test
    void theQueueTakesAllOrNothing() {
        Stage stage = Stage.started(options().maxQueueSize(3));
        stage.queue("a");
        assertThat(stage.dispatcher().queueCapacity()).isEqualTo(2);
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> stage.dispatcher().queue(List.of(data("b"), data("c"), data("d"))))
                .withMessageContaining("3 messages")
                .withMessageContaining("1 of 3 messages")
                .withMessageContaining("dispatcher_max_queue_size");
        stage.dispatcher().queue(List.of(data("e"), data("f")));
        assertThat(stage.dispatcher().queueSize()).isEqualTo(3);
        assertThat(stage.dispatcher().counters().load()).isEqualTo(100.0);
        stage.accepts();
        stage.hears("post a", "post e f", "delivered a");
        stage.queue("g");
    }

    @Test
    void theQueueHoldsNoMoreBytesThanAllowed() {
        Stage stage = Stage.started(options().maxQueueBytes(1_024));
        int one = Intake.size(data("a"));
        for (int i = 0; i < 1_024 / one; i++) {
            stage.queue("a");
        }
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> stage.queue("b"))
                .withMessageContaining("of 1024 bytes");
        stage.accepts();
        stage.queue("c");
    }

    @Test
    void memoryIsFlatWhenTheQueueIsFull() {
        Stage stage = Stage.started(options().maxQueueSize(1_000));
        stage.queue("first");
        while (stage.dispatcher().queueCapacity() > 0) {
            stage.dispatcher().queue(data("m"));
        }
        stage.run();
        long before = usedBytes();
        for (int i = 0; i < 20_000; i++) {
            assertThatExceptionOfType(QueueFullException.class)
                    .isThrownBy(() -> stage.dispatcher().queue(data("more")));
        }
        stage.run();
        assertThat(usedBytes() - before).isLessThan(2 << 20);
        assertThat(stage.dispatcher().queueSize()).isEqualTo(1_000);
    }

    @Test
    void aSlowCallbackHoldsThePlacesOfWhatItIsTold() {
        Stage stage = Stage.started(options().maxQueueSize(1));
        List<Integer> sizes = new ArrayList<>();
        stage.dispatcher().onDelivery(messages -> sizes.add(stage.dispatcher().queueSize()));
        stage.queue("a");
        stage.accepts();
        assertThat(sizes).as("the callback may queue again").containsExactly(0);
    }

    @Test
    void noMessagesAreRefused() {
        Stage stage = Stage.started();
        MessageDispatcher dispatcher = stage.dispatcher();
        assertThatIllegalArgumentException().isThrownBy(() -> dispatcher.queue(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> dispatcher.offer(List.of()));
        List<IotMessage> holed = new ArrayList<>(List.of(data("a")));
        holed.add(nothing());
        assertThatNullPointerException().isThrownBy(() -> dispatcher.queue(holed));
        stage.hears();
        assertThat(dispatcher.queueSize()).isZero();
    }

    @Test
    void whatCannotBeWrittenIsRefusedAtOnce() {
        Stage stage = Stage.started();
        IotMessage half =
                new IotMessage.Data(IotHead.of("a", Stage.ENDPOINT, 7), "urn:f", Fields.of("\ud800", Value.of(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> stage.dispatcher().queue(List.of(data("b"), half)));
        stage.hears();
        assertThat(stage.dispatcher().queueSize()).isZero();
    }

    @Test
    void aMessageWithoutClientIdIsGivenOne() {
        Stage stage = Stage.started();
        Receipt first = stage.queue(data(""));
        Receipt second = stage.queue(data(""));
        String id = first.message().head().clientId();
        assertThat(UUID.fromString(id).version()).isEqualTo(4);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        assertThat(second.message().head().clientId()).isNotEqualTo(id);
        stage.hears("post " + id);
    }

    @Test
    void diagnosticsAreAddedToEachMessage() {
        Stage stage = Stage.started(options().messageDiagnostics(() -> Fields.builder()
                .put("uptime", Value.of(5))
                .put("own", Value.of("ours"))
                .build()));
        IotMessage message = data("a");
        Receipt receipt =
                stage.queue(message.with(message.head().withDiagnostics(Fields.of("own", Value.of("theirs")))));
        assertThat(receipt.message().head().diagnostics())
                .isEqualTo(Fields.builder()
                        .put("own", Value.of("theirs"))
                        .put("uptime", Value.of(5))
                        .build());
    }

    @Test
    void callbacksCanBeReplacedAndTakenAway() {
        Stage stage = Stage.started(options().baseRetries(3));
        stage.dispatcher().onDelivery(messages -> stage.note("new " + Stage.ids(messages)));
        stage.queue("a");
        stage.accepts();
        stage.hears("post a", "new a");
        stage.dispatcher().onDelivery();
        stage.dispatcher().onError();
        stage.queue("b");
        stage.accepts();
        stage.hears("post b");
    }

    @Test
    void aCallbackThatFailsStopsNothing() {
        Stage stage = Stage.started();
        stage.dispatcher().onDelivery(messages -> {
            throw new IllegalStateException("the program's fault");
        });
        Receipt receipt = stage.queue(data("a"));
        stage.accepts();
        assertThat(receipt.delivered()).isCompleted();
        stage.queue("b");
        stage.accepts();
        stage.hears("post a", "post b");
    }

    @Test
    void whatIsOfferedGoesThroughTheFilter() {
        Stage stage = Stage.started(options()
                .filter(messages ->
                        CompletableFuture.completedFuture(messages.size() == 1 ? List.of() : List.of(data("sum")))));
        CompletableFuture<List<Receipt>> held = stage.dispatcher().offer(List.of(data("a")));
        CompletableFuture<List<Receipt>> summed = stage.dispatcher().offer(List.of(data("b"), data("c")));
        stage.hears("post sum");
        assertThat(held.join()).isEmpty();
        stage.accepts();
        assertThat(summed.join()).singleElement().satisfies(receipt -> assertThat(receipt.delivered())
                .isCompleted());
    }

    @Test
    void aFilterThatFailsIsToldWithTheOriginalMessages() {
        Stage stage = Stage.started(
                options().filter(messages -> CompletableFuture.failedFuture(new IOException("no policy"))));
        CompletableFuture<List<Receipt>> offered = stage.dispatcher().offer(List.of(data("a"), data("b")));
        stage.hears("failed a b: java.io.IOException: no policy");
        assertThat(offered).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("no policy");
    }

    @Test
    void anOfferThatFindsNoRoomFails() {
        Stage stage = Stage.started(options().maxQueueSize(1));
        stage.queue("a");
        stage.dispatcher().onError((messages, cause) -> stage.note("not taken " + Stage.ids(messages)));
        CompletableFuture<List<Receipt>> offered = stage.dispatcher().offer(List.of(data("b")));
        stage.hears("post a", "not taken b");
        assertThat(offered)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(QueueFullException.class);
    }

    @Test
    void aMessageWaitsForItsContentAndOthersOfItsSourceBehindIt() {
        Stage stage = Stage.started();
        stage.dispatcher().await("video");
        stage.dispatcher().queue(List.of(data("a")), Set.of("video"));
        stage.queue("b");
        IotMessage other = data("c");
        stage.queue(other.with(other.head().between("another", "")));
        stage.queue(Stage.alert("alert"));
        stage.hears("post c");
        stage.accepts();
        stage.hears("post alert", "delivered c");
        stage.accepts();
        stage.hears("delivered alert");
        stage.dispatcher().arrived("video");
        stage.hears("post a b");
    }

    @Test
    void aMessageFailsWithItsContent() {
        Stage stage = Stage.started();
        stage.dispatcher().await("video");
        Receipt receipt = stage.dispatcher()
                .queue(List.of(data("a")), Set.of("video", "stored long ago"))
                .get(0);
        stage.queue("b");
        stage.hears();
        stage.dispatcher().failed("video", new IOException("disk gone"));
        stage.hears("post b", "failed a: CONTENT_FAILED");
        assertThat(receipt.delivered())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("video");
        stage.accepts();
        stage.dispatcher().queue(List.of(data("late")), Set.of("video"));
        stage.hears("delivered b", "failed late: CONTENT_FAILED");
        stage.dispatcher().await("video");
        stage.dispatcher().queue(List.of(data("again")), Set.of("video"));
        stage.hears();
        stage.dispatcher().arrived("video");
        stage.hears("post again");
    }

    @Test
    void countersTellWhatWasSent() {
        Stage stage = Stage.started();
        stage.dispatcher().resetCounters();
        Receipt receipt = stage.queue(data("a"));
        int bytes = Intake.size(receipt.message());
        stage.unreachable();
        stage.advance(1_000);
        stage.accepts();
        assertThat(stage.dispatcher().counters()).isEqualTo(new DispatcherCounters(0, bytes, 0, 0, 1, 1, 1));
        stage.dispatcher().resetCounters();
        assertThat(stage.dispatcher().counters()).isEqualTo(new DispatcherCounters(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void optionsOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options().maxQueueSize(0))
                .withMessageContaining("queue");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options().baseRetries(2))
                .withMessageContaining("2 retries");
        assertThatIllegalArgumentException().isThrownBy(() -> options().backoff(Duration.ofMillis(99)));
        assertThatIllegalArgumentException().isThrownBy(() -> options().pollingInterval(Duration.ofMillis(-1)));
        assertThat(options().requestBufferSize(10).requestBufferSize()).isEqualTo(4_192);
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** What a program that knows no null checks hands over. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}

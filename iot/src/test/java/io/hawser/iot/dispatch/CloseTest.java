package io.hawser.iot.dispatch;

import static io.hawser.iot.dispatch.Stage.data;
import static io.hawser.iot.dispatch.Stage.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hawser.iot.link.LinkException;
import io.hawser.iot.wire.IotMessage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of a dispatcher: what it still sends, for how long, and what becomes of the rest. */
class CloseTest {
    @Test
    void whatIsQueuedIsStillSent() {
        Stage stage = Stage.started(options().maxMessagesPerConnection(1));
        stage.queue("a", "b");
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.hears("post a", "cancelled");
        assertThat(stage.dispatcher().isClosed()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> stage.dispatcher().queue(data("c")))
                .withMessageContaining("closed");
        assertThat(closed).isNotDone();
        stage.accepts();
        stage.accepts();
        stage.hears("post b", "delivered a", "delivered b");
        assertThat(closed).isCompleted();
        assertThat(stage.dispatcher().closeAsync()).isCompleted();
        stage.dispatcher().close();
        stage.advance(100_000);
        stage.hears();
    }

    @Test
    void whatPoliciesHoldBackIsFlushed() {
        Stage stage = Stage.started(options().maxQueueSize(1).filter(new MessageFilter() {
            @Override
            public CompletableFuture<List<IotMessage>> offered(List<IotMessage> messages) {
                return CompletableFuture.completedFuture(List.of());
            }

            @Override
            public CompletableFuture<List<IotMessage>> flush() {
                return CompletableFuture.completedFuture(List.of(data("held1"), data("held2")));
            }
        }));
        stage.queue("a");
        stage.dispatcher().closeAsync();
        stage.run();
        stage.accepts();
        stage.accepts();
        stage.hears("post a", "cancelled", "post held1 held2", "delivered a", "delivered held1 held2");
        assertThat(stage.dispatcher().closeAsync()).isCompleted();
    }

    @Test
    void policiesThatFailDoNotKeepItOpen() {
        Stage stage = Stage.started(options().filter(new MessageFilter() {
            @Override
            public CompletableFuture<List<IotMessage>> offered(List<IotMessage> messages) {
                throw new IllegalStateException("not asked");
            }

            @Override
            public CompletableFuture<List<IotMessage>> flush() {
                return CompletableFuture.failedFuture(new IOException("gone"));
            }
        }));
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.run();
        assertThat(closed).isCompleted();
    }

    @Test
    void oneLastAttemptIsMadeInTheMiddleOfAWait() {
        Stage stage = Stage.started();
        stage.queue("a");
        stage.busy();
        stage.hears("post a");
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.hears("cancelled", "post a");
        stage.busy();
        stage.hears("failed a: BUSY");
        assertThat(closed).isCompleted();
        assertThat(stage.dispatcher().queueSize()).isZero();
    }

    @Test
    void aMessageThatWasRefusedIsTriedOnceMore() {
        Stage stage = Stage.started();
        stage.queue("bad");
        stage.refuses(400);
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.hears("post bad", "cancelled", "post bad");
        stage.refuses(400);
        stage.hears("failed bad: REFUSED");
        assertThat(closed).isCompleted();
    }

    @Test
    void whatTakesTooLongIsGivenUp() {
        Stage stage = Stage.started();
        stage.dispatcher().await("video");
        stage.queue("a");
        Receipt waits =
                stage.dispatcher().queue(List.of(data("b")), Set.of("video")).get(0);
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.hears("post a", "cancelled");
        stage.advance(4_999);
        stage.hears();
        stage.advance(1);
        stage.hears("cancelled", "failed a b: CLOSED");
        assertThat(closed).isCompleted();
        assertThat(waits.delivered()).isCompletedExceptionally();
    }

    @Test
    void aLinkThatHasBeenClosedIsTheEnd() {
        Stage stage = Stage.started();
        stage.queue("a");
        stage.fails(LinkException.closed());
        stage.hears("post a", "cancelled", "failed a: CLOSED");
        assertThat(stage.dispatcher().isClosed()).isTrue();
    }

    @Test
    void aProgramThatReconnectsIsNotWaitedFor() {
        Stage stage = Stage.started();
        stage.dispatcher().waitOnReconnect(true);
        stage.queue("a");
        stage.hearsAnything();
        CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
        stage.hears("failed a: CLOSED");
        assertThat(closed).isCompleted();
    }
}

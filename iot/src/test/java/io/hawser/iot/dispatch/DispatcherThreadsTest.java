package io.hawser.iot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hawser.core.time.ManualClock;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.MessageLink;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dispatcher on threads of its own: programs with many threads, slow callbacks, and an end that waits. */
@Timeout(60)
class DispatcherThreadsTest {
    private static final int THREADS = 4;
    private static final int EACH = 3_000;

    private final Loops loops = Loops.start(1, "dispatch-test");
    private final ExecutorService callbacks = Executors.newFixedThreadPool(2, task -> new Thread(task, "callbacks"));
    private final ExecutorService server = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        callbacks.shutdownNow();
        server.shutdownNow();
        loops.close();
    }

    @Test
    void whatManyThreadsQueueIsDeliveredOnceAndInTheOrderOfEach() throws Exception {
        Random random = new Random(7);
        MessageDispatcher dispatcher = open(
                DispatcherOptions.defaults().backoff(Duration.ofMillis(100)).maxQueueSize(500), batch -> {
                    if (random.nextInt(200) == 0) {
                        throw LinkException.busy("later", Optional.empty());
                    }
                });
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        Set<String> threads = Collections.synchronizedSet(new HashSet<>());
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(THREADS * EACH);
        dispatcher.onDelivery(messages -> {
            assertThat(inside.incrementAndGet()).as("one at a time").isEqualTo(1);
            threads.add(Thread.currentThread().getName());
            for (IotMessage each : messages) {
                if (each instanceof IotMessage.Data) {
                    delivered.add(each.head().clientId());
                    all.countDown();
                }
            }
            inside.decrementAndGet();
        });
        programs(dispatcher);
        assertThat(all.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).containsExactly("callbacks");
        assertThat(delivered).hasSize(THREADS * EACH).doesNotHaveDuplicates();
        inOrderOfEach(delivered);
        dispatcher.close();
        assertThat(dispatcher.queueSize()).isZero();
    }

    @Test
    void closeWaitsForWhatIsTold() {
        MessageDispatcher dispatcher = open(DispatcherOptions.defaults(), batch -> {});
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        dispatcher.onDelivery(messages -> told.add(Stage.ids(messages)));
        dispatcher.queue(Stage.data("a"));
        dispatcher.close();
        assertThat(String.join(" ", told)).endsWith("a");
        assertThatIllegalStateException().isThrownBy(() -> dispatcher.queue(Stage.data("b")));
        dispatcher.close();
    }

    @Test
    void closeInACallbackDoesNotWaitForItself() throws Exception {
        MessageDispatcher dispatcher = open(DispatcherOptions.defaults(), batch -> {});
        CompletableFuture<Void> closed = new CompletableFuture<>();
        dispatcher.onDelivery(messages -> {
            dispatcher.close();
            closed.complete(null);
        });
        dispatcher.queue(Stage.data("a"));
        closed.get(30, TimeUnit.SECONDS);
        dispatcher.closeAsync().get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatComesAfterTheLoopHasEndedIsReported() throws Exception {
        MessageDispatcher dispatcher = open(DispatcherOptions.defaults(), batch -> {});
        loops.close();
        Receipt receipt = dispatcher.queue(Stage.data("a"));
        assertThat(receipt.delivered())
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("ended");
        dispatcher.close();
    }

    private static void inOrderOfEach(List<String> delivered) {
        for (int i = 0; i < THREADS; i++) {
            String prefix = i + "-";
            assertThat(delivered.stream()
                            .filter(id -> id.startsWith(prefix))
                            .map(id -> Integer.parseInt(id.substring(2)))
                            .toList())
                    .isSorted();
        }
    }

    /** Programs on threads of their own, until they have queued everything. */
    private static void programs(MessageDispatcher dispatcher) throws InterruptedException {
        List<Thread> programs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread program = new Thread(() -> program(dispatcher, number));
            program.start();
            programs.add(program);
        }
        for (Thread program : programs) {
            program.join();
        }
    }

    private static void program(MessageDispatcher dispatcher, int number) {
        for (int i = 0; i < EACH; i++) {
            while (true) {
                try {
                    dispatcher.queue(Stage.data(number + "-" + i));
                    break;
                } catch (QueueFullException full) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** What a server does with a call. */
    private interface Server {
        void take(List<IotMessage> messages) throws LinkException;
    }

    private MessageDispatcher open(DispatcherOptions options, Server behaviour) {
        MessageLink link = new MessageLink() {
            @Override
            public CompletableFuture<List<IotMessage.Request>> post(List<IotMessage> messages, int acceptBytes) {
                CompletableFuture<List<IotMessage.Request>> answer = new CompletableFuture<>();
                server.execute(() -> {
                    try {
                        behaviour.take(messages);
                        answer.complete(List.of());
                    } catch (LinkException failure) {
                        answer.completeExceptionally(failure);
                    }
                });
                return answer;
            }

            @Override
            public CompletableFuture<List<IotMessage.Request>> poll(int acceptBytes, boolean wait) {
                return new CompletableFuture<>();
            }
        };
        return MessageDispatcher.open(
                Stage.ENDPOINT,
                link,
                options,
                new Surroundings(loops.next(), new ManualClock(), new Random(1), callbacks, callbacks));
    }
}

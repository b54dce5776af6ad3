package io.hawser.verify.jmh;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.DispatcherOptions;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.dispatch.Receipt;
import io.hawser.iot.dispatch.Surroundings;
import io.hawser.iot.link.MessageLink;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loops;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How many messages a second one thread gets through a device's dispatcher to a server that takes no time, and what each allocates. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DispatcherBenchmark {
    private final IotMessage message = new IotMessage.Data(
            IotHead.of("0f51c8c2-7d1e-4c37-9c3e-5b6f8a1d2e3f", "EP", 1_795_223_255_967L),
            "urn:com:oracle:iot:device:humidity_sensor:attributes",
            Fields.of("humidity", Value.of(42)));
    private final Loops loops = Loops.start(1, "bench");
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final MessageDispatcher dispatcher = MessageDispatcher.open(
            "EP",
            new QuickServer(),
            DispatcherOptions.defaults(),
            new Surroundings(
                    loops.next(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new Random(1), callbacks, callbacks));

    private static final class QuickServer implements MessageLink {
        @Override
        public CompletableFuture<List<IotMessage.Request>> post(List<IotMessage> messages, int acceptBytes) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletableFuture<List<IotMessage.Request>> poll(int acceptBytes, boolean wait) {
            return new CompletableFuture<>();
        }
    }

    /** Hears what is delivered, as programs do. */
    @Setup(Level.Trial)
    public void listen() {
        dispatcher.onDelivery(messages -> {});
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void end() {
        dispatcher.close();
        loops.close();
        callbacks.shutdown();
    }

    /** One message; while the queue is full, its program waits. */
    @Benchmark
    public Receipt queue() {
        while (dispatcher.queueCapacity() == 0) {
            Thread.onSpinWait();
        }
        return dispatcher.queue(message);
    }
}

package io.hawser.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Router;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is seen of a hub each second, also when a part of it does not answer. */
@Timeout(60)
class GaugesTest {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final InstantSource clock = InstantSource.system();
    private final Store store = new MemoryStore(StoreThread.on(thread, clock), DurableListener.NONE);
    private final Counters counters = new Counters();

    @AfterEach
    void close() {
        store.close();
        thread.shutdownNow();
    }

    private Gauges gauges(Map<String, Supplier<CompletableFuture<Integer>>> parties) {
        Conductor conductor = new Conductor(Runnable::run);
        Bus bus = new Bus(
                new Router(conductor, store, Access.ALLOW_ALL, counters),
                conductor,
                store,
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                counters,
                clock,
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
        return new Gauges(bus, clock, thread, parties, () -> -1);
    }

    /** Looks once more. */
    private Map<String, List<Double>> look(Gauges gauges) {
        int before = points(gauges);
        thread.execute(gauges);
        await().until(() -> points(gauges) > before);
        return known(gauges);
    }

    private int points(Gauges gauges) {
        return known(gauges).getOrDefault("lag", List.of()).size();
    }

    private Map<String, List<Double>> known(Gauges gauges) {
        return CompletableFuture.supplyAsync(() -> gauges.of(Series.Span.MINUTES), thread)
                .join();
    }

    @Test
    void whatIsCountedIsToldByTheSecond() {
        Gauges gauges = gauges(Map.of("eftl", () -> CompletableFuture.completedFuture(7)));
        counters.traffic().in("eftl", 100);
        assertThat(look(gauges).get("in.eftl")).containsExactly(0.0);
        counters.traffic().in("eftl", 100);
        counters.traffic().in("ivy", 50);
        counters.traffic().out("eftl", 3, 30);
        counters.add(Counter.DROPPED_SLOW_CONSUMER, 4);
        gauges.lag(0.25);
        gauges.lag(0.125);
        Map<String, List<Double>> second = look(gauges);
        assertThat(second.get("in.eftl")).containsExactly(0.0, 1.0);
        assertThat(second.get("in.ivy")).containsExactly(0.0, 1.0);
        assertThat(second.get("out.eftl")).containsExactly(0.0, 3.0);
        assertThat(second.get("bytes.in")).containsExactly(0.0, 150.0);
        assertThat(second.get("dropped")).containsExactly(0.0, 4.0);
        assertThat(second.get("parties.eftl")).containsExactly(7.0, 7.0);
        assertThat(second.get("lag")).containsExactly(0.0, 0.25);
        assertThat(look(gauges).get("lag")).containsExactly(0.0, 0.25, 0.0);
    }

    @Test
    void aPartThatStandsStillOrHasEndedHidesNoOther() {
        Gauges gauges = gauges(Map.of(
                "eftl", () -> CompletableFuture.completedFuture(7),
                "ivy", CompletableFuture::new,
                "clever",
                        () -> {
                            throw new RejectedExecutionException("ended");
                        }));
        assertThat(look(gauges).get("parties.eftl")).containsExactly(7.0);
        assertThat(look(gauges).get("parties.ivy")).containsExactly(0.0, 0.0);
    }
}

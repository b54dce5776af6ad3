package io.hawser.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of a hub that stand still, end or fail while somebody measures. */
@Timeout(60)
class MetricsSourcesTest {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final InstantSource clock = InstantSource.system();
    private final Store store = new MemoryStore(StoreThread.on(thread, clock), DurableListener.NONE);
    private final Metrics metrics = new Metrics(bus(store, clock), "1.2.3", clock);

    @AfterEach
    void close() {
        store.close();
        thread.shutdownNow();
    }

    private static Bus bus(Store store, InstantSource clock) {
        Counters counters = new Counters();
        Conductor conductor = new Conductor(Runnable::run);
        return new Bus(
                new Router(conductor, store, Access.ALLOW_ALL, counters),
                conductor,
                store,
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                counters,
                clock,
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
    }

    private String page() {
        return metrics.page(Optional.empty(), thread).join().text();
    }

    @Test
    void allThatAnswerAreTold() {
        metrics.parties("eftl", () -> CompletableFuture.completedFuture(7));
        metrics.source(() -> CompletableFuture.completedFuture(
                List.of(Family.gauge("more", "more").with(3))));
        assertThat(page().lines())
                .contains(
                        "hawser_metrics_missing 0.0",
                        "hawser_connections{protocol=\"eftl\"} 7.0",
                        "hawser_more 3.0",
                        "hawser_build_info{version=\"1.2.3\"} 1");
    }

    @Test
    void oneThatStandsStillHidesNoOther() {
        metrics.parties("eftl", () -> CompletableFuture.completedFuture(7)).parties("ivy", CompletableFuture::new);
        metrics.source(CompletableFuture::new)
                .source(() -> CompletableFuture.failedFuture(new IllegalStateException("broken")))
                .source(() -> {
                    throw new RejectedExecutionException("ended");
                });
        assertThat(page().lines())
                .contains(
                        "hawser_metrics_missing 3.0",
                        "hawser_connections{protocol=\"eftl\"} 7.0",
                        "hawser_durables 0.0",
                        "hawser_published_total 0.0")
                .noneMatch(line -> line.contains("protocol=\"ivy\""));
    }
}

package io.hawser.app.console;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.count.Traffic;
import io.hawser.core.route.Bus;
import io.hawser.core.store.durable.DurableInfo;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks at a hub once a second, and knows what it was like. What a part of it that stands still would tell is as it was before. Every method but {@link #lag} belongs to the thread that looks.
 */
public final class Gauges implements Runnable {
    private static final List<String> PROTOCOLS = List.of("eftl", "ivy", "clever", "iot");
    private static final List<Counter> LOSSES = List.of(
            Counter.DROPPED_SLOW_CONSUMER,
            Counter.DROPPED_UNSAYABLE,
            Counter.DROPPED_FULL_DURABLE,
            Counter.EXPIRED,
            Counter.UNDELIVERABLE,
            Counter.DAMAGED);

    /** So long parts are waited for. */
    private static final int PATIENCE_MILLIS = 900;

    private final Bus bus;
    private final InstantSource clock;
    private final Map<String, Supplier<CompletableFuture<Integer>>> parties;
    private final LongSupplier disk;
    private final Executor thread;
    private final long started;
    private final DoubleAccumulator lag = new DoubleAccumulator(Math::max, 0);
    private final List<String> columns = new ArrayList<>();
    private final Series series;
    private Map<String, Double> sums = Map.of();
    private Map<String, Double> known = Map.of();
    private boolean looking;

    /**
     * Of the hub around {@code bus}, which starts now.
     *
     * @param parties how many of each protocol are there
     * @param thread the thread that looks
     * @param disk how many bytes are free where the hub keeps its data; less than 0: it keeps none
     */
    public Gauges(
            Bus bus,
            InstantSource clock,
            Executor thread,
            Map<String, Supplier<CompletableFuture<Integer>>> parties,
            LongSupplier disk) {
        this.bus = bus;
        this.clock = clock;
        this.thread = thread;
        this.parties = new LinkedHashMap<>(parties);
        this.disk = disk;
        this.started = clock.millis();
        for (String protocol : PROTOCOLS) {
            columns.addAll(List.of("in." + protocol, "out." + protocol));
        }
        columns.addAll(List.of("bytes.in", "bytes.out", "dropped", "refused"));
        PROTOCOLS.forEach(protocol -> columns.add("parties." + protocol));
        columns.addAll(List.of("waiting", "heap", "disk", "lag"));
        series = new Series(columns.stream()
                .map(name -> name.equals("lag") ? Series.Kind.PEAK : Series.Kind.MEAN)
                .toList());
    }

    /** A task waited so many seconds for an event loop. Callable from any thread. */
    public void lag(double seconds) {
        lag.accumulate(seconds);
    }

    /** When the hub started, in milliseconds. */
    long started() {
        return started;
    }

    /** What time it is, in milliseconds. */
    long now() {
        return clock.millis();
    }

    /** What is known of each column in {@code span}, the oldest first. */
    Map<String, List<Double>> of(Series.Span span) {
        Map<String, List<Double>> told = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            told.put(columns.get(i), series.of(span, i));
        }
        return told;
    }

    @Override
    public void run() {
        if (looking) {
            return;
        }
        looking = true;
        Map<String, Double> now = new ConcurrentHashMap<>(known);
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        asked.add(ask(bus.store().durables()::list).thenAccept(all -> now.put("waiting", waiting(all))));
        parties.forEach((protocol, count) ->
                asked.add(ask(count).thenAccept(all -> now.put("parties." + protocol, all.doubleValue()))));
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .whenCompleteAsync((done, failure) -> finish(now), thread);
    }

    /** A part that has ended refuses at once. */
    private static <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> part) {
        try {
            return part.get();
        } catch (RuntimeException ended) {
            return CompletableFuture.failedFuture(ended);
        }
    }

    /** The second is over; what could not be found out is as it was. */
    private void finish(Map<String, Double> found) {
        looking = false;
        Map<String, Double> now = new HashMap<>(found);
        known = Map.copyOf(now);
        Runtime runtime = Runtime.getRuntime();
        now.put("heap", (double) (runtime.totalMemory() - runtime.freeMemory()));
        now.put("disk", (double) disk.getAsLong());
        now.put("lag", lag.getThenReset());
        Map<String, Double> next = sums();
        next.forEach((name, sum) -> now.put(name, sums.isEmpty() ? 0 : sum - sums.getOrDefault(name, 0.0)));
        sums = next;
        series.add(columns.stream().map(name -> now.getOrDefault(name, 0.0)).toList());
    }

    /** What only grows, so far. */
    private Map<String, Double> sums() {
        Map<String, Double> sums = new LinkedHashMap<>();
        Counters counters = bus.counters();
        for (Map.Entry<String, Traffic.Sums> each : counters.traffic().sums().entrySet()) {
            Traffic.Sums flow = each.getValue();
            sums.put("in." + each.getKey(), (double) flow.messagesIn());
            sums.put("out." + each.getKey(), (double) flow.messagesOut());
            sums.merge("bytes.in", (double) flow.bytesIn(), Double::sum);
            sums.merge("bytes.out", (double) flow.bytesOut(), Double::sum);
        }
        sums.put("dropped", (double) LOSSES.stream().mapToLong(counters::get).sum());
        sums.put("refused", (double) counters.get(Counter.REFUSED));
        return sums;
    }

    private static double waiting(List<DurableInfo> durables) {
        return durables.stream().mapToLong(one -> one.waiting() + one.out()).sum();
    }
}

package io.hawser.app.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.route.Bus;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * All that is measured of one hub, gathered anew whenever somebody asks. The bus counts in its own counters, which cost next to
 * nothing; this only reads them. Its sources are added before anybody asks; after that, callable from any thread.
 */
public final class Metrics {
    /** How long a part of the hub may take; a scrape usually may take ten seconds. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final BusFamilies bus;
    private final StoreFamilies store;
    private final List<Supplier<CompletableFuture<List<Family>>>> sources = new ArrayList<>();
    private final Map<String, Supplier<CompletableFuture<Integer>>> connections = new TreeMap<>();
    private final Histogram pulse;

    /** What is asked for: a text, and what kind of text it is. */
    public record Page(String contentType, String text) {}

    /**
     * Of the hub around {@code bus}.
     *
     * @param version the program's
     * @param clock the store's
     */
    public Metrics(Bus bus, String version, InstantSource clock) {
        this.bus = new BusFamilies(bus.counters(), bus.conductor());
        this.store = new StoreFamilies(bus.store().durables(), clock);
        JvmMetrics.builder().register(registry);
        pulse = Histogram.builder()
                .name("hawser_loop_seconds")
                .help("how long a task waits for an event loop; each is asked once a second")
                .classicUpperBounds(
                        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
                .classicOnly()
                .register(registry);
        Info.builder()
                .name("hawser_build_info")
                .help("always 1")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
        sources.add(() -> CompletableFuture.completedFuture(this.bus.now()));
        sources.add(store::now);
        sources.add(this::connections);
    }

    /** Counts the parties of {@code protocol} too. */
    public Metrics parties(String protocol, Supplier<CompletableFuture<Integer>> count) {
        connections.put(protocol, count);
        return this;
    }

    /** Asks {@code source} too. */
    public Metrics source(Supplier<CompletableFuture<List<Family>>> source) {
        sources.add(source);
        return this;
    }

    /** An event loop was asked for a sign of life, which took so long. */
    public void pulse(double seconds) {
        pulse.observe(seconds);
    }

    /**
     * Everything, as whoever sends {@code accept} can read it. What a source does not say in time is left out, and counted: a part
     * of the hub that stands still hides no other.
     *
     * @param thread writes it
     */
    public CompletableFuture<Page> page(Optional<String> accept, Executor thread) {
        AtomicInteger missing = new AtomicInteger();
        CompletableFuture<List<Family>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (Supplier<CompletableFuture<List<Family>>> source : sources) {
            all = all.thenCombine(inTime(source, PATIENCE_MILLIS), (known, more) -> {
                more.ifPresentOrElse(known::addAll, missing::incrementAndGet);
                return known;
            });
        }
        return all.thenApplyAsync(
                families -> {
                    families.add(
                            Family.gauge("metrics_missing", "parts of the hub that did not tell of themselves in time")
                                    .with(missing.get()));
                    return write(accept, families, registry.scrape().stream().toList());
                },
                thread);
    }

    /** Each durable by its name, or the one that is called {@code name}; whoever asks may know the names. Written by {@code thread}. */
    public CompletableFuture<Page> durables(Optional<String> accept, Optional<String> name, Executor thread) {
        return store.each(name).thenApplyAsync(families -> write(accept, families, List.of()), thread);
    }

    private CompletableFuture<List<Family>> connections() {
        CompletableFuture<Family> family = CompletableFuture.completedFuture(
                Family.gauge("connections", "parties that are connected, by protocol; devices that are there"));
        for (Map.Entry<String, Supplier<CompletableFuture<Integer>>> each : connections.entrySet()) {
            family = family.thenCombine(inTime(each.getValue(), PATIENCE_MILLIS / 2), (known, count) -> {
                count.ifPresent(number -> known.with(number, "protocol", each.getKey()));
                return known;
            });
        }
        return family.thenApply(List::of);
    }

    /** What {@code asked} answers; empty if it fails or takes longer than {@code millis}. */
    private static <T> CompletableFuture<Optional<T>> inTime(Supplier<CompletableFuture<T>> asked, long millis) {
        return CompletableFuture.completedFuture(asked)
                .thenCompose(Supplier::get)
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), millis, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> Optional.empty());
    }

    private Page write(Optional<String> accept, List<Family> families, List<MetricSnapshot> others) {
        ExpositionFormatWriter writer = formats.findWriter(accept.orElse(""));
        List<MetricSnapshot> all = new ArrayList<>(others);
        families.stream().map(Family::snapshot).forEach(all::add);
        all.sort(Comparator.comparing(snapshot -> snapshot.getMetadata().getPrometheusName()));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, new MetricSnapshots(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Page(writer.getContentType(), text.toString(UTF_8));
    }
}

package io.hawser.app.metrics;

import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.Durables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What durables keep: all together for everybody, and each for whoever may know their names. */
final class StoreFamilies {
    private final Durables durables;
    private final InstantSource clock;

    /** Of {@code durables}, whose store goes by {@code clock}. */
    StoreFamilies(Durables durables, InstantSource clock) {
        this.durables = durables;
        this.clock = clock;
    }

    CompletableFuture<List<Family>> now() {
        return durables.list().thenApply(this::together);
    }

    /** One value for each durable, or for the one that is called {@code name}. */
    CompletableFuture<List<Family>> each(Optional<String> name) {
        return durables.list()
                .thenApply(all -> each(all.stream()
                        .filter(one ->
                                name.isEmpty() || name.get().equals(one.name().name()))
                        .toList()));
    }

    private List<Family> together(List<DurableInfo> all) {
        return List.of(
                Family.gauge("durables", "durable subscriptions").with(all.size()),
                Family.gauge("durable_messages", "messages that durables keep until they are acknowledged")
                        .with(all.stream().mapToLong(one -> one.waiting()).sum(), "state", "waiting")
                        .with(all.stream().mapToLong(one -> one.out()).sum(), "state", "out"),
                Family.gauge("durable_bytes", "bytes of them")
                        .with(all.stream().mapToLong(DurableInfo::bytes).sum()),
                Family.gauge("durable_oldest_seconds", "how long the oldest of them has waited")
                        .with(all.stream().mapToDouble(this::age).max().orElse(0)),
                Family.counter("redelivered", "deliveries that were not the first of their message")
                        .with(all.stream().mapToLong(DurableInfo::redelivered).sum()));
    }

    private List<Family> each(List<DurableInfo> all) {
        Family waiting = Family.gauge("durable_waiting_messages", "messages that wait to be handed out");
        Family out = Family.gauge("durable_out_messages", "messages that consumers hold");
        Family bytes = Family.gauge("durable_held_bytes", "bytes of both");
        Family oldest = Family.gauge("durable_waiting_seconds", "how long the oldest has waited");
        Family consumers = Family.gauge("durable_consumers", "who consumes from it");
        for (DurableInfo one : all) {
            String[] labels = {
                "scope", one.name().scope(), "durable", one.name().name()
            };
            waiting.with(one.waiting(), labels);
            out.with(one.out(), labels);
            bytes.with(one.bytes(), labels);
            oldest.with(age(one), labels);
            consumers.with(one.consumers(), labels);
        }
        return List.of(waiting, out, bytes, oldest, consumers);
    }

    private double age(DurableInfo one) {
        Instant now = clock.instant();
        return one.oldest()
                .map(oldest -> Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0))
                .orElse(0.0);
    }
}

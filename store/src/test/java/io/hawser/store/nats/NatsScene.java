package io.hawser.store.nats;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.MapName;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A store on NATS that a test closes, takes away and opens again. */
final class NatsScene implements AutoCloseable {
    static final DurableName ONE = new DurableName("test", "one");
    static final DurableSettings ROOMY =
            DurableSettings.DEFAULT.withRoom(100_000, 1 << 30, DurableSettings.WhenFull.REJECT);
    static final MapName MAP = new MapName("test", "map");

    private final NatsSettings settings;
    private final String hub;
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private final NatsStore store;

    /** Hears what a consumer hears. */
    static final class Ear implements DurableConsumer.Listener {
        final List<StoredMessage> heard = new CopyOnWriteArrayList<>();
        private final DurableConsumer consumer;

        Ear(NatsScene scene, int credit) {
            consumer = scene.store.durables().consume(ONE, Runnable::run, this);
            consumer.request(credit);
            NatsEngine.barrier(scene.store);
        }

        @Override
        public void delivered(List<StoredMessage> messages) {
            heard.addAll(messages);
        }

        @Override
        public void withdrawn(List<Long> ids) {}

        @Override
        public void displaced() {}

        void acknowledge() {
            consumer.acknowledge(heard.stream().map(StoredMessage::id).toList());
        }

        List<Long> numbers() {
            return heard.stream()
                    .map(message -> Long.valueOf(
                            message.message().fields().get("n").orElseThrow().toString()))
                    .toList();
        }
    }

    /** The hub {@code hub} takes the store, whose journal is cleaned soon. */
    NatsScene(NatsSettings settings, String hub) {
        this.settings = settings;
        this.hub = hub;
        this.store = NatsStore.open(
                settings,
                hub,
                32 << 10,
                InstantSource.system(),
                DurableListener.NONE,
                StoreLimits.ON_DISK,
                failures::add);
    }

    NatsSettings settings() {
        return settings;
    }

    /** Settings of a store of its own, with a short lease. */
    static NatsSettings fresh() {
        return NatsEngine.settings().withLease(Duration.ofSeconds(1));
    }

    NatsStore store() {
        return store;
    }

    List<StoreException> failures() {
        return failures;
    }

    /** Whoever looks after the servers there. */
    static Link operator(NatsSettings settings) {
        return Link.open(settings, failure -> {});
    }

    NatsScene define() {
        done(store.durables().define(ONE, ROOMY, new byte[] {1}));
        return this;
    }

    CompletableFuture<Long> append(long n) {
        return append(n, Optional.empty());
    }

    CompletableFuture<Long> append(long n, Optional<MessageId> id) {
        return store.durables().append(TestMessages.numbered(n), id, List.of(ONE));
    }

    CompletableFuture<Long> set(String key, String text) {
        return store.maps().set(MAP, key, Fields.of("text", Value.of(text)));
    }

    Optional<String> get(String key) {
        return done(store.maps().get(MAP, key))
                .map(entry -> entry.value().string("text").orElseThrow());
    }

    /** What {@code future} completes with; a minute is ten times what the slowest takes. */
    static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(1, TimeUnit.MINUTES).join();
    }

    /** As after an end of the hub and a start. */
    NatsScene restart() {
        store.close();
        return new NatsScene(settings, hub + "'");
    }

    @Override
    public void close() {
        store.close();
    }
}

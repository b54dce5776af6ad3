package io.hawser.verify.bench.store;

import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.store.local.LocalStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The local engine with one durable that everything is appended for, from one thread with a window. */
final class LocalEngine implements AutoCloseable {
    private static final DurableName NAME = new DurableName("bench", "p3");
    private static final DurableSettings UNLIMITED =
            DurableSettings.DEFAULT.withRoom(Integer.MAX_VALUE, Long.MAX_VALUE / 2, DurableSettings.WhenFull.REJECT);
    private static final Headers HEADERS = new Headers(new Source("bench", "p3", ""), 0, Optional.empty());
    private static final Topic TOPIC = new Topic("bench/p3");

    private final CountingDisk disk;
    private final LocalStore store;
    private final int bytes;
    private final Semaphore window = new Semaphore(Contender.WINDOW);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long appended;

    /** Opens the store in {@code folder} for messages of {@code bytes} bytes. */
    LocalEngine(Path folder, int bytes) {
        this.disk = new CountingDisk(folder);
        this.store =
                new LocalStore(disk, InstantSource.system(), DurableListener.NONE, StoreLimits.ON_DISK, failure::set);
        this.bytes = bytes;
        store.durables().define(NAME, UNLIMITED, new byte[0]).join();
    }

    private Message message() {
        byte[] body = new byte[bytes];
        ByteBuffer.wrap(body).putLong(appended);
        return Message.builder(TOPIC, HEADERS).weight(bytes).fields(Fields.of("body", new Value.Opaque(body)));
    }

    /** Appends one message when the window admits it; {@code done} is told when it is on stable storage. */
    void append(Runnable done) {
        window.acquireUninterruptibly();
        check();
        CompletableFuture<Long> kept = store.durables().append(message(), Optional.empty(), List.of(NAME));
        appended++;
        kept.whenComplete((id, why) -> {
            if (why != null) {
                failure.compareAndSet(null, why);
            }
            done.run();
        });
    }

    /** One message more may be under way. */
    void admit() {
        window.release();
    }

    /** Waits until nothing is under way. */
    void settle() {
        window.acquireUninterruptibly(Contender.WINDOW);
        window.release(Contender.WINDOW);
        check();
    }

    private void check() {
        Throwable why = failure.get();
        if (why != null) {
            throw new IllegalStateException("the store failed", why);
        }
    }

    long syncs() {
        return disk.syncs();
    }

    /** Becomes the consumer; {@code listener} is called on the store's thread. */
    DurableConsumer consume(java.util.function.BiConsumer<DurableConsumer, List<StoredMessage>> listener, int credit) {
        CompletableFuture<DurableConsumer> self = new CompletableFuture<>();
        DurableConsumer consumer = store.durables().consume(NAME, Runnable::run, new DurableConsumer.Listener() {
            @Override
            public void delivered(List<StoredMessage> messages) {
                listener.accept(self.join(), messages);
            }

            @Override
            public void withdrawn(List<Long> ids) {}

            @Override
            public void displaced() {}
        });
        self.complete(consumer);
        consumer.request(credit);
        return consumer;
    }

    @Override
    public void close() {
        store.close();
    }
}

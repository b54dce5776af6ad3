package io.hawser.core.session;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.message.Message;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one party. Any thread offers, the owner polls; whoever offers past a limit drops the oldest,
 * which is counted (policy: drop oldest).
 */
final class Outbox<K> {
    private final OutboxLimits limits;
    private final Counters counters;
    private final LongConsumer losing;
    private final Consumer<Message> dropping;
    private final ConcurrentLinkedQueue<Delivery<K>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * Nothing waits yet. On whatever thread that happens:
     *
     * @param losing is told how many were dropped, whenever that has doubled
     * @param dropping is told of each that is dropped here
     */
    Outbox(OutboxLimits limits, Counters counters, LongConsumer losing, Consumer<Message> dropping) {
        this.limits = limits;
        this.counters = counters;
        this.losing = losing;
        this.dropping = dropping;
    }

    void offer(Delivery<K> delivery) {
        queue.add(delivery);
        int count = waiting.incrementAndGet();
        long held = bytes.addAndGet(delivery.message().weight());
        while (count > limits.deliveries() || (held > limits.bytes() && count > 1)) {
            Delivery<K> oldest = poll();
            if (oldest == null) {
                return;
            }
            dropping.accept(oldest.message());
            lose();
            count = waiting.get();
            held = bytes.get();
        }
    }

    /** One more is dropped. */
    void lose() {
        long count = dropped.incrementAndGet();
        counters.add(Counter.DROPPED_SLOW_CONSUMER);
        if (Long.bitCount(count) == 1) {
            losing.accept(count);
        }
    }

    @Nullable
    Delivery<K> poll() {
        Delivery<K> delivery = queue.poll();
        if (delivery != null) {
            waiting.decrementAndGet();
            bytes.addAndGet(-delivery.message().weight());
        }
        return delivery;
    }

    /** True if the outbox is more than half full, by either limit. */
    boolean isHalfFull() {
        return waiting.get() > limits.deliveries() / 2 || bytes.get() > limits.bytes() / 2;
    }

    /** How many may wait. */
    int room() {
        return limits.deliveries();
    }

    int size() {
        return waiting.get();
    }

    long dropped() {
        return dropped.get();
    }
}

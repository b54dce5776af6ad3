package io.hawser.eftl.gateway;

import io.hawser.core.route.Subscription;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.EventHead;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of one connection, and for a durable which of its events wait for the client's acknowledgement. Owner:
 * the connection's loop.
 */
final class EftlSubscription {
    private final String id;
    private final EventHead head;
    private final AckMode ack;
    private final Queue<StoredMessage> handed = new ArrayDeque<>();
    private final NavigableMap<Long, Long> unacknowledged = new TreeMap<>();
    private @Nullable Subscription asked;
    private @Nullable DurableConsumer consumer;
    private boolean confirmed;
    private boolean ended;

    EftlSubscription(String id, AckMode ack) {
        this.id = id;
        this.head = EventHead.of(id);
        this.ack = ack;
    }

    String id() {
        return id;
    }

    EventHead head() {
        return head;
    }

    AckMode ack() {
        return ack;
    }

    /** What the conductor was asked for. */
    Optional<Subscription> asked() {
        return Optional.ofNullable(asked);
    }

    void ask(Subscription subscription) {
        asked = subscription;
    }

    /** From now on events come from {@code durable}, at first up to {@code window}. */
    void consume(DurableConsumer durable, int window) {
        consumer = durable;
        durable.request(window);
    }

    /** True the first time: the client must be told of the subscription before its first event. */
    boolean confirm() {
        boolean first = !confirmed;
        confirmed = true;
        return first;
    }

    boolean ended() {
        return ended;
    }

    /** Nothing more is sent to it; what is not acknowledged goes back to the durable. */
    void end() {
        ended = true;
        handed.clear();
        if (consumer != null) {
            consumer.close();
        }
    }

    /** The store has handed these out; they wait until the client can take them. */
    void hand(List<StoredMessage> messages) {
        if (!ended) {
            handed.addAll(messages);
        }
    }

    /** The oldest that waits to be sent, null if none does. */
    @Nullable
    StoredMessage nextHanded() {
        return handed.poll();
    }

    /** The event {@code seq} with the store id {@code storeId} is on its way to the client. */
    void sent(long seq, long storeId) {
        unacknowledged.put(seq, storeId);
    }

    /** The client is done with exactly the event {@code seq}; unknown ones are ignored. */
    void acknowledge(long seq) {
        Long storeId = unacknowledged.remove(seq);
        if (storeId != null) {
            done(List.of(storeId));
        }
    }

    /** The client is done with every event up to {@code seq}. */
    void acknowledgeUpTo(long seq) {
        NavigableMap<Long, Long> acknowledged = unacknowledged.headMap(seq, true);
        if (!acknowledged.isEmpty()) {
            List<Long> storeIds = new ArrayList<>(acknowledged.values());
            acknowledged.clear();
            done(storeIds);
        }
    }

    /** Nobody will acknowledge these: they are done with when they are sent, and as many more are wanted. */
    void sentForGood(List<Long> storeIds) {
        if (!storeIds.isEmpty()) {
            done(storeIds);
        }
    }

    private void done(List<Long> storeIds) {
        if (consumer != null) {
            consumer.acknowledge(storeIds);
            consumer.request(storeIds.size());
        }
    }
}

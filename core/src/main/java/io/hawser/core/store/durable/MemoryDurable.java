package io.hawser.core.store.durable;

import io.hawser.core.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One durable of {@link MemoryDurables}: what waits, what is out with the consumer, by store id. Owner: the writer. */
final class MemoryDurable {
    private final DurableLimits limits;
    private final TreeMap<Long, StoredMessage> waiting = new TreeMap<>();
    private final TreeMap<Long, StoredMessage> delivered = new TreeMap<>();
    private byte[] definition = new byte[0];
    private long bytes;
    private MemoryDurables.@Nullable Consumer consumer;

    MemoryDurable(DurableLimits limits) {
        this.limits = limits;
    }

    MemoryDurables.@Nullable Consumer consumer() {
        return consumer;
    }

    void define(byte[] newDefinition) {
        definition = newDefinition.clone();
    }

    byte[] definition() {
        return definition.clone();
    }

    boolean hasRoomFor(Message message) {
        return waiting.size() + delivered.size() < limits.messages() && bytes + message.weight() <= limits.bytes();
    }

    void add(long id, Message message) {
        bytes += message.weight();
        waiting.put(id, new StoredMessage(id, 0, message));
        deliver();
    }

    void attach(MemoryDurables.Consumer newer) {
        displace();
        consumer = newer;
        deliver();
    }

    void displace() {
        if (consumer != null) {
            consumer.displace();
            detach();
        }
    }

    void detach() {
        consumer = null;
        waiting.putAll(delivered);
        delivered.clear();
    }

    void acknowledge(long id) {
        StoredMessage done = delivered.remove(id);
        if (done != null) {
            bytes -= done.message().weight();
        }
    }

    void deliver() {
        if (consumer == null || consumer.credit() <= 0 || waiting.isEmpty()) {
            return;
        }
        List<StoredMessage> batch = new ArrayList<>();
        while (batch.size() < consumer.credit()) {
            Map.Entry<Long, StoredMessage> next = waiting.pollFirstEntry();
            if (next == null) {
                break;
            }
            StoredMessage kept = next.getValue();
            StoredMessage out = new StoredMessage(kept.id(), kept.deliveryCount() + 1, kept.message());
            delivered.put(out.id(), out);
            batch.add(out);
        }
        consumer.hand(List.copyOf(batch));
    }
}

package io.hawser.store.local.durable;

import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.store.local.disk.Family;
import io.hawser.store.local.disk.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One durable: which messages wait, which are out with the consumer, by store id; the messages themselves are on disk.
 * Owner: the writer.
 *
 * <p>Ids up to the mark may have been delivered before: they are in {@code again} or {@code delivered}. Those above wait in
 * {@code fresh}. The mark is written in the same batch as whatever a delivery needs, before the delivery.
 */
final class LocalDurable {
    /** About how many bytes go out in one round, so that a wide window does not fill the memory at once. */
    private static final long HAND_OUT = 4 << 20;

    private final Ledger ledger;
    private final int number;
    private final DurableLimits limits;
    private final LongQueue fresh = new LongQueue();
    private final TreeMap<Long, Held> again = new TreeMap<>();
    private final TreeMap<Long, Held> delivered = new TreeMap<>();
    private byte[] definition;
    private long mark;
    private long bytes;
    private @Nullable LocalConsumer consumer;

    /**
     * A message that was delivered at least once.
     *
     * @param durables everybody it was kept for; empty as long as nobody read it since the start
     */
    private record Held(int count, int weight, List<Integer> durables) {}

    LocalDurable(Ledger ledger, int number, byte[] definition, long mark, DurableLimits limits) {
        this.ledger = ledger;
        this.number = number;
        this.definition = definition.clone();
        this.mark = mark;
        this.limits = limits;
    }

    int number() {
        return number;
    }

    byte[] definition() {
        return definition.clone();
    }

    void define(byte[] newDefinition) {
        definition = newDefinition.clone();
    }

    @Nullable
    LocalConsumer consumer() {
        return consumer;
    }

    boolean hasRoomFor(int weight) {
        return fresh.size() + again.size() + delivered.size() < limits.messages() && bytes + weight <= limits.bytes();
    }

    /** Takes in a message, at the start or new; in the order of ids. */
    void add(long id, int weight) {
        bytes += weight;
        if (id <= mark) {
            again.put(id, new Held(1, weight, List.of()));
        } else {
            fresh.add(id);
        }
    }

    /** True if this durable is not done with the message. */
    boolean holds(long id) {
        return id > mark ? fresh.contains(id) : delivered.containsKey(id) || again.containsKey(id);
    }

    void attach(Round round, LocalConsumer newer) {
        displace(round);
        consumer = newer;
        ledger.touch(this);
    }

    void displace(Round round) {
        if (consumer != null) {
            consumer.displace(round);
            detach();
        }
    }

    void detach() {
        consumer = null;
        again.putAll(delivered);
        delivered.clear();
    }

    /** Returns for whom the message was kept, empty if it is not out with the consumer. */
    List<Integer> acknowledge(Round round, long id) {
        Held done = delivered.remove(id);
        if (done == null) {
            return List.of();
        }
        bytes -= done.weight();
        deleteEntry(round, id);
        return done.durables();
    }

    /** Hands out what the consumer has credit for. Returns true if there is more for the next round. */
    boolean deliver(Round round) {
        LocalConsumer to = consumer;
        if (to == null || to.credit() <= 0 || fresh.size() + again.size() == 0) {
            return false;
        }
        List<StoredMessage> out = new ArrayList<>();
        long before = mark;
        long size = 0;
        while (out.size() < to.credit() && fresh.size() + again.size() > 0 && size < HAND_OUT) {
            StoredMessage next = next();
            size += next.message().weight();
            out.add(next);
        }
        if (mark > before) {
            round.put(Family.FACTS, Layout.key(Layout.MARK, number), Layout.number(mark));
            round.sync();
        }
        to.hand(round, out);
        return to.credit() > 0 && fresh.size() + again.size() > 0;
    }

    private StoredMessage next() {
        Map.Entry<Long, Held> old = again.pollFirstEntry();
        long id = old == null ? fresh.poll() : old.getKey();
        int count = old == null ? 1 : old.getValue().count() + 1;
        Layout.Kept kept = ledger.message(id);
        mark = Math.max(mark, id);
        delivered.put(id, new Held(count, kept.message().weight(), kept.durables()));
        return new StoredMessage(id, count, kept.message());
    }

    /** Removes one message for good, whoever has it; null when none is left. */
    @Nullable
    Long shed(Round round) {
        Long id = null;
        if (!again.isEmpty()) {
            id = again.pollFirstEntry().getKey();
        } else if (fresh.size() > 0) {
            id = fresh.poll();
        }
        if (id != null) {
            deleteEntry(round, id);
        }
        return id;
    }

    /** Rides with whatever is synced next: if it is lost, a message is delivered again, counted. */
    private void deleteEntry(Round round, long id) {
        round.delete(Family.ENTRIES, Layout.entry(number, id));
    }
}

package io.hawser.core.store.ledger;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableListener.Loss;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.StoredMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A last-value durable: the newest message of every value of its key field, for whoever consumes. Owner: the ledger's.
 *
 * <p>A newer message has a higher id, so each consumer needs one number, up to which it has got everything; who is slow
 * gets only the newest of what it missed.
 */
final class LatestDurable extends Durable {
    private final Map<String, Long> newest = new HashMap<>();
    private final TreeMap<Long, Entry> messages = new TreeMap<>();

    LatestDurable(Ledger ledger, DurableName name, int number, DurableSettings settings, byte[] definition) {
        super(ledger, name, number, settings, definition);
    }

    @Override
    int waiting() {
        return messages.size();
    }

    @Override
    int out() {
        return 0;
    }

    @Override
    long oldest() {
        return messages.isEmpty()
                ? Long.MAX_VALUE
                : messages.firstEntry().getValue().time();
    }

    @Override
    boolean holds(long id) {
        return messages.containsKey(id);
    }

    @Override
    Optional<Entry> entry(Message message, long now) {
        return settings()
                .key()
                .flatMap(field -> message.fields().get(field))
                .map(value -> new Entry(message.weight(), now, 0, Optional.of(value.toString())));
    }

    @Override
    boolean refuses(Entry entry) {
        Entry older = older(entry);
        return rejects(entry.weight(), older == null ? 0 : 1, older == null ? 0 : older.weight());
    }

    private @Nullable Entry older(Entry entry) {
        Long id = newest.get(entry.key().orElseThrow());
        return id == null ? null : messages.get(id);
    }

    @Override
    void add(Turn turn, long id, Entry entry) {
        Long older = newest.get(entry.key().orElseThrow());
        if (older != null) {
            leave(turn, older, remove(older), List.of());
        }
        while (!room(entry.weight(), 0, 0)) {
            long oldest = messages.firstKey();
            lose(turn, oldest, remove(oldest), List.of(), Loss.FULL);
        }
        restore(id, entry);
    }

    @Override
    void restore(long id, Entry entry) {
        String key = entry.key().orElseThrow();
        Long older = newest.get(key);
        if (older != null) {
            weigh(-remove(older));
        }
        newest.put(key, id);
        messages.put(id, entry);
        weigh(entry.weight());
    }

    /** Returns its weight. */
    private int remove(long id) {
        Entry entry = Objects.requireNonNull(messages.remove(id));
        newest.remove(entry.key().orElseThrow());
        return entry.weight();
    }

    @Override
    void attach(Turn turn, LedgerConsumer consumer) {
        join(turn, consumer);
    }

    @Override
    void detach(Turn turn, LedgerConsumer consumer) {
        part(turn, consumer);
    }

    @Override
    void acknowledge(Turn turn, LedgerConsumer consumer, List<Long> ids) {}

    @Override
    void reject(Turn turn, LedgerConsumer consumer, List<Long> ids) {}

    @Override
    List<Long> heldFor(LedgerConsumer consumer, long last) {
        return List.of();
    }

    @Override
    void expire(Turn turn) {
        for (int i = 0; i < MOST && expires() <= turn.now(); i++) {
            long id = messages.firstKey();
            lose(turn, id, remove(id), List.of(), Loss.EXPIRED);
        }
    }

    @Override
    long expires() {
        return settings().messageTtl().isZero() || messages.isEmpty()
                ? Long.MAX_VALUE
                : oldest() + settings().messageTtl().toMillis();
    }

    @Override
    boolean deliver(Turn turn) {
        boolean more = false;
        for (LedgerConsumer consumer : consumers()) {
            more |= deliver(turn, consumer);
        }
        return more;
    }

    private boolean deliver(Turn turn, LedgerConsumer consumer) {
        List<StoredMessage> batch = new ArrayList<>();
        long size = 0;
        Long next = messages.higherKey(consumer.cursor());
        while (size < HAND_OUT && next != null && consumer.credit() > 0) {
            consumer.reached(next);
            try {
                Message message = turn.message(next).message();
                size += message.weight();
                batch.add(new StoredMessage(next, 1, message));
                consumer.spend();
            } catch (BytesException damaged) {
                setAside(turn, next, remove(next));
            }
            next = messages.higherKey(next);
        }
        if (!batch.isEmpty()) {
            consumer.hand(turn, batch);
        }
        return next != null && consumer.credit() > 0;
    }

    @Override
    List<Long> ids(long from, int count) {
        return messages.tailMap(from, true).keySet().stream().limit(count).toList();
    }

    @Override
    long lowest() {
        return messages.isEmpty() ? Long.MAX_VALUE : messages.firstKey();
    }

    @Override
    int deliveries(long id) {
        return 0;
    }

    @Override
    Gone empty(Turn turn) {
        Gone gone = new Gone(number(), new ArrayList<>(messages.keySet()), new Line());
        messages.clear();
        newest.clear();
        return gone;
    }
}

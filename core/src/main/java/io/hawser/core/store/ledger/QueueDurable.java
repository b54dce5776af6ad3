package io.hawser.core.store.ledger;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableListener.Loss;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.StoredMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A standard or shared durable: every message goes to one consumer and is held for it until it is acknowledged. Owner: the
 * ledger's.
 *
 * <p>Ids up to the mark may have been delivered before: they are in {@code again} or {@code out}. Those above wait in
 * {@code fresh}. The mark, and the count of every later delivery, is written in the same batch as whatever a delivery needs,
 * before the delivery.
 */
final class QueueDurable extends Durable {
    private final TreeMap<Long, Held> again = new TreeMap<>();
    /** In the order they were handed out. */
    private final LinkedHashMap<Long, Held> out = new LinkedHashMap<>();

    private Line fresh = new Line();
    private long mark;

    /**
     * A message that was delivered at least once.
     *
     * @param entry its weight and time, and how often it was delivered
     * @param keepers everybody it was kept for; empty as long as nobody read it since the start
     * @param consumer who got it last
     * @param since when
     */
    private record Held(
            Entry entry, List<Integer> keepers, @Nullable LedgerConsumer consumer, long since) {}

    QueueDurable(Ledger ledger, DurableName name, int number, DurableSettings settings, byte[] definition, long mark) {
        super(ledger, name, number, settings, definition);
        this.mark = mark;
    }

    @Override
    int waiting() {
        return fresh.size() + again.size();
    }

    @Override
    int out() {
        return out.size();
    }

    @Override
    long oldest() {
        long held = again.isEmpty()
                ? Long.MAX_VALUE
                : again.firstEntry().getValue().entry().time();
        return fresh.isEmpty() ? held : Math.min(held, fresh.firstTime());
    }

    @Override
    boolean holds(long id) {
        return id > mark ? fresh.contains(id) : out.containsKey(id) || again.containsKey(id);
    }

    @Override
    Optional<Entry> entry(Message message, long now) {
        return Optional.of(new Entry(message.weight(), now, 0, Optional.empty()));
    }

    @Override
    boolean refuses(Entry entry) {
        return rejects(entry.weight(), 0, 0);
    }

    @Override
    void add(Turn turn, long id, Entry entry) {
        while (!room(entry.weight(), 0, 0)) {
            dropOldest(turn);
        }
        restore(id, entry);
    }

    @Override
    void restore(long id, Entry entry) {
        weigh(entry.weight());
        if (id <= mark) {
            Entry delivered =
                    new Entry(entry.weight(), entry.time(), Math.max(1, entry.deliveries()), Optional.empty());
            again.put(id, new Held(delivered, List.of(), null, 0));
        } else {
            fresh.add(id, entry.weight(), entry.time());
        }
    }

    private void dropOldest(Turn turn) {
        if (waiting() > 0) {
            lose(turn, Loss.FULL);
            return;
        }
        Map.Entry<Long, Held> eldest = out.entrySet().iterator().next();
        long id = eldest.getKey();
        Held held = eldest.getValue();
        out.remove(id);
        if (held.consumer() != null) {
            held.consumer().withdraw(turn, List.of(id));
        }
        lose(turn, id, held.entry().weight(), held.keepers(), Loss.FULL);
    }

    /** The oldest waiting message goes. */
    private void lose(Turn turn, Loss why) {
        Map.Entry<Long, Held> old = again.pollFirstEntry();
        if (old != null) {
            lose(
                    turn,
                    old.getKey(),
                    old.getValue().entry().weight(),
                    old.getValue().keepers(),
                    why);
        } else {
            long id = fresh.firstId();
            int weight = fresh.firstWeight();
            fresh.removeFirst();
            lose(turn, id, weight, List.of(), why);
        }
    }

    @Override
    void attach(Turn turn, LedgerConsumer consumer) {
        if (settings().kind() == DurableSettings.Kind.STANDARD) {
            displaceAll(turn);
        }
        join(turn, consumer);
    }

    @Override
    void detach(Turn turn, LedgerConsumer consumer) {
        part(turn, consumer);
        heldFor(consumer, Long.MAX_VALUE).forEach(id -> giveBack(turn, id));
    }

    @Override
    List<Long> heldFor(LedgerConsumer consumer, long last) {
        return out.entrySet().stream()
                .filter(each ->
                        each.getKey() <= last && consumer.equals(each.getValue().consumer()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    void acknowledge(Turn turn, LedgerConsumer consumer, List<Long> ids) {
        for (long id : ids) {
            if (isHeldFor(consumer, id)) {
                Held done = out.remove(id);
                leave(turn, id, done.entry().weight(), done.keepers());
            }
        }
    }

    @Override
    void reject(Turn turn, LedgerConsumer consumer, List<Long> ids) {
        for (long id : ids) {
            if (isHeldFor(consumer, id)) {
                giveBack(turn, id);
            }
        }
    }

    private boolean isHeldFor(LedgerConsumer consumer, long id) {
        Held held = out.get(id);
        return held != null && consumer.equals(held.consumer());
    }

    /** What is out goes out again, unless it did as often as it may. */
    private void giveBack(Turn turn, long id) {
        Held held = out.remove(id);
        if (exhausted(held)) {
            lose(turn, id, held.entry().weight(), held.keepers(), Loss.UNDELIVERABLE);
        } else {
            again.put(id, held);
        }
    }

    private boolean exhausted(Held held) {
        int most = settings().maxDeliveries();
        return most > 0 && held.entry().deliveries() >= most;
    }

    @Override
    void expire(Turn turn) {
        Map<LedgerConsumer, List<Long>> withdrawn = new LinkedHashMap<>();
        for (int i = 0; i < MOST && timesOut() <= turn.now(); i++) {
            Map.Entry<Long, Held> eldest = out.entrySet().iterator().next();
            LedgerConsumer slow = eldest.getValue().consumer();
            if (slow != null) {
                withdrawn.computeIfAbsent(slow, key -> new ArrayList<>()).add(eldest.getKey());
            }
            giveBack(turn, eldest.getKey());
        }
        withdrawn.forEach((slow, ids) -> slow.withdraw(turn, List.copyOf(ids)));
        for (int i = 0; i < MOST && outlives() <= turn.now(); i++) {
            lose(turn, Loss.EXPIRED);
        }
    }

    /** When the next consumer has taken too long. */
    private long timesOut() {
        return settings().ackTimeout().isZero() || out.isEmpty()
                ? Long.MAX_VALUE
                : out.values().iterator().next().since()
                        + settings().ackTimeout().toMillis();
    }

    /** When the next message has waited too long. */
    private long outlives() {
        return settings().messageTtl().isZero() || waiting() == 0
                ? Long.MAX_VALUE
                : (again.isEmpty()
                                ? fresh.firstTime()
                                : again.firstEntry().getValue().entry().time())
                        + settings().messageTtl().toMillis();
    }

    @Override
    long expires() {
        return Math.min(timesOut(), outlives());
    }

    @Override
    boolean deliver(Turn turn) {
        Map<LedgerConsumer, List<StoredMessage>> batches = new LinkedHashMap<>();
        long before = mark;
        long size = 0;
        LedgerConsumer to = null;
        int unusable = 0;
        while (unusable < MOST && size < HAND_OUT && waiting() > 0) {
            to = next();
            if (to == null) {
                break;
            }
            StoredMessage message = take(turn, to);
            if (message == null) {
                unusable++;
            } else {
                size += message.message().weight();
                to.spend();
                batches.computeIfAbsent(to, key -> new ArrayList<>()).add(message);
            }
        }
        if (mark > before) {
            turn.mark(number(), mark);
        }
        batches.forEach((consumer, batch) -> consumer.hand(turn, batch));
        return to != null && waiting() > 0;
    }

    /** Whose turn it is among those with credit, rather not who had the message before. */
    private @Nullable LedgerConsumer next() {
        LedgerConsumer last =
                again.isEmpty() ? null : again.firstEntry().getValue().consumer();
        LedgerConsumer found = null;
        for (int i = consumers().size(); i > 0; i--) {
            LedgerConsumer each = consumers().removeFirst();
            consumers().addLast(each);
            if (each.credit() > 0) {
                found = each;
                if (!each.equals(last)) {
                    break;
                }
            }
        }
        return found;
    }

    /** The oldest message for {@code to}; null if it is one that cannot be handed out. */
    private @Nullable StoredMessage take(Turn turn, LedgerConsumer to) {
        Map.Entry<Long, Held> old = again.pollFirstEntry();
        long id;
        Held held;
        if (old != null) {
            id = old.getKey();
            held = old.getValue();
        } else {
            id = fresh.firstId();
            held = new Held(new Entry(fresh.firstWeight(), fresh.firstTime(), 0, Optional.empty()), List.of(), null, 0);
            fresh.removeFirst();
        }
        Entry entry = held.entry();
        if (exhausted(held)) {
            lose(turn, id, entry.weight(), held.keepers(), Loss.UNDELIVERABLE);
            return null;
        }
        try {
            Kept kept = turn.message(id);
            mark = Math.max(mark, id);
            Entry now = new Entry(entry.weight(), entry.time(), entry.deliveries() + 1, Optional.empty());
            out.put(id, new Held(now, kept.durables(), to, turn.now()));
            if (now.deliveries() > 1) {
                countRedelivery();
                turn.enter(number(), id, now);
            }
            return new StoredMessage(id, now.deliveries(), kept.message());
        } catch (BytesException damaged) {
            setAside(turn, id, entry.weight());
            return null;
        }
    }

    @Override
    List<Long> ids(long from, int count) {
        return Stream.concat(
                        again.tailMap(from, true).keySet().stream().limit(count),
                        Stream.concat(
                                out.keySet().stream()
                                        .filter(id -> id >= from)
                                        .sorted()
                                        .limit(count),
                                fresh.from(from, count).stream()))
                .sorted()
                .limit(count)
                .toList();
    }

    @Override
    long lowest() {
        long lowest = out.keySet().stream().mapToLong(id -> id).min().orElse(Long.MAX_VALUE);
        lowest = again.isEmpty() ? lowest : Math.min(lowest, again.firstKey());
        return fresh.isEmpty() ? lowest : Math.min(lowest, fresh.firstId());
    }

    @Override
    int deliveries(long id) {
        Held held = out.getOrDefault(id, again.get(id));
        return held == null ? 0 : held.entry().deliveries();
    }

    @Override
    Gone empty(Turn turn) {
        for (LedgerConsumer consumer : consumers()) {
            List<Long> held = heldFor(consumer, Long.MAX_VALUE);
            if (!held.isEmpty()) {
                consumer.withdraw(turn, held);
            }
        }
        TreeSet<Long> held = new TreeSet<>(again.keySet());
        held.addAll(out.keySet());
        Gone gone = new Gone(number(), new ArrayList<>(held), fresh);
        again.clear();
        out.clear();
        fresh = new Line();
        return gone;
    }
}

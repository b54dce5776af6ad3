package io.hawser.store.local.durable;

import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.durable.DurableName;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Family;
import io.hawser.store.local.disk.Part;
import io.hawser.store.local.disk.Round;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What the store knows: its durables and which ids they wait for. Every change goes into a {@link Round} too. Owner: whoever
 * opens the store, then the writer.
 */
public final class Ledger implements Part {
    /** So many messages of a deleted durable are removed in one round. */
    private static final int SHED = 4096;

    private final Disk disk;
    private final DurableLimits limits;
    private final Map<DurableName, LocalDurable> durables = new HashMap<>();
    private final Map<Integer, LocalDurable> numbered = new TreeMap<>();
    /** Those that may have something to deliver. */
    private final Set<LocalDurable> touched = new LinkedHashSet<>();
    /** What this round appends, so that a consumer that waits for it gets it without reading. */
    private final Map<Long, Layout.Kept> appended = new HashMap<>();
    /** Deleted, their messages not removed yet. */
    private final Deque<LocalDurable> gone = new ArrayDeque<>();

    private long lastId;
    private long writtenId;
    private int lastNumber;

    /** The ledger that {@code disk} holds: reads every entry, no message. */
    public Ledger(Disk disk, DurableLimits limits) {
        this.disk = disk;
        this.limits = limits;
        Map<Integer, LocalDurable> known = new HashMap<>();
        Map<Integer, Map.Entry<DurableName, byte[]>> definitions = new TreeMap<>();
        Map<Integer, Long> marks = new HashMap<>();
        disk.scan(Family.FACTS, (key, value) -> {
            ByteBuffer fact = ByteBuffer.wrap(key);
            switch (fact.get()) {
                case 'i' -> lastId = ByteBuffer.wrap(value).getLong();
                case Layout.DEFINITION -> definitions.put(fact.getInt(), Layout.definition(value));
                case Layout.MARK ->
                    marks.put(fact.getInt(), ByteBuffer.wrap(value).getLong());
                case Layout.GONE -> {
                    int number = fact.getInt();
                    known.put(number, new LocalDurable(this, number, new byte[0], 0, limits));
                }
                default -> throw new StoreException("the data folder holds an unknown fact of kind " + key[0]);
            }
        });
        writtenId = lastId;
        gone.addAll(known.values());
        definitions.forEach((number, definition) -> {
            LocalDurable durable =
                    new LocalDurable(this, number, definition.getValue(), marks.getOrDefault(number, 0L), limits);
            known.put(number, durable);
            numbered.put(number, durable);
            durables.put(definition.getKey(), durable);
        });
        lastNumber = known.keySet().stream().max(Integer::compare).orElse(0);
        disk.scan(Family.ENTRIES, (key, value) -> {
            ByteBuffer entry = ByteBuffer.wrap(key);
            LocalDurable durable = known.get(entry.getInt());
            if (durable == null) {
                throw new StoreException(
                        "the data folder holds an entry of durable " + entry.getInt(0) + ", which is not defined");
            }
            durable.add(entry.getLong(), ByteBuffer.wrap(value).getInt());
        });
    }

    void define(Round round, DurableName name, byte[] definition) {
        LocalDurable durable = durables.computeIfAbsent(name, key -> {
            LocalDurable made = new LocalDurable(this, ++lastNumber, definition, 0, limits);
            numbered.put(made.number(), made);
            return made;
        });
        durable.define(definition);
        putFact(round, Layout.key(Layout.DEFINITION, durable.number()), Layout.definition(name, definition));
    }

    Map<DurableName, byte[]> definitions() {
        Map<DurableName, byte[]> definitions = new HashMap<>();
        durables.forEach((name, durable) -> definitions.put(name, durable.definition()));
        return definitions;
    }

    /** With this round the durable is deleted; its messages go in the next ones, see {@link #shed}. */
    void delete(Round round, DurableName name) {
        LocalDurable durable = durables.remove(name);
        if (durable != null) {
            durable.displace(round);
            numbered.remove(durable.number());
            gone.add(durable);
            deleteFact(round, Layout.key(Layout.DEFINITION, durable.number()));
            deleteFact(round, Layout.key(Layout.MARK, durable.number()));
            putFact(round, Layout.key(Layout.GONE, durable.number()), new byte[0]);
        }
    }

    /** Hands out what can be, removes some messages of deleted durables, and writes down which ids were given out. */
    @Override
    public void turn(Round round) {
        List<LocalDurable> now = List.copyOf(touched);
        touched.clear();
        for (LocalDurable durable : now) {
            if (durable.deliver(round)) {
                touch(durable);
            }
        }
        if (!gone.isEmpty()) {
            shed(round);
        }
        if (lastId > writtenId) {
            putFact(round, Layout.LAST_ID, Layout.number(lastId));
            writtenId = lastId;
        }
        appended.clear();
    }

    @Override
    public long due() {
        return touched.isEmpty() && gone.isEmpty() ? Long.MAX_VALUE : 0;
    }

    /** {@code durable} may have something to deliver. */
    void touch(LocalDurable durable) {
        touched.add(durable);
    }

    /** The message with this store id. */
    Layout.Kept message(long id) {
        Layout.Kept fresh = appended.get(id);
        return fresh != null
                ? fresh
                : Layout.kept(id, disk.get(Family.MESSAGES, Layout.number(id)).orElse(new byte[0]));
    }

    private void shed(Round round) {
        LocalDurable durable = gone.element();
        for (int i = 0; i < SHED; i++) {
            Long id = durable.shed(round);
            if (id == null) {
                gone.remove();
                deleteFact(round, Layout.key(Layout.GONE, durable.number()));
                return;
            }
            if (numbered.values().stream().noneMatch(other -> other.holds(id))) {
                deleteMessage(round, id);
            }
        }
    }

    void append(Round round, Message message, byte[] body, List<DurableName> names, CompletableFuture<Long> done) {
        Optional<DurableName> full = names.stream()
                .filter(name -> durables.containsKey(name)
                        && !Objects.requireNonNull(durables.get(name)).hasRoomFor(message.weight()))
                .findFirst();
        if (full.isPresent()) {
            round.afterwards(() -> done.completeExceptionally(limits.full(full.get())));
            return;
        }
        long id = ++lastId;
        List<LocalDurable> keepers = names.stream()
                .distinct()
                .flatMap(name -> Optional.ofNullable(durables.get(name)).stream())
                .toList();
        if (!keepers.isEmpty()) {
            List<Integer> numbers = keepers.stream().map(LocalDurable::number).toList();
            round.put(Family.MESSAGES, Layout.number(id), Layout.record(id, numbers, body));
            round.sync();
            appended.put(id, new Layout.Kept(message, numbers));
            for (LocalDurable durable : keepers) {
                round.put(Family.ENTRIES, Layout.entry(durable.number(), id), Layout.weight(message.weight()));
                durable.add(id, message.weight());
                touch(durable);
            }
        }
        round.afterwards(() -> done.complete(id));
    }

    void attach(Round round, DurableName name, LocalConsumer consumer) {
        Optional.ofNullable(durables.get(name))
                .ifPresentOrElse(durable -> durable.attach(round, consumer), () -> consumer.displace(round));
    }

    /** Acknowledges for the consumer of {@code durable}; a message that nobody waits for any more is removed. */
    void acknowledge(Round round, LocalDurable durable, List<Long> ids) {
        for (long id : ids) {
            List<Integer> keepers = durable.acknowledge(round, id);
            if (!keepers.isEmpty() && keepers.stream().noneMatch(number -> holds(number, id))) {
                deleteMessage(round, id);
            }
        }
    }

    private boolean holds(int number, long id) {
        LocalDurable durable = numbered.get(number);
        return durable != null && durable.holds(id);
    }

    /** Does {@code action} if {@code consumer} is the one of the durable {@code name}. */
    void with(DurableName name, LocalConsumer consumer, Consumer<LocalDurable> action) {
        LocalDurable durable = durables.get(name);
        if (durable != null && Objects.equals(durable.consumer(), consumer)) {
            action.accept(durable);
        }
    }

    private static void putFact(Round round, byte[] key, byte[] value) {
        round.put(Family.FACTS, key, value);
        round.sync();
    }

    private static void deleteFact(Round round, byte[] key) {
        round.delete(Family.FACTS, key);
        round.sync();
    }

    /** Rides with whatever is synced next: if it is lost, a message that nobody waits for is left. */
    private static void deleteMessage(Round round, long id) {
        round.delete(Family.MESSAGES, Layout.number(id));
    }
}

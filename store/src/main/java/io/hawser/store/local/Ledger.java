package io.hawser.store.local;

import io.hawser.core.message.Message;
import io.hawser.core.store.DurableName;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreLimits;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What the store knows: its durables and which ids they wait for. Every change goes into a {@link Round} too. Owner: whoever
 * opens the store, then the writer.
 */
final class Ledger {
    /** So many messages of a deleted durable are removed in one round. */
    private static final int SHED = 4096;

    private final StoreLimits limits;
    private final Map<DurableName, LocalDurable> durables = new HashMap<>();
    private final Map<Integer, LocalDurable> numbered = new TreeMap<>();
    /** Deleted, their messages not removed yet. */
    private final Deque<LocalDurable> gone = new ArrayDeque<>();

    private long lastId;
    private long writtenId;
    private int lastNumber;

    /** The ledger that {@code disk} holds: reads every entry, no message. */
    Ledger(Disk disk, StoreLimits limits) {
        this.limits = limits;
        Map<Integer, LocalDurable> known = new HashMap<>();
        Map<Integer, Map.Entry<DurableName, byte[]>> definitions = new TreeMap<>();
        Map<Integer, Long> marks = new HashMap<>();
        disk.scan(disk.facts(), (key, value) -> {
            ByteBuffer fact = ByteBuffer.wrap(key);
            switch (fact.get()) {
                case 'i' -> lastId = ByteBuffer.wrap(value).getLong();
                case Layout.DEFINITION -> definitions.put(fact.getInt(), Layout.definition(value));
                case Layout.MARK ->
                    marks.put(fact.getInt(), ByteBuffer.wrap(value).getLong());
                case Layout.GONE -> {
                    int number = fact.getInt();
                    known.put(number, new LocalDurable(number, new byte[0], 0, limits));
                }
                default -> throw new StoreException("the data folder holds an unknown fact of kind " + key[0]);
            }
        });
        writtenId = lastId;
        gone.addAll(known.values());
        definitions.forEach((number, definition) -> {
            LocalDurable durable =
                    new LocalDurable(number, definition.getValue(), marks.getOrDefault(number, 0L), limits);
            known.put(number, durable);
            numbered.put(number, durable);
            durables.put(definition.getKey(), durable);
        });
        lastNumber = known.keySet().stream().max(Integer::compare).orElse(0);
        disk.scan(disk.entries(), (key, value) -> {
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
            LocalDurable made = new LocalDurable(++lastNumber, definition, 0, limits);
            numbered.put(made.number(), made);
            return made;
        });
        durable.define(definition);
        round.putFact(Layout.key(Layout.DEFINITION, durable.number()), Layout.definition(name, definition));
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
            round.deleteFact(Layout.key(Layout.DEFINITION, durable.number()));
            round.deleteFact(Layout.key(Layout.MARK, durable.number()));
            round.putFact(Layout.key(Layout.GONE, durable.number()), new byte[0]);
        }
    }

    /** True as long as messages of deleted durables are left. */
    boolean sheds() {
        return !gone.isEmpty();
    }

    /** Removes some messages of a deleted durable. */
    void shed(Round round) {
        LocalDurable durable = gone.element();
        for (int i = 0; i < SHED; i++) {
            Long id = durable.shed(round);
            if (id == null) {
                gone.remove();
                round.deleteFact(Layout.key(Layout.GONE, durable.number()));
                return;
            }
            if (numbered.values().stream().noneMatch(other -> other.holds(id))) {
                round.deleteMessage(id);
            }
        }
    }

    void append(Round round, Message message, byte[] body, List<DurableName> names, CompletableFuture<Long> done) {
        Optional<DurableName> full = names.stream()
                .filter(name -> durables.containsKey(name)
                        && !Objects.requireNonNull(durables.get(name)).hasRoomFor(message.weight()))
                .findFirst();
        if (full.isPresent()) {
            round.afterwards(() -> done.completeExceptionally(StoreException.full(full.get(), limits)));
            return;
        }
        long id = ++lastId;
        List<LocalDurable> keepers = names.stream()
                .distinct()
                .flatMap(name -> Optional.ofNullable(durables.get(name)).stream())
                .toList();
        if (!keepers.isEmpty()) {
            List<Integer> numbers = keepers.stream().map(LocalDurable::number).toList();
            round.append(id, Layout.record(id, numbers, body), new Layout.Kept(message, numbers));
            for (LocalDurable durable : keepers) {
                round.putEntry(durable.number(), id, message.weight());
                durable.add(id, message.weight());
                round.touch(durable);
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
                round.deleteMessage(id);
            }
        }
    }

    /** Writes down which ids were given out; the last change of a round. */
    void finish(Round round) {
        if (lastId > writtenId) {
            round.putFact(Layout.LAST_ID, Layout.number(lastId));
            writtenId = lastId;
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
}

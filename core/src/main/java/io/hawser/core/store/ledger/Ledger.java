package io.hawser.core.store.ledger;

import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.durable.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All durables of an engine, what each waits for, and which message ids were kept lately. Every change is told to the
 * {@link Turn} that it is made in. Owner: whoever opens the store, then the one thread of the engine.
 */
public final class Ledger {
    /** So many messages of a purged or deleted durable are removed in one turn. */
    private static final int SHED = 4_096;

    private final DurableListener listener;
    private final Map<DurableName, Durable> durables = new HashMap<>();
    private final Map<Integer, Durable> numbered = new TreeMap<>();
    private final Seen seen = new Seen();
    /** Those that something happened to. */
    private final Set<Durable> touched = new LinkedHashSet<>();
    /** Those that time alone makes work for. */
    private final TreeSet<Durable> agenda =
            new TreeSet<>(Comparator.comparingLong(Durable::agenda).thenComparingInt(Durable::number));
    /** Purged or deleted, their messages not removed yet. */
    private final Deque<Gone> gone = new ArrayDeque<>();

    private long lastId;
    private long writtenId;
    private int lastNumber;

    /** Without durables. */
    public Ledger(DurableListener listener) {
        this.listener = listener;
    }

    DurableListener listener() {
        return listener;
    }

    /** The highest store id given out. */
    public void restoreLastId(long id) {
        lastId = id;
        writtenId = id;
    }

    /**
     * A durable that is there at the start.
     *
     * @param mark as it was written last, 0 if it never was
     * @param idleSince likewise
     * @param now milliseconds since the epoch
     */
    public void restore(
            int number,
            DurableName name,
            DurableSettings settings,
            byte[] definition,
            long mark,
            long idleSince,
            long now) {
        lastNumber = Math.max(lastNumber, number);
        Durable durable = durable(number, name, settings, definition, mark);
        durable.restoreIdle(idleSince, now);
        touch(durable);
    }

    /** A durable that was undefined and not yet cleared. */
    public void restoreGone(int number) {
        lastNumber = Math.max(lastNumber, number);
        gone.add(new Gone(number, new ArrayList<>(), new Line()));
    }

    /** A message that the durable waits for, in the order of ids. Returns false if there is no such durable. */
    public boolean restoreEntry(int number, long id, Entry entry) {
        Durable durable = numbered.get(number);
        if (durable != null) {
            durable.restore(id, entry);
            return true;
        }
        Optional<Gone> left =
                gone.stream().filter(each -> each.number() == number).findFirst();
        left.ifPresent(each -> each.waiting().add(id, entry.weight(), entry.time()));
        return left.isPresent();
    }

    /** Message ids that were kept lately, as they were written. */
    public void restoreSeen(String lineage, long block, long[] bits, long time) {
        seen.restore(lineage, block, bits, time);
    }

    /** No message before this store id is needed by anybody. */
    public long lowest() {
        long lowest = gone.isEmpty() ? lastId + 1 : 0;
        for (Durable durable : numbered.values()) {
            lowest = Math.min(lowest, Math.min(durable.lowest(), durable.lowestAside()));
        }
        return lowest;
    }

    /** Everything is restored. */
    public void opened() {
        seen.opened();
    }

    private Durable durable(int number, DurableName name, DurableSettings settings, byte[] definition, long mark) {
        Durable made = settings.kind() == DurableSettings.Kind.LAST_VALUE
                ? new LatestDurable(this, name, number, settings, definition)
                : new QueueDurable(this, name, number, settings, definition, mark);
        durables.put(name, made);
        numbered.put(number, made);
        return made;
    }

    /** The durable exists as it is defined here. */
    void define(Turn turn, DurableName name, DurableSettings settings, byte[] definition) throws Refused {
        Durable known = durables.get(name);
        if (known == null) {
            known = durable(++lastNumber, name, settings, definition, 0);
            known.idle(turn);
        } else {
            if (!known.settings().sameKind(settings)) {
                throw new Refused(known.settings().clash(name));
            }
            known.define(settings, definition);
        }
        turn.define(known.number(), name, settings, definition);
        touch(known);
    }

    /** The durable as it is, or as it is defined here if there was none. */
    DurableInfo obtain(Turn turn, DurableName name, DurableSettings settings, byte[] definition, boolean renew)
            throws Refused {
        Durable known = durables.get(name);
        if (known == null) {
            define(turn, name, settings, definition);
        } else if (renew && known.settings().sameKind(settings)) {
            define(turn, name, known.settings(), definition);
        }
        return find(name).orElseThrow();
    }

    List<DurableInfo> list() {
        return durables.values().stream()
                .map(Durable::info)
                .sorted(Comparator.comparing(info -> info.name().toString()))
                .toList();
    }

    Optional<DurableInfo> find(DurableName name) {
        return Optional.ofNullable(durables.get(name)).map(Durable::info);
    }

    /** With this turn the durable is deleted; its messages go in the next ones, see {@link #shed}. */
    void delete(Turn turn, DurableName name) {
        Durable durable = durables.remove(name);
        if (durable != null) {
            durable.displaceAll(turn);
            durable.endReaders(turn);
            agenda.remove(durable);
            touched.remove(durable);
            numbered.remove(durable.number());
            turn.undefine(durable.number());
            gone.add(durable.empty(turn));
        }
    }

    /** The durable begins anew under another number; its messages go like those of a deleted one. */
    void purge(Turn turn, DurableName name) {
        Durable durable = durables.get(name);
        if (durable != null) {
            agenda.remove(durable);
            numbered.remove(durable.number());
            turn.undefine(durable.number());
            gone.add(durable.empty(turn));
            durable.renumber(++lastNumber);
            numbered.put(durable.number(), durable);
            turn.define(durable.number(), name, durable.settings(), durable.definition());
            turn.idle(durable.number(), durable.idleSince());
            touch(durable);
        }
    }

    List<StoredMessage> view(Turn turn, DurableName name, long from, int count) throws Refused {
        Durable durable = durables.get(name);
        if (durable == null) {
            throw new Refused(new StoreException("there is no durable " + name));
        }
        int most = Math.max(0, Math.min(count, Durables.MOST_VIEWED));
        return LedgerReader.Look.at(turn, durable, from, most).messages();
    }

    /**
     * Keeps {@code message}. Returns its store id, 0 if it was kept before.
     *
     * @throws Refused if a durable has no room for it
     */
    long append(Turn turn, Message message, Optional<MessageId> messageId, Collection<DurableName> names)
            throws Refused {
        if (messageId.isPresent() && seen.has(messageId.get())) {
            return 0;
        }
        Map<Durable, Entry> keepers = new LinkedHashMap<>();
        for (DurableName name : names) {
            Durable durable = durables.get(name);
            if (durable != null) {
                durable.entry(message, turn.now()).ifPresent(entry -> keepers.put(durable, entry));
            }
        }
        for (Map.Entry<Durable, Entry> each : keepers.entrySet()) {
            Durable durable = each.getKey();
            if (durable.refuses(each.getValue())) {
                throw new Refused(durable.settings().full(durable.name()));
            }
        }
        long id = ++lastId;
        if (!keepers.isEmpty()) {
            turn.keep(
                    id, message, keepers.keySet().stream().map(Durable::number).toList());
            keepers.forEach((durable, entry) -> {
                turn.enter(durable.number(), id, entry);
                durable.add(turn, id, entry);
                touch(durable);
            });
            messageId.ifPresent(known -> seen.add(known, turn.now()));
        }
        return id;
    }

    void attach(Turn turn, DurableName name, LedgerConsumer consumer) {
        Durable durable = durables.get(name);
        if (durable == null) {
            consumer.displace(turn);
        } else {
            durable.attach(turn, consumer);
            touch(durable);
        }
    }

    void open(Turn turn, DurableName name, LedgerReader reader) {
        reader.begin(turn, durables.get(name));
    }

    /** Something happened to {@code durable}: it may have something to deliver, or another time to wait for. */
    void touch(Durable durable) {
        touched.add(durable);
    }

    /** A durable is done with the message; {@code keepers} are all it was kept for, empty if that has to be looked up. */
    void release(Turn turn, long id, List<Integer> keepers) {
        Collection<Integer> others = keepers.isEmpty() ? turn.keepers(id) : keepers;
        if (others.isEmpty()) {
            others = numbered.keySet();
        }
        if (others.stream().noneMatch(number -> holds(numbered.get(number), id))) {
            turn.forget(id);
        }
    }

    private static boolean holds(@Nullable Durable durable, long id) {
        return durable != null && durable.holds(id);
    }

    /**
     * Does what the work of this turn made possible and what its time has come for, and a bounded piece of what waits for a
     * quiet moment.
     */
    public void turn(Turn turn) {
        while (!agenda.isEmpty() && agenda.first().agenda() <= turn.now()) {
            touch(Objects.requireNonNull(agenda.pollFirst()));
        }
        List<Durable> now = List.copyOf(touched);
        touched.clear();
        for (Durable durable : now) {
            if (durable.dies() <= turn.now()) {
                delete(turn, durable.name());
                turn.afterwards(() -> listener.deleted(durable.name()));
            } else {
                look(turn, durable);
            }
        }
        if (!gone.isEmpty()) {
            shed(turn, gone.element());
        }
        seen.turn(turn);
        if (lastId > writtenId) {
            turn.lastId(lastId);
            writtenId = lastId;
        }
    }

    private void look(Turn turn, Durable durable) {
        agenda.remove(durable);
        durable.writeIdle(turn);
        durable.expire(turn);
        boolean more = durable.deliver(turn);
        if (durable.tellReaders(turn) || more) {
            touch(durable);
        }
        durable.alarm(turn);
        durable.schedule(durable.due());
        if (durable.agenda() != Long.MAX_VALUE) {
            agenda.add(durable);
        }
    }

    private void shed(Turn turn, Gone old) {
        for (int i = 0; i < SHED; i++) {
            if (!old.held().isEmpty()) {
                release(turn, old.held().remove(old.held().size() - 1), List.of());
            } else if (!old.waiting().isEmpty()) {
                long id = old.waiting().firstId();
                old.waiting().removeFirst();
                release(turn, id, List.of());
            } else {
                gone.remove();
                turn.clear(old.number());
                return;
            }
        }
    }

    /**
     * When a turn has work for the ledger even if nobody asks for anything: milliseconds since the epoch, 0 for at once,
     * {@link Long#MAX_VALUE} for never.
     */
    public long due() {
        if (!touched.isEmpty() || !gone.isEmpty()) {
            return 0;
        }
        return agenda.isEmpty() ? Long.MAX_VALUE : agenda.first().agenda();
    }
}

package io.hawser.core.store.ledger;

import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableListener.Loss;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One durable: which messages it is not done with, by store id, and who consumes them; the messages themselves are the
 * engine's. Owner: the ledger's.
 */
abstract sealed class Durable permits QueueDurable, LatestDurable {
    /** About how many bytes go out in one turn, so that a wide window does not fill the memory at once. */
    static final long HAND_OUT = 4 << 20;
    /** How many messages are looked at in one turn. */
    static final int MOST = 4_096;

    /** After a start nobody could consume before: no durable is deleted for lack of consumers within this time. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private static final double FILLING = 0.8;
    private static final double RELIEVED = 0.6;

    private final Ledger ledger;
    private final DurableName name;
    private final Deque<LedgerConsumer> consumers = new ArrayDeque<>();
    private final Set<LedgerReader> readers = new LinkedHashSet<>();
    private int number;
    private DurableSettings settings;
    private Value.Opaque definition;
    private long idleSince;
    private boolean idleKnown = true;
    private long restored = Long.MIN_VALUE;
    private long bytes;
    private long dropped;
    private long expired;
    private long redelivered;
    private boolean filling;
    private long lowestAside = Long.MAX_VALUE;
    private long agenda = Long.MAX_VALUE;

    Durable(Ledger ledger, DurableName name, int number, DurableSettings settings, byte[] definition) {
        this.ledger = ledger;
        this.name = name;
        this.number = number;
        this.settings = settings;
        this.definition = new Value.Opaque(definition);
    }

    /** How many messages wait. */
    abstract int waiting();

    /** How many messages consumers hold. */
    abstract int out();

    /** When the oldest waiting message was appended, {@link Long#MAX_VALUE} if none waits. */
    abstract long oldest();

    /** True if this durable is not done with the message. */
    abstract boolean holds(long id);

    /** What it would know of {@code message}, empty if it does not keep such messages. */
    abstract Optional<Entry> entry(Message message, long now);

    /** True if a message with this entry has to be refused. */
    abstract boolean refuses(Entry entry);

    /** Takes in a new message, with a higher id than all before; older ones may go for it. */
    abstract void add(Turn turn, long id, Entry entry);

    /** Takes in a message at the start, in the order of ids. */
    abstract void restore(long id, Entry entry);

    /** Takes in a consumer. */
    abstract void attach(Turn turn, LedgerConsumer consumer);

    /** What {@code consumer} holds goes out again; it gets nothing more. */
    abstract void detach(Turn turn, LedgerConsumer consumer);

    abstract void acknowledge(Turn turn, LedgerConsumer consumer, List<Long> ids);

    abstract void reject(Turn turn, LedgerConsumer consumer, List<Long> ids);

    /** The ids up to {@code last} that {@code consumer} holds. */
    abstract List<Long> heldFor(LedgerConsumer consumer, long last);

    /** Does what is to be done by time alone. */
    abstract void expire(Turn turn);

    /** Hands out what consumers have credit for. Returns true if there is more for the next turn. */
    abstract boolean deliver(Turn turn);

    /** When time alone makes work for this kind of durable. */
    abstract long expires();

    /** At most {@code count} ids, none before {@code from}, in order. */
    abstract List<Long> ids(long from, int count);

    /** The lowest id that it is not done with, {@link Long#MAX_VALUE} if there is none. */
    abstract long lowest();

    /** How often the message was handed out. */
    abstract int deliveries(long id);

    /** Forgets every message, which is no longer its own. */
    abstract Gone empty(Turn turn);

    final DurableName name() {
        return name;
    }

    final int number() {
        return number;
    }

    final void renumber(int newNumber) {
        number = newNumber;
        bytes = 0;
        lowestAside = Long.MAX_VALUE;
    }

    final DurableSettings settings() {
        return settings;
    }

    final byte[] definition() {
        return definition.bytes();
    }

    final void define(DurableSettings newSettings, byte[] newDefinition) {
        settings = newSettings;
        definition = new Value.Opaque(newDefinition);
    }

    final Deque<LedgerConsumer> consumers() {
        return consumers;
    }

    final long agenda() {
        return agenda;
    }

    final void schedule(long time) {
        agenda = time;
    }

    final void idle(Turn turn) {
        idleSince = turn.now();
        turn.idle(number, idleSince);
    }

    final long idleSince() {
        return idleSince;
    }

    /** As {@link #idle}, at the start. */
    final void restoreIdle(long since, long now) {
        idleSince = since == 0 ? now : since;
        idleKnown = since != 0;
        restored = now;
    }

    /** Writes since when nobody consumes, if the last who did was cut off by the end of the store. */
    final void writeIdle(Turn turn) {
        if (!idleKnown && consumers.isEmpty()) {
            turn.idle(number, idleSince);
        }
        idleKnown = true;
    }

    final void join(Turn turn, LedgerConsumer consumer) {
        if (consumers.isEmpty()) {
            idleSince = 0;
            turn.idle(number, 0);
        }
        consumers.addLast(consumer);
        consumer.at(this);
    }

    final void part(Turn turn, LedgerConsumer consumer) {
        consumer.at(null);
        consumers.remove(consumer);
        if (consumers.isEmpty()) {
            idle(turn);
        }
    }

    final void displaceAll(Turn turn) {
        for (LedgerConsumer consumer : List.copyOf(consumers)) {
            consumer.displace(turn);
            detach(turn, consumer);
        }
    }

    /** Those who read what it keeps; they are no consumers. */
    final Set<LedgerReader> readers() {
        return readers;
    }

    /** Tells readers what they have credit for. Returns true if there may be more for the next turn. */
    final boolean tellReaders(Turn turn) {
        boolean more = false;
        for (LedgerReader reader : readers) {
            more |= reader.tell(turn, this);
        }
        return more;
    }

    final void endReaders(Turn turn) {
        readers.forEach(reader -> reader.end(turn));
        readers.clear();
    }

    /** When nobody has consumed for too long. */
    final long dies() {
        Duration ttl = settings.durableTtl();
        if (ttl.isZero() || !consumers.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Duration grace = ttl.compareTo(GRACE) < 0 ? ttl : GRACE;
        long earliest = restored == Long.MIN_VALUE ? restored : restored + grace.toMillis();
        return Math.max(idleSince + ttl.toMillis(), earliest);
    }

    final long due() {
        return Math.min(expires(), dies());
    }

    /** True if there is room for one more message of this weight besides those that are {@code less}. */
    final boolean room(int weight, int lessMessages, int lessBytes) {
        return waiting() + out() - lessMessages < settings.messages() && bytes - lessBytes + weight <= settings.bytes();
    }

    final boolean rejects(int weight, int lessMessages, int lessBytes) {
        return weight > settings.bytes()
                || (settings.whenFull() == DurableSettings.WhenFull.REJECT && !room(weight, lessMessages, lessBytes));
    }

    final void weigh(int weight) {
        bytes += weight;
    }

    /** The message is out of its structures and need not be kept for it. */
    final void leave(Turn turn, long id, int weight, List<Integer> keepers) {
        bytes -= weight;
        turn.leave(number, id);
        ledger.release(turn, id, keepers);
    }

    /** The same for a message that nobody acknowledged. */
    final void lose(Turn turn, long id, int weight, List<Integer> keepers, Loss why) {
        leave(turn, id, weight, keepers);
        report(turn, id, why);
    }

    /** The message cannot be read: its entry stays where it is, for whoever can repair it. */
    final void setAside(Turn turn, long id, int weight) {
        bytes -= weight;
        lowestAside = Math.min(lowestAside, id);
        report(turn, id, Loss.DAMAGED);
    }

    /** The lowest id that was set aside. */
    final long lowestAside() {
        return lowestAside;
    }

    private void report(Turn turn, long id, Loss why) {
        if (why == Loss.EXPIRED) {
            expired++;
        } else {
            dropped++;
        }
        turn.afterwards(() -> ledger.listener().lost(name, id, why));
    }

    final void countRedelivery() {
        redelivered++;
    }

    /** Tells when the durable becomes rather full, and when it is not any more. */
    final void alarm(Turn turn) {
        double level = Math.max((double) (waiting() + out()) / settings.messages(), (double) bytes / settings.bytes());
        DurableListener listener = ledger.listener();
        if (!filling && level >= FILLING) {
            filling = true;
            DurableInfo info = info();
            turn.afterwards(() -> listener.filling(info));
        } else if (filling && level < RELIEVED) {
            filling = false;
            DurableInfo info = info();
            turn.afterwards(() -> listener.relieved(info));
        }
    }

    final DurableInfo info() {
        Optional<Instant> oldest =
                oldest() == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest()));
        return new DurableInfo(
                name,
                settings,
                definition,
                waiting(),
                out(),
                bytes,
                oldest,
                consumers.size(),
                dropped,
                expired,
                redelivered);
    }
}

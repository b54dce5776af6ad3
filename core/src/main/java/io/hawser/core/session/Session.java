package io.hawser.core.session;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import io.hawser.core.trace.TraceStep;
import io.hawser.core.trace.Tracer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One party on the bus: who it is, which loop owns it, and what waits for it.
 *
 * <p>Any thread offers deliveries. When something waits, {@code drain} is posted to the owner once, and takes with
 * {@link #poll()} as long as its connection is writable; when it is writable again the owner calls {@link #resume()}.
 * What it leaves waits in the outbox, which drops the oldest when it is full.
 *
 * <p>Two things fill an outbox. A party that reads slowly <i>stalls</i> it: nobody else shall notice, so the oldest is
 * dropped. But if its connection takes whatever it is given, it is this hub that lags: then {@link #offer} says so, and
 * whoever brings messages in faster than they leave should stop reading for a moment.
 *
 * @param <K> what the gateway knows its subscriptions by
 */
public final class Session<K> {
    private final String name;
    private final Principal principal;
    private final Executor owner;
    private final Runnable drain;
    private final Tracer tracer;
    private final Outbox<K> outbox;
    private final AtomicBoolean posted = new AtomicBoolean();
    /** Written by the owner. */
    private final AtomicLong taken = new AtomicLong();
    /** The last drain left something because the connection took no more. Written by the owner. */
    private volatile boolean stalled;

    private volatile boolean closed;

    /**
     * A session without connection or subscription.
     *
     * @param name the party's name in its protocol
     * @param principal who it is for access rules
     * @param owner the loop that runs {@code drain}
     * @param limits how much may wait
     * @param counters where drops are counted
     * @param drain takes what waits; runs on the owner
     */
    public Session(
            String name, Principal principal, Executor owner, OutboxLimits limits, Counters counters, Runnable drain) {
        this(name, principal, owner, limits, counters, drain, count -> {});
    }

    /** The same; {@code losing} is told how many were dropped, whenever that has doubled, on any thread. */
    public Session(
            String name,
            Principal principal,
            Executor owner,
            OutboxLimits limits,
            Counters counters,
            Runnable drain,
            LongConsumer losing) {
        this.name = name;
        this.principal = principal;
        this.owner = owner;
        this.drain = drain;
        this.tracer = counters.tracer();
        this.outbox = new Outbox<>(limits, counters, losing, lost -> tracer.note(TraceStep.DROPPED, lost, name, ""));
    }

    /** The party's name in its protocol. */
    public String name() {
        return name;
    }

    /** Who the party is for access rules. */
    public Principal principal() {
        return principal;
    }

    /**
     * Puts {@code delivery} into the outbox, unless the session is closed. Callable from any thread.
     *
     * @return true if the hub lags: much waits although the party reads
     */
    public boolean offer(Delivery<K> delivery) {
        if (closed) {
            return false;
        }
        outbox.offer(delivery);
        if (posted.compareAndSet(false, true)) {
            owner.execute(this::drainPosted);
        }
        return !stalled && outbox.isHalfFull();
    }

    /** True if the party reads slowly or is away: what it is offered waits. Callable from any thread. */
    public boolean stalled() {
        return stalled;
    }

    /** From now on the party is away: what it is offered waits, and nobody is slowed by that. Owner only. */
    public void pause() {
        stalled = true;
    }

    /** The connection takes more again. Owner only. */
    public void resume() {
        if (!closed) {
            drain.run();
            stalled = outbox.size() > 0;
        }
    }

    /** The next delivery, null if none waits. Owner only. */
    public @Nullable Delivery<K> poll() {
        Delivery<K> next = outbox.poll();
        if (next != null) {
            tracer.note(TraceStep.DELIVERED, next.message(), name, "");
            taken.lazySet(taken.getPlain() + 1);
        }
        return next;
    }

    /** The owner had no room for a delivery that it took, for the party is slow: it is dropped, and counted. */
    public void lose() {
        outbox.lose();
    }

    /** How many deliveries the owner has taken. */
    public long taken() {
        return taken.get();
    }

    /** How many deliveries wait. */
    public int waiting() {
        return outbox.size();
    }

    /** How many deliveries may wait. */
    public int queue() {
        return outbox.room();
    }

    /** How many deliveries were dropped because the party is slow. */
    public long dropped() {
        return outbox.dropped();
    }

    /** Forgets what waits and takes no more. Callable from any thread. */
    public void close() {
        closed = true;
        while (outbox.poll() != null) {
            // what was offered before it closed goes too
        }
    }

    private void drainPosted() {
        posted.set(false);
        resume();
    }
}

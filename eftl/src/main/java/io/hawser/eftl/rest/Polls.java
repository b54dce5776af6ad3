package io.hawser.eftl.rest;

import io.hawser.core.access.Action;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.route.Bus;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.wire.EftlError;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The polls that are not answered yet. Callable from any thread.
 *
 * <p>Concurrency: of two polls of one client's durable the newer one has it. It puts itself into {@code readers}, tells the
 * older one to end, and reads only when that has ended: what the older one was given is acknowledged by then, or goes out
 * again.
 */
final class Polls {
    private final Bus bus;
    private final Durables store;
    private final RestDurables durables;
    private final RestLimits limits;
    private final Counters counters;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<RestPoll> all = ConcurrentHashMap.newKeySet();
    private final Map<DurableName, RestPoll> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Polls(Bus bus, RestDurables durables, RestLimits limits) {
        this.bus = bus;
        this.store = bus.store().durables();
        this.durables = durables;
        this.limits = limits;
        this.counters = bus.counters();
    }

    /** True if the caller may be told {@code kept}: rules can have changed while it waited. */
    boolean mayHear(RestCall call, StoredMessage kept) {
        String topic = kept.message().topic().text();
        boolean allowed = bus.access().allows(call.caller().principal(), Action.SUBSCRIBE, topic);
        if (!allowed) {
            counters.add(Counter.REFUSED);
        }
        return allowed;
    }

    /** Answers {@code call} with messages, as soon as there are some. */
    void poll(RestCall call) {
        PollWish wish = PollWish.of(call, limits);
        CompletableFuture<Place> place = enter(call, wish);
        RestPoll poll = new RestPoll(call, wish, limits.maxBytes(), store, this);
        all.add(poll);
        call.whenGone(poll::gone);
        place.whenCompleteAsync(poll::placed, call.loop());
        if (closed) {
            poll.stop();
        }
    }

    private CompletableFuture<Place> enter(RestCall call, PollWish wish) {
        if (count.incrementAndGet() > limits.maxPolls()) {
            count.decrementAndGet();
            counters.add(Counter.POLLS_REFUSED);
            throw new RefusedException(
                    503, EftlError.SUBSCRIPTION_FAILED, limits.maxPolls() + " polls wait already; try again later");
        }
        try {
            return durables.place(call, wish.durable());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Completes when {@code poll} may read its client's own durable {@code name}. */
    CompletableFuture<Void> turn(DurableName name, RestPoll poll) {
        RestPoll older = readers.put(name, poll);
        if (older == null) {
            return CompletableFuture.completedFuture(null);
        }
        older.stop();
        return older.ended();
    }

    /** {@code poll} has ended, and had its turn at {@code name}. */
    void endOfTurn(DurableName name, RestPoll poll) {
        readers.remove(name, poll);
    }

    /** {@code poll} has ended. */
    void leave(RestPoll poll) {
        if (all.remove(poll)) {
            count.decrementAndGet();
        }
    }

    /** Ends all. */
    void close() {
        closed = true;
        all.forEach(RestPoll::stop);
    }
}

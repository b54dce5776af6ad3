package io.hawser.core.link;

import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What all links of a hub share: who it is, how a message leaves, and which of those that come are let in. So a message comes onto each bus once, whatever ways lead there, and none goes round for ever.
 *
 * <p>Concurrency: any thread asks how a message leaves. What comes is looked at and published by one owner, in one step: of
 * two ways that a publisher's messages take, the faster one brings each of them, in their order.
 */
public final class Linkage implements Executor {
    /** Of so many hubs it is remembered what came; 8 KiB each. */
    private static final int MOST_HUBS = 256;

    /** What becomes of a message that came from another hub. */
    public enum Verdict {
        /** It is let in. */
        NEW,
        /** It was said to this hub: somewhere there is a way round, which is no harm. */
        OWN,
        /** It is here already, by another way. */
        KNOWN,
        /** It came over more links than a message may. */
        TOO_FAR
    }

    private final String hub;
    private final LinkLimits limits;
    private final Executor owner;
    private final AtomicLong next;
    private final Map<String, SeenNumbers> seen = new Recent<>(MOST_HUBS);

    /**
     * The linkage of a hub that has said nothing yet.
     *
     * @param hub the id of this hub, unlike that of any other
     * @param limits what is let in
     * @param first the number of the first message that leaves, greater than 0: far from those of the hub's earlier lives
     * @param owner looks at what comes
     */
    public Linkage(String hub, LinkLimits limits, long first, Executor owner) {
        this.hub = hub;
        this.limits = limits;
        this.next = new AtomicLong(first);
        this.owner = owner;
    }

    /** The id of this hub. */
    public String hub() {
        return hub;
    }

    /** A breaker for one path, where nothing has come yet; {@code storm} hears of the message that interrupts it. */
    public Breaker breaker(LongSupplier nanoTime, Consumer<Message> storm) {
        return new Breaker(limits.storm(), nanoTime, storm);
    }

    /** Runs {@code task} on the owner of what comes. Callable from any thread. */
    @Override
    public void execute(Runnable task) {
        owner.execute(task);
    }

    /** How {@code message}, which {@link io.hawser.core.message.Headers#travels}, leaves. Callable from any thread. */
    public Passage leaving(Message message) {
        return message.headers()
                .passage()
                .map(came -> new Passage(came.hub(), came.number(), came.hops() + 1))
                .orElseGet(() -> new Passage(hub, OptionalLong.of(message.number(next::getAndIncrement)), 1));
    }

    /** Whether a message is let in that says it came by {@code passage}; if it is, that one is known from now on. Owner only. */
    public Verdict admit(Passage passage) {
        if (passage.hub().equals(hub)) {
            return Verdict.OWN;
        }
        if (passage.hops() > limits.hops()) {
            return Verdict.TOO_FAR;
        }
        SeenNumbers numbers = seen.computeIfAbsent(passage.hub(), other -> new SeenNumbers());
        return numbers.add(passage.number().orElseThrow()) ? Verdict.NEW : Verdict.KNOWN;
    }
}

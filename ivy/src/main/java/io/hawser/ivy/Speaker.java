package io.hawser.ivy;

import io.hawser.core.match.Captures;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.net.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Matches what we say on the caller's thread, and hands it to the loop, which sends. Callable from any thread. */
final class Speaker {
    /** Texts that may wait for the loop; beyond it senders wait. */
    private static final int MAX_SENDING = 16_384;

    private final Loop loop;
    private final Predicate<Runnable> post;
    private final AgentEvents events;
    private final Semaphore room = new Semaphore(MAX_SENDING);

    /** {@code post} gives a task to {@code loop}, and is false when that has ended. */
    Speaker(Loop loop, Predicate<Runnable> post, AgentEvents events) {
        this.loop = loop;
        this.post = post;
        this.events = events;
    }

    /** To everybody who wants it, ourselves too if we hear our own texts. */
    IvyReach toAll(String text) {
        List<Delivery> deliveries = new ArrayList<>();
        events.wanted().match(text, (want, captures) -> deliveries.add(new Delivery(want, captures)));
        deliveries.removeIf(this::hasNoRoom);
        List<Runnable> own = own(text);
        int reached = deliveries.size() + own.size();
        boolean sent = reached > 0
                && handOver(() -> {
                    deliveries.forEach(this::deliver);
                    own.forEach(Runnable::run);
                });
        return sent ? new IvyReach(agents(deliveries) + (own.isEmpty() ? 0 : 1), reached) : IvyReach.NOBODY;
    }

    /** To {@code only}. */
    int to(IvyPeer only, String text) {
        List<Delivery> deliveries = new ArrayList<>();
        events.wanted().match(text, (want, captures) -> {
            if (only == want.peer()) {
                deliveries.add(new Delivery(want, captures));
            }
        });
        deliveries.removeIf(this::hasNoRoom);
        boolean sent = !deliveries.isEmpty() && handOver(() -> deliveries.forEach(this::deliver));
        return sent ? deliveries.size() : 0;
    }

    /** To ourselves. */
    int toSelf(String text) {
        List<Runnable> own = own(text);
        return !own.isEmpty() && handOver(() -> own.forEach(Runnable::run)) ? own.size() : 0;
    }

    private List<Runnable> own(String text) {
        List<Runnable> own = new ArrayList<>();
        events.self().match(text, (id, captures) -> own.add(() -> events.receivedOwn(id, captures)));
        return own;
    }

    /** May wait, if the policy for slow agents is to wait. */
    private boolean hasNoRoom(Delivery delivery) {
        return !events.outflow().hasRoom(delivery.want(), delivery.captures());
    }

    private void deliver(Delivery delivery) {
        events.outflow().deliver(delivery.want(), delivery.captures());
    }

    private static int agents(List<Delivery> deliveries) {
        if (deliveries.size() < 2) {
            return deliveries.size();
        }
        return (int) deliveries.stream()
                .map(delivery -> delivery.want().peer())
                .distinct()
                .count();
    }

    private boolean handOver(Runnable sending) {
        if (loop.inLoop()) {
            sending.run();
            return true;
        }
        room.acquireUninterruptibly();
        boolean taken = post.test(() -> {
            sending.run();
            room.release();
        });
        if (!taken) {
            room.release();
        }
        return taken;
    }

    /** One text on its way to one subscription of another agent. */
    private record Delivery(AgentEvents.Want want, Captures captures) {}
}

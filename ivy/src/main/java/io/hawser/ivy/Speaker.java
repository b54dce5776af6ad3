package io.hawser.ivy;

import io.hawser.ivy.engine.IvyPeer;
import io.hawser.net.Loop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        List<Runnable> deliveries = new ArrayList<>();
        Set<IvyPeer> peers = new HashSet<>();
        events.wanted().match(text, (want, captures) -> {
            peers.add(want.peer());
            deliveries.add(() -> events.deliver(want, captures));
        });
        int others = deliveries.size();
        addSelf(text, deliveries);
        int agents = peers.size() + (deliveries.size() > others ? 1 : 0);
        return handOver(deliveries) ? new IvyReach(agents, deliveries.size()) : IvyReach.NOBODY;
    }

    /** To {@code only}. */
    int to(IvyPeer only, String text) {
        List<Runnable> deliveries = new ArrayList<>();
        events.wanted().match(text, (want, captures) -> {
            if (only == want.peer()) {
                deliveries.add(() -> events.deliver(want, captures));
            }
        });
        return handOver(deliveries) ? deliveries.size() : 0;
    }

    /** To ourselves. */
    int toSelf(String text) {
        List<Runnable> deliveries = new ArrayList<>();
        addSelf(text, deliveries);
        return handOver(deliveries) ? deliveries.size() : 0;
    }

    private void addSelf(String text, List<Runnable> deliveries) {
        SelfClient self = events.self();
        self.match(text, (id, captures) -> deliveries.add(() -> events.receivedOwn(id, captures)));
    }

    private boolean handOver(List<Runnable> deliveries) {
        if (deliveries.isEmpty() || loop.inLoop()) {
            deliveries.forEach(Runnable::run);
            return true;
        }
        room.acquireUninterruptibly();
        boolean taken = post.test(() -> {
            deliveries.forEach(Runnable::run);
            room.release();
        });
        if (!taken) {
            room.release();
        }
        return taken;
    }
}

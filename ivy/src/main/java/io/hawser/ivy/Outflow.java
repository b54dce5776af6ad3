package io.hawser.ivy;

import io.hawser.core.match.Captures;
import io.hawser.ivy.AgentEvents.Want;
import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.ivy.wire.IvyLimits;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Gives texts to agents, and does what the policy says about those that read slowly. State belongs to the agent's loop, but
 * for {@link #hasRoom}.
 */
final class Outflow {
    private final IvyAgent agent;
    private final Loop loop;
    private final IvyOverflow policy;
    private final int maxBytes;
    private final Duration maxWait;
    private final BiConsumer<IvyPeer, Boolean> congestion;
    private final Set<IvyPeer> congested = new HashSet<>();
    /** What waits for slow agents, with the policies that keep it. */
    private final Map<IvyPeer, Backlog> backlogs = new HashMap<>();
    /** Bytes that may still be handed over for each agent, with the policy that waits for them. */
    private final Map<IvyPeer, Semaphore> rooms = new ConcurrentHashMap<>();

    /** {@code congestion} is told on the loop who has become congested (true) or relieved (false). */
    Outflow(IvyAgent agent, Loop loop, IvyOverflow policy, IvyLimits limits, BiConsumer<IvyPeer, Boolean> congestion) {
        this.agent = agent;
        this.loop = loop;
        this.policy = policy;
        this.maxBytes = limits.maxUnsentBytes();
        this.maxWait = limits.maxSendWait();
        this.congestion = congestion;
    }

    void joined(IvyPeer peer) {
        if (policy == IvyOverflow.BLOCK) {
            rooms.put(peer, new Semaphore(maxBytes));
        }
    }

    /** Nothing waits for it any more, and nobody. */
    void left(IvyPeer peer) {
        congested.remove(peer);
        backlogs.remove(peer);
        freeWaiting(peer);
    }

    /** Nobody waits for anybody any more. Callable from any thread. */
    void end() {
        rooms.keySet().forEach(this::freeWaiting);
    }

    /**
     * True at once if the policy does not wait, else when there is room for one more text; false if there is none in time,
     * when the agent is cut off, or if the thread is interrupted. Callable from any thread, and on the loop, which never waits.
     */
    boolean hasRoom(Want want, Captures captures) {
        IvyPeer peer = want.peer();
        Semaphore room = rooms.get(peer);
        if (room == null) {
            return true;
        }
        int bytes = size(captures);
        if (room.tryAcquire(bytes)) {
            return true;
        }
        if (loop.inLoop()) {
            agent.tally(IvyCount.TEXTS_DROPPED);
            return false;
        }
        agent.post(() -> {
            // Else it is we who are behind.
            if (!peer.writable()) {
                congested(peer);
            }
        });
        return waitsFor(peer, room, bytes);
    }

    /** One text to one subscription of an agent. */
    void deliver(Want want, Captures captures) {
        IvyPeer peer = want.peer();
        boolean keeps = policy == IvyOverflow.BLOCK || policy == IvyOverflow.DROP_OLDEST;
        if (keeps && (backlogs.containsKey(peer) || !peer.writable())) {
            keep(want, captures);
        } else if (send(want, captures) || peer.writable() || !agent.isThere(peer)) {
            return;
        } else if (policy == IvyOverflow.DISCONNECT) {
            peer.cut("it read too slowly");
        } else {
            congested(peer);
        }
    }

    /** It reads on. */
    void writable(IvyPeer peer) {
        Backlog backlog = backlogs.get(peer);
        while (backlog != null && peer.writable()) {
            Waiting next = backlog.texts.poll();
            if (next == null) {
                backlogs.remove(peer);
                break;
            }
            backlog.bytes -= size(next.captures());
            send(next.want(), next.captures());
        }
        if (peer.writable() && congested.remove(peer)) {
            congestion.accept(peer, false);
        }
    }

    private void keep(Want want, Captures captures) {
        IvyPeer peer = want.peer();
        if (!agent.isThere(peer)) {
            return;
        }
        Backlog backlog = backlogs.computeIfAbsent(peer, first -> new Backlog());
        backlog.texts.add(new Waiting(want, captures));
        backlog.bytes += size(captures);
        while (policy == IvyOverflow.DROP_OLDEST && backlog.bytes > maxBytes) {
            backlog.bytes -= size(backlog.texts.remove().captures());
            agent.tally(IvyCount.TEXTS_DROPPED);
            congested(peer);
        }
    }

    private boolean send(Want want, Captures captures) {
        boolean sent = want.peer().send(want.id(), captures);
        Semaphore room = rooms.get(want.peer());
        if (room != null) {
            room.release(size(captures));
        }
        return sent;
    }

    private void congested(IvyPeer peer) {
        if (agent.isThere(peer) && congested.add(peer)) {
            congestion.accept(peer, true);
        }
    }

    /** Whoever waits for it goes on, and finds it gone. */
    private void freeWaiting(IvyPeer peer) {
        Semaphore room = rooms.remove(peer);
        if (room != null) {
            room.release(Integer.MAX_VALUE - maxBytes);
        }
    }

    private boolean waitsFor(IvyPeer peer, Semaphore room, int bytes) {
        try {
            if (room.tryAcquire(bytes, maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            agent.post(() -> {
                if (rooms.containsKey(peer)) {
                    peer.cut("it read too slowly");
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        agent.tally(IvyCount.TEXTS_DROPPED);
        return false;
    }

    /** About the bytes of it on the wire; never more than there is room at all. */
    private int size(Captures captures) {
        int bytes = 8;
        for (int i = 0; i < captures.size() && bytes < maxBytes; i++) {
            bytes += captures.get(i).length() + 1;
        }
        return Math.min(bytes, maxBytes);
    }

    /** What waits for one agent, the oldest first. */
    private static final class Backlog {
        final Queue<Waiting> texts = new ArrayDeque<>();
        long bytes;
    }

    private record Waiting(Want want, Captures captures) {}
}

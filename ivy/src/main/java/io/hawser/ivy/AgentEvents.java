package io.hawser.ivy;

import io.hawser.ivy.engine.IvyEvents;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Hears the mesh and passes on what concerns the user. State belongs to the agent's loop unless a field says otherwise. */
final class AgentEvents implements IvyEvents {
    private final IvyAgent agent;
    private final IvyListener listener;
    private final Optional<String> ready;
    private final PeerRegexps regexps;
    private final Callbacks callbacks;
    private final Loop loop;
    private final Map<IvyPeer, IvyClient> clients = new LinkedHashMap<>();
    private final Map<Integer, Ping> pings = new HashMap<>();
    /** Written by the loop, read by callbacks. */
    private final Map<Integer, IvyTextHandler> handlers = new ConcurrentHashMap<>();

    private volatile List<IvyClient> known = List.of();
    private int nextPing = 1;

    AgentEvents(IvyAgent agent, IvyAgentBuilder wishes, PeerRegexps regexps, Callbacks callbacks, Loop loop) {
        this.agent = agent;
        this.listener = wishes.listener();
        this.ready = wishes.ready();
        this.loop = loop;
        this.regexps = regexps;
        this.callbacks = callbacks;
    }

    /** Everybody who is there, in the order of joining. Callable from any thread. */
    List<IvyClient> clients() {
        return known;
    }

    void handle(int id, IvyTextHandler handler) {
        handlers.put(id, handler);
    }

    void forget(int id) {
        handlers.remove(id);
    }

    void ping(IvyPeer peer, CompletableFuture<Duration> answer) {
        int id = nextPing++;
        pings.put(id, new Ping(peer, loop.nanoTime(), answer));
        if (!clients.containsKey(peer)) {
            fail(id, peer + " has left");
            return;
        }
        peer.ping(id);
        agent.later(IvyAgent.PING_TIMEOUT, () -> fail(id, "no answer to a ping from " + peer));
    }

    /** The agent leaves: nobody is there any more, and no ping will be answered. */
    void end() {
        known = List.of();
        List.copyOf(pings.keySet()).forEach(id -> fail(id, "the agent has left the bus"));
    }

    @Override
    public void joined(IvyPeer peer) {
        IvyClient client = new IvyClient(agent, peer);
        clients.put(peer, client);
        callbacks.tell(() -> listener.joined(client));
    }

    /** Only now can others find it among the clients: whoever sees it can rely on its regexps. */
    @Override
    public void ready(IvyPeer peer) {
        known = List.copyOf(clients.values());
        ready.ifPresent(text -> agent.send(text, peer));
    }

    @Override
    public void left(IvyPeer peer, String reason) {
        regexps.removeAll(peer);
        IvyClient client = clients.remove(peer);
        known = List.copyOf(clients.values());
        List.copyOf(pings.keySet()).forEach(id -> {
            if (Objects.requireNonNull(pings.get(id)).peer() == peer) {
                fail(id, peer + " left: " + reason);
            }
        });
        if (client != null) {
            callbacks.tell(() -> listener.left(client, reason));
        }
    }

    @Override
    public void subscribed(IvyPeer peer, int id, String regexp) {
        regexps.add(peer, id, regexp);
        tell(peer, client -> {
            client.subscribed(id, regexp);
            callbacks.tell(() -> listener.subscribed(client, id, regexp));
        });
    }

    @Override
    public void unsubscribed(IvyPeer peer, int id) {
        regexps.remove(peer, id);
        tell(peer, client -> {
            client.unsubscribed(id);
            callbacks.tell(() -> listener.unsubscribed(client, id));
        });
    }

    @Override
    public void received(IvyPeer peer, int ours, List<String> captures) {
        tell(
                peer,
                client -> callbacks.tell(() -> {
                    IvyTextHandler handler = handlers.get(ours);
                    if (handler != null) {
                        handler.received(client, captures);
                    }
                }));
    }

    @Override
    public void direct(IvyPeer peer, int number, String text) {
        tell(peer, client -> callbacks.tell(() -> listener.direct(client, number, text)));
    }

    @Override
    public void die(IvyPeer peer, int number, String reason) {
        tell(peer, client -> callbacks.tell(() -> listener.die(client, number, reason)));
    }

    @Override
    public void problem(IvyPeer peer, int code, String reason) {
        tell(peer, client -> callbacks.tell(() -> listener.problem(client, code, reason)));
    }

    @Override
    public void pong(IvyPeer peer, int id) {
        Ping ping = pings.get(id);
        if (ping != null && ping.peer() == peer) {
            pings.remove(id);
            Duration took = Duration.ofNanos(loop.nanoTime() - ping.sentAt());
            callbacks.tell(() -> ping.answer().complete(took));
        }
    }

    @Override
    public void writable(IvyPeer peer) {
        // What is too much for an agent is dropped and counted by the mesh; nothing waits here.
    }

    private void fail(int id, String reason) {
        Ping ping = pings.remove(id);
        if (ping != null) {
            callbacks.tell(() -> ping.answer().completeExceptionally(new TimeoutException(reason)));
        }
    }

    private void tell(IvyPeer peer, Consumer<IvyClient> what) {
        IvyClient client = clients.get(peer);
        if (client != null) {
            what.accept(client);
        }
    }

    private record Ping(IvyPeer peer, long sentAt, CompletableFuture<Duration> answer) {}
}

package io.hawser.ivy;

import io.hawser.core.match.Captures;
import io.hawser.core.match.RegexpException;
import io.hawser.ivy.engine.IvyCount;
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
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Hears the mesh and passes on what concerns the user. State belongs to the agent's loop unless a field says otherwise. */
final class AgentEvents implements IvyEvents {
    private final IvyAgent agent;
    private final IvyListener listener;
    private final Optional<String> ready;
    private final IvyNewlines newlines;
    private final Outflow outflow;
    private final MessageClasses classes;
    private final Callbacks callbacks;
    private final Loop loop;
    private final Waits waits;
    private final SelfClient self;
    private final Regexps<Want> wanted = new Regexps<>();
    private final Map<IvyPeer, RemoteClient> clients = new LinkedHashMap<>();
    private final Map<Integer, Ping> pings = new HashMap<>();

    private volatile List<IvyClient> known = List.of();
    private int nextPing = 1;

    AgentEvents(IvyAgent agent, IvyAgentBuilder wishes, Callbacks callbacks, Loop loop) {
        this.agent = agent;
        this.listener = wishes.listener();
        this.ready = wishes.ready();
        this.newlines = wishes.newlines();
        this.classes = wishes.classes();
        this.loop = loop;
        this.callbacks = callbacks;
        this.waits = new Waits(agent);
        this.self = new SelfClient(agent, this);
        this.outflow = new Outflow(agent, loop, wishes.overflow(), wishes.limits(), this::congestion);
    }

    /** Everybody who is there, in the order of joining. Callable from any thread. */
    List<IvyClient> clients() {
        return known;
    }

    /** What everybody wants. */
    Regexps<Want> wanted() {
        return wanted;
    }

    /** Ourselves. */
    SelfClient self() {
        return self;
    }

    /** How texts reach the others. */
    Outflow outflow() {
        return outflow;
    }

    /** True if {@code peer} has not left. On the loop. */
    boolean isThere(IvyPeer peer) {
        return clients.containsKey(peer);
    }

    Waits waits() {
        return waits;
    }

    /** {@code answer} ends with an agent called {@code name}, at once if there is one. */
    void await(CompletableFuture<IvyClient> answer, String name, Duration timeout) {
        waits.addClient(answer, name, timeout);
        known.stream().filter(client -> client.name().equals(name)).findFirst().ifPresent(waits::joined);
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
        outflow.end();
        List.copyOf(pings.keySet()).forEach(id -> fail(id, "the agent has left the bus"));
        waits.end();
    }

    @Override
    public void joined(IvyPeer peer) {
        RemoteClient client = new RemoteClient(agent, peer);
        clients.put(peer, client);
        outflow.joined(peer);
        callbacks.tell(() -> listener.joined(client));
    }

    /** Only now can others find it among the clients: whoever sees it can rely on its regexps. */
    @Override
    public void ready(IvyPeer peer) {
        known = List.copyOf(clients.values());
        ready.ifPresent(text -> agent.send(text, peer));
        tell(peer, waits::joined);
    }

    @Override
    public void left(IvyPeer peer, String reason) {
        List.copyOf(peer.subscriptions().keySet()).forEach(id -> wanted.remove(new Want(peer, id)));
        outflow.left(peer);
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
        want(peer, id, regexp);
        tell(peer, client -> {
            client.subscribed(id, regexp);
            callbacks.tell(() -> listener.subscribed(client, id, regexp));
        });
    }

    private void want(IvyPeer peer, int id, String regexp) {
        if (!classes.keep(regexp)) {
            agent.tally(IvyCount.FILTERED);
            return;
        }
        try {
            wanted.add(new Want(peer, id), regexp);
        } catch (RegexpException e) {
            peer.error(e.offset(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void unsubscribed(IvyPeer peer, int id) {
        wanted.remove(new Want(peer, id));
        tell(peer, client -> {
            client.unsubscribed(id);
            callbacks.tell(() -> listener.unsubscribed(client, id));
        });
    }

    @Override
    public void received(IvyPeer peer, int ours, List<String> captures) {
        tell(peer, client -> received(client, ours, captures));
    }

    /** Our own text. One that our callbacks are too slow for is lost and counted, as another agent's would be. */
    void receivedOwn(int ours, Captures captures) {
        if (callbacks.full()) {
            agent.tally(IvyCount.TEXTS_DROPPED);
        } else {
            received(self, ours, captures.asList());
        }
    }

    private void received(IvyClient client, int ours, List<String> captures) {
        agent.ours().get(ours).ifPresent(binding -> {
            if (binding.once()) {
                agent.ours().release(ours);
            }
            callbacks.tell(() -> {
                if (binding.once() || agent.ours().get(ours).isPresent()) {
                    binding.handler().received(client, newlines.incoming(captures));
                }
            });
        });
    }

    @Override
    public void direct(IvyPeer peer, int number, String text) {
        tell(peer, client -> direct(client, number, text));
    }

    void direct(IvyClient client, int number, String text) {
        if (Parameters.isIn(text)) {
            callbacks.tell(() -> listener.direct(client, number, Parameters.split(text)));
        } else {
            callbacks.tell(() -> listener.direct(client, number, text));
        }
    }

    @Override
    public void die(IvyPeer peer, int number, String reason) {
        tell(peer, client -> die(client, number, reason));
    }

    void die(IvyClient client, int number, String reason) {
        callbacks.tell(() -> listener.die(client, number, reason));
    }

    @Override
    public void problem(IvyPeer peer, int code, String reason) {
        tell(peer, client -> problem(client, code, reason));
    }

    void problem(IvyClient client, int code, String reason) {
        callbacks.tell(() -> listener.problem(client, code, reason));
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
        outflow.writable(peer);
    }

    private void congestion(IvyPeer peer, boolean congested) {
        tell(
                peer,
                client -> callbacks.tell(() -> {
                    if (congested) {
                        listener.congested(client);
                    } else {
                        listener.relieved(client);
                    }
                }));
    }

    private void fail(int id, String reason) {
        Ping ping = pings.remove(id);
        if (ping != null) {
            callbacks.tell(() -> ping.answer().completeExceptionally(new TimeoutException(reason)));
        }
    }

    private void tell(IvyPeer peer, Consumer<RemoteClient> what) {
        RemoteClient client = clients.get(peer);
        if (client != null) {
            what.accept(client);
        }
    }

    /** One subscription of one agent. */
    record Want(IvyPeer peer, int id) {}

    private record Ping(IvyPeer peer, long sentAt, CompletableFuture<Duration> answer) {}
}

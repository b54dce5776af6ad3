package io.hawser.ivy;

import io.hawser.ivy.engine.IvyPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Another agent. */
final class RemoteClient implements IvyClient {
    private final IvyAgent agent;
    private final IvyPeer peer;
    /** Written by the agent's loop. */
    private final Map<Integer, String> regexps = new ConcurrentHashMap<>();

    RemoteClient(IvyAgent agent, IvyPeer peer) {
        this.agent = agent;
        this.peer = peer;
    }

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public InetSocketAddress address() {
        return peer.address();
    }

    @Override
    public Map<Integer, String> regexps() {
        return Map.copyOf(regexps);
    }

    @Override
    public int send(String text) {
        return agent.send(text, peer);
    }

    @Override
    public void direct(int number, String text) {
        agent.run(() -> peer.direct(number, text));
    }

    @Override
    public void direct(int number, List<String> parameters) {
        direct(number, Parameters.join(parameters));
    }

    @Override
    public void error(int code, String reason) {
        agent.run(() -> peer.error(code, reason));
    }

    @Override
    public void die(int number, String reason) {
        agent.run(() -> peer.die(number, reason));
    }

    @Override
    public void bye() {
        agent.run(peer::bye);
    }

    @Override
    public CompletableFuture<Duration> ping() {
        return agent.ping(peer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IvyClient that && address().equals(that.address());
    }

    @Override
    public int hashCode() {
        return address().hashCode();
    }

    /** {@code ip:port (name)}. */
    @Override
    public String toString() {
        return peer.toString();
    }

    void subscribed(int id, String regexp) {
        regexps.put(id, regexp);
    }

    void unsubscribed(int id) {
        regexps.remove(id);
    }
}

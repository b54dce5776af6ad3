package io.hawser.ivy;

import io.hawser.ivy.engine.IvyPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A remote agent. Callable from any thread. Two are equal if they are at the same address: an agent is known by its IP
 * address and the port it listens on. What is sent to one that has left is dropped.
 */
public final class IvyClient {
    private final IvyAgent agent;
    private final IvyPeer peer;
    /** Written by the agent's loop. */
    private final Map<Integer, String> regexps = new ConcurrentHashMap<>();

    IvyClient(IvyAgent agent, IvyPeer peer) {
        this.agent = agent;
        this.peer = peer;
    }

    /** Its name; several agents may share one. */
    public String name() {
        return peer.name();
    }

    /** Where it is and listens. */
    public InetSocketAddress address() {
        return peer.address();
    }

    /** What it wants now: regexps by its own ids. A copy. */
    public Map<Integer, String> regexps() {
        return Map.copyOf(regexps);
    }

    /**
     * Sends {@code text} to it alone, if it wants it.
     *
     * @return how many of its regexps matched
     * @throws IllegalArgumentException if {@code text} holds LF or NUL
     */
    public int send(String text) {
        return agent.send(text, peer);
    }

    /**
     * Says {@code text} to it, whatever it has subscribed.
     *
     * @param number free; the other side is told it
     * @throws IllegalArgumentException if {@code text} holds LF or NUL, or is too long
     */
    public void direct(int number, String text) {
        agent.run(() -> peer.direct(number, text));
    }

    /**
     * Tells it that something it sent was wrong.
     *
     * @throws IllegalArgumentException if {@code reason} holds LF or NUL, or is too long
     */
    public void error(int code, String reason) {
        agent.run(() -> peer.error(code, reason));
    }

    /** Asks its program to end. */
    public void die() {
        agent.run(() -> peer.die(0, ""));
    }

    /**
     * Asks for a sign of life.
     *
     * @return how long the answer took; completed on the callback executor, so never wait for it in a callback. Fails with
     *     a TimeoutException after {@link IvyAgent#PING_TIMEOUT}, or when it leaves. node-ivy dies of a ping
     *     ({@code specs/ivy.md} D-30).
     */
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

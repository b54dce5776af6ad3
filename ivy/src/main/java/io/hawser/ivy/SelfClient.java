package io.hawser.ivy;

import io.hawser.core.match.Captures;
import io.hawser.core.match.RegexpException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Our own agent among the agents: what it says to itself takes no wire, but the same way to the callbacks. */
final class SelfClient implements IvyClient {
    private final IvyAgent agent;
    private final AgentEvents events;
    /** Ours; empty unless the agent shall hear its own texts. */
    private final Regexps<Integer> regexps = new Regexps<>();

    SelfClient(IvyAgent agent, AgentEvents events) {
        this.agent = agent;
        this.events = events;
    }

    @Override
    public String name() {
        return agent.name();
    }

    @Override
    public InetSocketAddress address() {
        return agent.address();
    }

    @Override
    public Map<Integer, String> regexps() {
        return agent.bindings();
    }

    @Override
    public int send(String text) {
        return agent.sendToSelf(text);
    }

    @Override
    public void direct(int number, String text) {
        String sendable = IvyNewlines.REFUSE.outgoing(text);
        agent.run(() -> events.direct(this, number, sendable));
    }

    @Override
    public void direct(int number, List<String> parameters) {
        direct(number, Parameters.join(parameters));
    }

    @Override
    public void error(int code, String reason) {
        String sendable = IvyNewlines.REFUSE.outgoing(reason);
        agent.run(() -> events.problem(this, code, sendable));
    }

    @Override
    public void die(int number, String reason) {
        String sendable = IvyNewlines.REFUSE.outgoing(reason);
        agent.run(() -> events.die(this, number, sendable));
    }

    @Override
    public void bye() {
        throw new IllegalStateException("an Ivy agent cannot say goodbye to itself; close it");
    }

    @Override
    public CompletableFuture<Duration> ping() {
        return CompletableFuture.completedFuture(Duration.ZERO);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IvyClient that && address().equals(that.address());
    }

    @Override
    public int hashCode() {
        return address().hashCode();
    }

    /** {@code ip:port (name)}, as others see it. */
    @Override
    public String toString() {
        return address().getAddress().getHostAddress() + ":" + address().getPort() + " (" + name() + ")";
    }

    /** One more of our regexps. One that this side cannot read is told as another agent would. On the loop. */
    void bound(int id, String regexp) {
        try {
            regexps.add(id, regexp);
        } catch (RegexpException e) {
            events.problem(this, e.offset(), String.valueOf(e.getMessage()));
        }
    }

    /** On the loop. */
    void unbound(int id) {
        regexps.remove(id);
    }

    void match(String text, BiConsumer<Integer, Captures> found) {
        regexps.match(text, found);
    }
}

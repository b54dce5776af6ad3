package io.hawser.ivy;

import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.wire.IvyDomain;
import io.hawser.ivy.wire.IvyLimits;
import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Collects what an agent shall be before it joins. Not thread-safe. */
public final class IvyAgentBuilder {
    private final String name;
    private IvyDomain domain = IvyDomain.DEFAULT;
    private IvyLimits limits = IvyLimits.DEFAULT;
    private IvyListener listener = new IvyListener() {};
    private IvyNewlines newlines = IvyNewlines.REFUSE;
    private boolean hearsItself;
    private boolean joined;
    private Optional<String> id = Optional.empty();
    private Optional<String> ready = Optional.empty();
    private Optional<InetAddress> bindAddress = Optional.empty();
    private Optional<Executor> executor = Optional.empty();

    IvyAgentBuilder(String name) {
        this.name = name;
    }

    /**
     * The bus, for example {@code 127.255.255.255:2010}.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public IvyAgentBuilder domain(String text) {
        domain = IvyDomain.parse(text);
        return this;
    }

    /** The id in the hello, unique on the bus, ASCII without spaces; a random one if not given. */
    public IvyAgentBuilder id(String unique) {
        id = Optional.of(unique);
        return this;
    }

    /** A text that is sent to each agent that joins, if it wants it. */
    public IvyAgentBuilder ready(String text) {
        ready = Optional.of(IvyNewlines.REFUSE.outgoing(text));
        return this;
    }

    /** Who hears what happens besides texts. */
    public IvyAgentBuilder listener(IvyListener all) {
        listener = all;
        return this;
    }

    /** Where callbacks run, one at a time; a daemon thread of the agent if not given. */
    public IvyAgentBuilder executor(Executor callbacks) {
        executor = Optional.of(callbacks);
        return this;
    }

    /** What becomes of line feeds in texts; {@link IvyNewlines#REFUSE} if not given. */
    public IvyAgentBuilder newlines(IvyNewlines policy) {
        newlines = policy;
        return this;
    }

    /**
     * The agent hears its own texts too, where its subscriptions match them; they come from {@link IvyAgent#self}. Those that
     * its callbacks are too slow for are lost and counted.
     */
    public IvyAgentBuilder sendToSelf() {
        hearsItself = true;
        return this;
    }

    /** The address that accepts connections, of all interfaces or loopback by domain if not given. */
    public IvyAgentBuilder bindAddress(InetAddress address) {
        bindAddress = Optional.of(address);
        return this;
    }

    /** How much others may ask of the agent. */
    public IvyAgentBuilder limits(IvyLimits other) {
        limits = other;
        return this;
    }

    /**
     * Joins the bus. Once only: two agents with one id would take each other for themselves.
     *
     * @throws IllegalArgumentException if name or id cannot stand in a hello
     * @throws IllegalStateException if it has joined before
     * @throws io.hawser.net.CannotListenException if a port cannot be bound
     */
    public IvyAgent join() {
        if (joined) {
            throw new IllegalStateException("the Ivy agent '" + name + "' has joined before; make another builder");
        }
        IvyAgent agent = IvyAgent.join(this);
        joined = true;
        return agent;
    }

    IvyOptions options() {
        String unique = id.orElseGet(() -> UUID.randomUUID().toString());
        return new IvyOptions(name, unique, domain, bindAddress, limits);
    }

    IvyListener listener() {
        return listener;
    }

    IvyNewlines newlines() {
        return newlines;
    }

    boolean hearsItself() {
        return hearsItself;
    }

    Optional<String> ready() {
        return ready;
    }

    Optional<Executor> executor() {
        return executor;
    }
}

package io.hawser.ivy;

import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.engine.PortRange;
import io.hawser.ivy.wire.IvyDomain;
import io.hawser.ivy.wire.IvyLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Collects what an agent shall be before it joins. Not thread-safe. */
public final class IvyAgentBuilder {
    private final String name;
    private Optional<IvyDomain> domain = Optional.empty();
    private final List<Bindings.Binding> bindings = new ArrayList<>();
    private List<String> seeds = List.of();
    private Optional<PortRange> ports = Optional.empty();
    private int beaconPort = IvyOptions.BEACON_PORT;
    private IvyOverflow overflow = IvyOverflow.DROP_NEWEST;
    private MessageClasses classes = MessageClasses.ALL;
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
     * The bus: {@code network[:port][,network[:port]...]}, where a network is one to four bytes of a broadcast or multicast
     * address, for example {@code 127.255.255.255:2010}, {@code 192.168,10.2:2010}, {@code 127:2010,192.168:2011} or
     * {@code 224.255.255.255:2010}; one without a port has that of the next to its right. If it is not given, or
     * empty, the system property {@code IVYBUS} says it, else the environment variable {@code IVYBUS}, else it is
     * {@code 127:2010} ({@code specs/ivy.md} 1.12).
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public IvyAgentBuilder domain(String text) {
        domain = text.isEmpty() ? Optional.empty() : Optional.of(IvyDomain.parse(text));
        return this;
    }

    /**
     * The addresses of agents that no broadcast reaches, in Docker, WSL or behind a VPN: {@code host} or {@code host:port}, the bus's
     * port if not given. They are sent our hello as a datagram of their own, and connect to us where it came from, as all
     * originals but node-ivy do. Of several agents that share a host and port only one hears it ({@code specs/ivy.md} 8.9).
     */
    public IvyAgentBuilder seeds(String... addresses) {
        seeds = List.of(addresses);
        return this;
    }

    /**
     * The TCP port that accepts connections is the first free one of these. If not given, the system property
     * {@code IVYRANGE} says them as {@code first-last}, as for ivy-java; else any that is free.
     *
     * @throws IllegalArgumentException unless both are 1 to 65535, the smaller one first
     */
    public IvyAgentBuilder ports(int first, int last) {
        ports = Optional.of(new PortRange(first, last));
        return this;
    }

    /**
     * The UDP port on which agents of ours say every few seconds that they are there, so that they find each other though a
     * hello was lost; {@link IvyOptions#BEACON_PORT} if not given, the same for all. Originals know nothing of it.
     *
     * @param port 1 to 65535, or 0: neither says nor hears beacons
     */
    public IvyAgentBuilder beaconPort(int port) {
        beaconPort = port;
        return this;
    }

    /** What becomes of texts for an agent that reads too slowly; {@link IvyOverflow#DROP_NEWEST} if not given. */
    public IvyAgentBuilder overflow(IvyOverflow policy) {
        overflow = policy;
        return this;
    }

    /**
     * The first words of all texts that will be sent. Subscriptions that begin with {@code ^} and a word for none of them are
     * not kept, which saves matching: {@code ^TRA(.*)} is kept for {@code TRACK}, {@code ^OTHER} is not ({@code specs/ivy.md}
     * 1.14). All are kept if not given.
     */
    public IvyAgentBuilder messageClasses(String... words) {
        classes = new MessageClasses(List.of(words));
        return this;
    }

    /** The id in the hello, unique on the bus, ASCII without spaces; a random one if not given. */
    public IvyAgentBuilder id(String unique) {
        id = Optional.of(unique);
        return this;
    }

    /**
     * A subscription that the agent has when it joins, as {@link IvyAgent#bind}: the only kind that hears what those who are
     * there already say to a newcomer. The first has the id 0, the next 1, and so on.
     */
    public IvyAgentBuilder bind(String regexp, IvyTextHandler handler) {
        bindings.add(new Bindings.Binding(regexp, handler, false));
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

    /**
     * Where callbacks run, one at a time; a daemon thread of the agent if not given. {@code Runnable::run} runs them where the bytes
     * arrive, which makes answers several times as fast, and is for callbacks that never wait.
     */
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

    /**
     * The address that accepts connections, whose interface is that of multicasts; if not given, loopback for a bus and seeds
     * that are there, else every interface.
     */
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
     * @throws IllegalArgumentException if name or id cannot stand in a hello, a regexp is wrong, {@code IVYBUS} is no bus, {@code IVYRANGE} are no
     *     ports, or a seed is unknown
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
        IvyDomain bus = domain.orElseGet(() -> IvyEnvironment.bus(IvyEnvironment::property, IvyEnvironment::variable));
        List<InetSocketAddress> addresses =
                seeds.stream().map(seed -> IvyOptions.seed(seed, bus)).toList();
        PortRange range = ports.orElseGet(() -> IvyEnvironment.ports(IvyEnvironment::property));
        return new IvyOptions(name, unique, bus, addresses, bindAddress, range, beaconPort, limits);
    }

    IvyOverflow overflow() {
        return overflow;
    }

    List<Bindings.Binding> bindings() {
        return bindings;
    }

    IvyLimits limits() {
        return limits;
    }

    MessageClasses classes() {
        return classes;
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

package io.hawser.ivy.engine;

import io.hawser.ivy.wire.IvyCodec;
import io.hawser.ivy.wire.IvyFrame;
import io.hawser.ivy.wire.IvyHello;
import io.hawser.ivy.wire.IvyLimits;
import io.hawser.ivy.wire.ProtocolException;
import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.line.LineClient;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent among the agents of a bus: who is there, what we want, and one connection to each.
 *
 * <p><b>Owner.</b> All state belongs to one {@link Loop}. Every method is called there, except {@link #start},
 * {@link #stop} (both wait, never on a loop), {@link #port}, {@link #address}, {@link #tally} and {@link #count(IvyCount)}.
 *
 * <p><b>Two connections to one agent</b> come to be when two agents start at once and each hears the other, or when an
 * original hears a hello twice ({@code specs/ivy.md} 1.8). The first that completes its handshake is used, the other one is
 * closed without a Bye and without telling anybody. If both sides did that for a crossed pair, each could close the one
 * that the other uses; so the side with the smaller id does not close but keeps its second connection as a spare, unread,
 * for {@link #SPARE_TIME}: if the other side closes the first, the spare takes over and nothing it carries is lost; an
 * original closes neither, and the spare is closed when the time is over. Texts that the side with the smaller id sent in
 * the instant before it learns of the choice are lost, as they are whenever a connection ends.
 */
public final class IvyMesh {
    /** How long a second connection waits for the other side's choice. */
    static final Duration SPARE_TIME = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(IvyMesh.class);

    private final Loop loop;
    private final IvyOptions options;
    private final IvyEvents events;
    private final IvyCodec codec;
    private final NetLimits netLimits;
    private final Presence presence;
    private final Counters counters = new Counters();
    private final Newcomers newcomers;
    private final Beacons beacons;
    private final Set<PeerLink> links = new LinkedHashSet<>();
    private final Map<InetSocketAddress, IvyPeer> peers = new LinkedHashMap<>();
    /** Our subscriptions as lines of a handshake, by id. */
    private final Map<Integer, byte[]> mine = new LinkedHashMap<>();

    private int nextId;
    private boolean reading = true;
    private boolean stopped;

    /** An agent that is not on the bus yet; {@code events} hears of everything on {@code loop}. */
    public IvyMesh(Loop loop, IvyOptions options, IvyEvents events) {
        this.loop = loop;
        this.options = options;
        this.events = events;
        this.codec = new IvyCodec(options.limits());
        NetLimits net = NetLimits.defaults();
        this.netLimits = net.withMaxLineBytes(options.limits().maxLineBytes())
                .withTimeouts(net.handshakeTimeout(), options.limits().connectTimeout(), net.closeTimeout());
        this.presence = new Presence(this, loop, options, netLimits);
        this.newcomers = new Newcomers(this, options);
        this.beacons = new Beacons(this, loop, options, newcomers);
    }

    /**
     * Joins the bus: listens, then says one hello to each network and each seed. To a seed it is repeated for as long as
     * nobody from there is connected: what listens there may start after us. Once only.
     *
     * @throws io.hawser.net.CannotListenException if a port cannot be bound
     */
    public void start() {
        presence.begin(newcomers);
        beacons.begin();
    }

    /** Says goodbye to everybody and leaves the bus; returns when both ports are free. Nothing is told any more. */
    public void stop() {
        CompletableFuture<Void> saidGoodbye = new CompletableFuture<>();
        loop.execute(() -> {
            stopped = true;
            links.forEach(link -> link.bye(""));
            links.clear();
            peers.clear();
            saidGoodbye.complete(null);
        });
        saidGoodbye.join();
        beacons.end();
        presence.end();
    }

    /** Where we accept connections; 0 before the start. Callable from any thread. */
    public int port() {
        return address().getPort();
    }

    /** Where we accept connections; port 0 before the start. Callable from any thread. */
    public InetSocketAddress address() {
        return presence.address();
    }

    /** How often {@code what} has happened. Callable from any thread. */
    public long count(IvyCount what) {
        return counters.get(what);
    }

    /** Everybody who is ready, in the order of joining. */
    public List<IvyPeer> peers() {
        return List.copyOf(peers.values());
    }

    /**
     * Asks everybody, newcomers too, for the texts that match {@code regexp}.
     *
     * @return our id of the subscription; ids are never used again
     * @throws IllegalArgumentException if {@code regexp} holds LF or NUL, or is too long
     */
    public int bind(String regexp) {
        byte[] line = subscription(nextId, regexp);
        mine.put(nextId, line);
        tellAll(line);
        return nextId++;
    }

    /**
     * Puts another subscription in the place of {@code id}. Both frames travel together, and the id is a new one: ivy-c and
     * ivy-python keep the former regexp when an id comes again ({@code specs/ivy.md} 1.9).
     *
     * @return the new id
     * @throws IllegalArgumentException as {@link #bind}; nothing has changed then
     */
    public int rebind(int id, String regexp) {
        byte[] line = subscription(nextId, regexp);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.writeBytes(write(new IvyFrame.Unsubscribe(id)));
        lines.writeBytes(line);
        mine.remove(id);
        mine.put(nextId, line);
        tellAll(lines.toByteArray());
        return nextId++;
    }

    /** Takes a subscription back. False if there is none with that id. */
    public boolean unbind(int id) {
        if (mine.remove(id) == null) {
            return false;
        }
        tellAll(write(new IvyFrame.Unsubscribe(id)));
        return true;
    }

    /** Stops or resumes reading from everybody, who then feel it through TCP. */
    public void reading(boolean on) {
        reading = on;
        for (PeerLink link : links) {
            link.reading(on && !isSpare(link));
        }
    }

    // ---- what links and newcomers ask

    IvyLimits limits() {
        return options.limits();
    }

    IvyCodec codec() {
        return codec;
    }

    IvyEvents events() {
        return events;
    }

    /** Counts {@code what} once more. Callable from any thread. */
    public void tally(IvyCount what) {
        counters.add(what);
    }

    void noteTrouble(String who, String reason) {
        LOG.debug("ivy[{}] cannot take something from {}: {}", options.name(), who, reason);
    }

    void later(Duration delay, Runnable task) {
        loop.schedule(delay, task);
    }

    /** The line of a frame that a caller wants to send. */
    byte[] write(IvyFrame frame) {
        try {
            return codec.write(frame);
        } catch (ProtocolException e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
    }

    /** All that we say when a connection opens, on both roles and without waiting. */
    byte[] handshake() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.writeBytes(write(new IvyFrame.PeerId(port(), options.name())));
        mine.values().forEach(lines::writeBytes);
        lines.writeBytes(write(new IvyFrame.EndOfSubscriptions()));
        return lines.toByteArray();
    }

    /** True if the agent that said {@code hello} from {@code address} is connected, or on its way to be. */
    boolean knows(InetSocketAddress address, IvyHello hello) {
        return links.stream().anyMatch(link -> link.leadsTo(address) || link.isAgent(hello));
    }

    /** The agent that is ready at {@code address}, or is known to be the one that said {@code hello}. */
    Optional<IvyPeer> peer(InetSocketAddress address, IvyHello hello) {
        return Optional.ofNullable(peers.get(address)).or(() -> peers.values().stream()
                .filter(peer -> peer.link().isAgent(hello))
                .findFirst());
    }

    /** Goodbye was said, by {@code peer} or to it. */
    void parted(IvyPeer peer) {
        newcomers.parted(peer);
    }

    /** True if somebody at {@code host} is connected, or on the way to be. */
    boolean knowsSomebodyAt(InetAddress host) {
        return links.stream().anyMatch(link -> link.identity().getAddress().equals(host));
    }

    boolean stopped() {
        return stopped;
    }

    /** True if there are as many connections as the limits allow. */
    boolean isFull() {
        return links.size() >= limits().maxPeers();
    }

    void connect(PeerLink link, InetSocketAddress address) {
        if (!stopped) {
            links.add(link);
            LineClient.connect(loop, address, netLimits, link);
        }
    }

    /** Takes a connection that has just opened into the mesh, if there is room. */
    boolean accepts(PeerLink link) {
        if (link.hello().isPresent()) {
            newcomers.reached(link);
        } else if (isFull()) {
            tally(IvyCount.REFUSED);
            return false;
        }
        links.add(link);
        link.reading(reading);
        return !stopped;
    }

    /** {@code link} has completed its handshake. */
    void ready(PeerLink link) {
        Optional<IvyPeer> known = known(link);
        if (known.isPresent()) {
            second(known.get(), link);
            return;
        }
        IvyPeer peer = new IvyPeer(this, link);
        peers.put(peer.address(), peer);
        link.belongsTo(peer);
        LOG.debug("ivy[{}] {} joined", options.name(), peer);
        events.joined(peer);
        tellSubscriptions(peer);
        events.ready(peer);
    }

    /** {@code link} has ended, or is about to. */
    void gone(PeerLink link, String reason) {
        links.remove(link);
        if (stopped) {
            return;
        }
        IvyPeer peer = link.peer();
        if (peer == null) {
            link.hello()
                    .filter(hello -> !link.opened())
                    .ifPresent(hello -> newcomers.failed(link.identity(), hello, reason));
        } else if (peer.spare() == link) {
            peer.dropSpare();
        } else if (peer.link() == link && peers.get(peer.address()) == peer) {
            lost(peer, reason);
        }
    }

    // ---- inside

    private byte[] subscription(int id, String regexp) {
        if (regexp.length() > options.limits().maxRegexpChars()) {
            throw new IllegalArgumentException(
                    "the regexp is longer than " + options.limits().maxRegexpChars() + " characters");
        }
        return write(new IvyFrame.Subscribe(id, regexp));
    }

    private void tellAll(byte[] line) {
        // A link that is too slow even for this leaves the set while it is walked.
        List.copyOf(links).forEach(link -> link.sendState(line));
    }

    /**
     * Whom {@code link} leads to, if he is there already. On a bus of several networks an original of our own machine hears us
     * from several addresses, and connects from several.
     */
    private Optional<IvyPeer> known(PeerLink link) {
        InetSocketAddress address = link.identity();
        return Optional.ofNullable(peers.get(address)).or(() -> peers.values().stream()
                .filter(peer -> peer.address().getPort() == address.getPort()
                        && peer.name().equals(link.name())
                        && Beacons.isOurMachine(peer.address().getAddress())
                        && Beacons.isOurMachine(address.getAddress()))
                .findFirst());
    }

    private void second(IvyPeer known, PeerLink link) {
        tally(IvyCount.DUPLICATES);
        PeerLink first = known.link();
        boolean crossed = first.hello().isPresent() != link.hello().isPresent();
        boolean theyChoose = first.hello()
                .or(link::hello)
                .map(IvyHello::id)
                .filter(id -> options.id().compareTo(id) < 0)
                .isPresent();
        // ivy-java may have chosen too, and by another rule.
        boolean fromElsewhere = !link.identity().equals(known.address());
        if (known.spare() != null || !(fromElsewhere || (crossed && theyChoose))) {
            links.remove(link);
            link.hangUp();
            return;
        }
        link.belongsTo(known);
        link.reading(false);
        known.keepSpare(link);
        later(SPARE_TIME, () -> {
            if (known.spare() == link) {
                known.dropSpare();
                links.remove(link);
                link.hangUp();
            }
        });
    }

    private void lost(IvyPeer peer, String reason) {
        PeerLink before = peer.link();
        PeerLink spare = peer.spare();
        if (spare == null || spare.over()) {
            peers.remove(peer.address());
            String why = peer.farewell(reason);
            LOG.debug("ivy[{}] {} left: {}", options.name(), peer, why);
            events.left(peer, why);
            return;
        }
        peer.moveTo(spare, reason);
        before.subscriptions().keySet().forEach(id -> events.unsubscribed(peer, id));
        tellSubscriptions(peer);
        spare.reading(reading);
        if (peer.writable()) {
            events.writable(peer);
        }
    }

    private void tellSubscriptions(IvyPeer peer) {
        // What is told may change them, so a copy is walked; in the order in which they came.
        new LinkedHashMap<>(peer.subscriptions()).forEach((id, regexp) -> events.subscribed(peer, id, regexp));
    }

    private static boolean isSpare(PeerLink link) {
        IvyPeer peer = link.peer();
        return peer != null && peer.spare() == link;
    }
}

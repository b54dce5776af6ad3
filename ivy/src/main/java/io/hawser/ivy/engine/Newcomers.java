package io.hawser.ivy.engine;

import io.hawser.ivy.wire.IvyHello;
import io.hawser.ivy.wire.IvyLimits;
import io.hawser.ivy.wire.ProtocolException;
import io.hawser.net.Datagrams;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the hellos on the bus and connects to those who said them. No datagram, whatever is in it, does more than count.
 * All state belongs to the mesh's loop.
 */
final class Newcomers implements Datagrams.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Newcomers.class);
    /** How many sources of bad datagrams are told apart in the log; the rest is only counted. */
    private static final int MAX_LOGGED_SOURCES = 64;

    /** Long enough for one beacon to arrive from each network that it was sent to. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final IvyMesh mesh;
    private final IvyOptions options;
    private final IvyLimits limits;
    /** Attempts so far, of newcomers that wait for the next one or are being tried. */
    private final Map<InetSocketAddress, Integer> attempts = new HashMap<>();

    /** Agents of ours that were seen and are met in a moment. */
    private final Set<InetSocketAddress> waiting = new HashSet<>();
    /** Agents that goodbye was said to or by, with their ids as far as known; the oldest first. */
    private final Map<InetSocketAddress, String> parted = new LinkedHashMap<>();

    private final Set<InetAddress> logged = new HashSet<>();

    Newcomers(IvyMesh mesh, IvyOptions options) {
        this.mesh = mesh;
        this.options = options;
        this.limits = options.limits();
    }

    @Override
    public void received(InetSocketAddress from, byte[] payload) {
        if (!options.welcomes(from.getAddress())) {
            mesh.tally(IvyCount.FOREIGN_HELLOS);
            return;
        }
        List<IvyHello> hellos;
        try {
            hellos = IvyHello.read(payload, limits);
        } catch (ProtocolException e) {
            mesh.tally(IvyCount.BAD_HELLOS);
            if (logged.size() < MAX_LOGGED_SOURCES && logged.add(from.getAddress())) {
                LOG.warn(
                        "ivy[{}] ignored a datagram from {}: {}; further ones from there are only counted",
                        options.name(),
                        from.getAddress().getHostAddress(),
                        e.reason());
            }
            return;
        }
        for (IvyHello hello : hellos) {
            InetSocketAddress address = new InetSocketAddress(from.getAddress(), hello.port());
            parted.remove(address);
            heard(address, hello);
        }
    }

    /**
     * An agent of ours is at {@code address}, which may be one that we know from elsewhere: it is met a moment later, unless
     * it turns out till then that we do.
     */
    void seen(InetSocketAddress address, IvyHello hello) {
        if (isParted(address, hello) || waiting.size() >= limits.maxPeers() || !waiting.add(address)) {
            return;
        }
        mesh.later(MOMENT, () -> {
            waiting.remove(address);
            heard(address, hello);
        });
    }

    /** Goodbye was said, by {@code peer} or to it: no beacon leads back to it, only a hello does. */
    void parted(IvyPeer peer) {
        if (parted.size() >= limits.maxPeers()) {
            parted.remove(parted.keySet().iterator().next());
        }
        parted.put(peer.address(), peer.id());
    }

    /** The connection to a newcomer is open: its next hello, should it restart, counts afresh. */
    void reached(PeerLink link) {
        attempts.remove(link.identity());
    }

    /** An attempt to reach a newcomer has failed. */
    void failed(InetSocketAddress address, IvyHello hello, String reason) {
        int attempt = attempts.getOrDefault(address, limits.connectAttempts());
        if (attempt >= limits.connectAttempts()) {
            attempts.remove(address);
            mesh.tally(IvyCount.UNREACHABLE);
            logUnreachable(PeerLink.show(address, hello.name()), reason);
            return;
        }
        mesh.later(limits.connectPause().multipliedBy(1L << (attempt - 1)), () -> attempt(address, hello));
    }

    /** The first, then each time their number has doubled: a flood of hellos that lead nowhere does not fill the log. */
    private void logUnreachable(String who, String reason) {
        long count = mesh.count(IvyCount.UNREACHABLE);
        if (Long.bitCount(count) == 1) {
            LOG.warn("ivy[{}] cannot reach {}: {} (unreachable so far: {})", options.name(), who, reason, count);
        }
    }

    private void heard(InetSocketAddress address, IvyHello hello) {
        if (isOwn(address, hello) || attempts.containsKey(address) || mesh.knows(address, hello)) {
            return;
        }
        if (mesh.isFull() || attempts.size() >= limits.maxPeers()) {
            mesh.tally(IvyCount.REFUSED);
            return;
        }
        attempt(address, hello);
    }

    private void attempt(InetSocketAddress address, IvyHello hello) {
        if (mesh.knows(address, hello)) {
            attempts.remove(address);
            return;
        }
        attempts.merge(address, 1, Integer::sum);
        mesh.connect(new PeerLink(mesh, hello, address), address);
    }

    /** Another agent may be there by now, which has another id. */
    private boolean isParted(InetSocketAddress address, IvyHello hello) {
        String id = parted.get(address);
        return id != null && (id.isEmpty() || id.equals(hello.id()));
    }

    /** An agent that hears itself must not connect to itself, even if its id was garbled ({@code specs/ivy.md} D-31). */
    private boolean isOwn(InetSocketAddress address, IvyHello hello) {
        return hello.id().equals(options.id())
                || (hello.port() == mesh.port() && address.getAddress().isLoopbackAddress());
    }
}

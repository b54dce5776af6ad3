package io.hawser.ivy.engine;

import io.hawser.ivy.wire.IvyBeacon;
import io.hawser.ivy.wire.IvyHello;
import io.hawser.ivy.wire.ProtocolException;
import io.hawser.net.CannotListenException;
import io.hawser.net.Datagrams;
import io.hawser.net.Loop;
import io.hawser.net.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps agents of ours together. A hello is said once, and who misses it misses its agent for ever ({@code specs/ivy.md} 1.1);
 * saying it again would make ivy-c and node-ivy connect again (1.8). So each of ours says a beacon every few seconds, on a port
 * that no original listens to, and whoever of ours does not know the agent connects to it.
 *
 * <p>A beacon to a seed reaches one agent of that machine; it tells the others there. What is told of a third is believed only
 * from our own machine. One of ours whose beacons and lines have stopped is asked for a sign of life, and cut off if there is
 * none: when it is back it is met again.
 *
 * <p>{@link #begin} and {@link #end} belong to the caller of the mesh's start and stop, and wait; the rest to the loop.
 */
final class Beacons implements Datagrams.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Beacons.class);
    /** So many beacons may be missing before an agent is asked, and twice as many before it is cut off. */
    private static final int PATIENCE = 4;
    /** No composer asks under this number. */
    private static final int SIGN_OF_LIFE = 0;

    private final IvyMesh mesh;
    private final Loop loop;
    private final IvyOptions options;
    private final Newcomers newcomers;
    private volatile @Nullable Datagrams socket;

    Beacons(IvyMesh mesh, Loop loop, IvyOptions options, Newcomers newcomers) {
        this.mesh = mesh;
        this.loop = loop;
        this.options = options;
        this.newcomers = newcomers;
    }

    /** Without the port an agent is as good as the originals; it says so and goes on. */
    void begin() {
        if (options.beaconPort() == 0) {
            return;
        }
        try {
            Datagrams bound = UdpSocket.bind(loop, new InetSocketAddress(options.beaconPort()), this);
            socket = bound;
            options.domain().networks().stream()
                    .map(InetSocketAddress::getAddress)
                    .filter(InetAddress::isMulticastAddress)
                    .distinct()
                    .forEach(group -> bound.join(group, options.bindAddress()));
            loop.execute(() -> tick(bound));
        } catch (CannotListenException e) {
            LOG.warn("ivy[{}] hears and says no beacons: {}", options.name(), e.getMessage());
        }
    }

    void end() {
        Datagrams ours = socket;
        if (ours != null) {
            ours.close();
        }
    }

    /** Whom a seed's beacon reaches is chance, so it is passed on whatever the bus, even by an agent that is not to meet it. */
    @Override
    public void received(InetSocketAddress from, byte[] payload) {
        try {
            IvyBeacon beacon = IvyBeacon.read(payload, mesh.limits());
            Datagrams ours = socket;
            if (beacon.passOn() && ours != null) {
                byte[] told = beacon.toldOf(from.getAddress()).write();
                options.domain().networks().forEach(network -> say(ours, network, told));
            }
            if (!options.welcomes(from.getAddress())) {
                mesh.tally(IvyCount.FOREIGN_HELLOS);
            } else if (options.domain().ports().contains(beacon.bus())
                    && !beacon.agent().id().equals(options.id())) {
                heard(from.getAddress(), beacon);
            }
        } catch (ProtocolException e) {
            mesh.tally(IvyCount.BAD_BEACONS);
        }
    }

    private void heard(InetAddress from, IvyBeacon beacon) {
        InetAddress place = beacon.at().orElse(from);
        if (beacon.at().isPresent() && !(isOurMachine(from) && options.welcomes(place))) {
            return;
        }
        IvyHello agent = beacon.agent();
        InetSocketAddress address = new InetSocketAddress(place, agent.port());
        Optional<IvyPeer> known = mesh.peer(address, agent);
        known.ifPresent(peer -> peer.beaconed(agent.id()));
        if (known.isEmpty()) {
            newcomers.seen(address, agent);
        }
    }

    private void tick(Datagrams bound) {
        if (mesh.stopped()) {
            return;
        }
        IvyHello ourselves = new IvyHello(mesh.port(), options.id(), options.name());
        for (InetSocketAddress network : options.domain().networks()) {
            say(bound, network, new IvyBeacon(network.getPort(), ourselves, false, Optional.empty()).write());
        }
        for (InetSocketAddress seed : options.seeds()) {
            say(bound, seed, new IvyBeacon(seed.getPort(), ourselves, true, Optional.empty()).write());
        }
        mesh.peers().forEach(Beacons::expectSign);
        mesh.later(mesh.limits().beaconPause(), () -> tick(bound));
    }

    private void say(Datagrams bound, InetSocketAddress to, byte[] beacon) {
        bound.send(new InetSocketAddress(to.getAddress(), options.beaconPort()), beacon);
    }

    private static void expectSign(IvyPeer peer) {
        int silence = peer.silentAgain();
        if (silence >= 2 * PATIENCE) {
            peer.cut("nothing was heard of it any more");
        } else if (silence == PATIENCE) {
            peer.ping(SIGN_OF_LIFE);
        }
    }

    /** True if {@code address} is one of this machine's. */
    static boolean isOurMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}

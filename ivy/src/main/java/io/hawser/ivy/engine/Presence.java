package io.hawser.ivy.engine;

import io.hawser.ivy.wire.IvyHello;
import io.hawser.net.CannotListenException;
import io.hawser.net.Datagrams;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.UdpSocket;
import io.hawser.net.line.LineServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How others find us: the port that accepts connections, the socket that all agents of a machine share, and our hello. A
 * network hears it once, because ivy-c and node-ivy open a connection for each; a seed hears it for as long as nobody from
 * there is connected, because what listens there may start after us ({@code specs/ivy.md} 1.8 and 8.9).
 *
 * <p>{@link #begin} and {@link #end} belong to the caller of the mesh's start and stop, and wait; the rest to the loop.
 */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final IvyMesh mesh;
    private final Loop loop;
    private final IvyOptions options;
    private final NetLimits limits;
    private @Nullable Listener accepting;
    /** One socket a port of the bus, in the order of the ports. */
    private final Map<Integer, Datagrams> bus = new LinkedHashMap<>();

    private volatile InetSocketAddress address = new InetSocketAddress(0);

    Presence(IvyMesh mesh, Loop loop, IvyOptions options, NetLimits limits) {
        this.mesh = mesh;
        this.loop = loop;
        this.options = options;
        this.limits = limits;
    }

    /** Where we accept connections; port 0 before the beginning. Callable from any thread. */
    InetSocketAddress address() {
        return address;
    }

    void begin(Datagrams.Handler newcomers) {
        Listener listener = listen();
        address = listener.address();
        accepting = listener;
        try {
            options.domain().ports().forEach(port -> bus.put(port, meetingPlace(port, newcomers)));
        } catch (RuntimeException e) {
            end();
            throw e;
        }
        byte[] hello = new IvyHello(address.getPort(), options.id(), options.name()).write();
        options.domain().networks().forEach(network -> say(hello, network));
        if (!options.seeds().isEmpty()) {
            loop.execute(() -> greetSeeds(hello));
        }
    }

    void end() {
        bus.values().forEach(Datagrams::close);
        if (accepting != null) {
            accepting.close();
        }
    }

    private void say(byte[] hello, InetSocketAddress network) {
        Objects.requireNonNull(bus.get(network.getPort())).send(network, hello);
    }

    private Listener listen() {
        PortRange ports = options.ports();
        for (int next = ports.first(); next < ports.last(); next++) {
            try {
                return listen(next);
            } catch (CannotListenException taken) {
                LOG.debug("ivy[{}] tries the next port: {}", options.name(), taken.getMessage());
            }
        }
        return listen(ports.last());
    }

    private Listener listen(int port) {
        return LineServer.bind(loop, options.listenAddress(port), limits, () -> new PeerLink(mesh));
    }

    /** The socket that all agents of a machine share; it hears the multicast groups among the networks of its port. */
    private Datagrams meetingPlace(int port, Datagrams.Handler newcomers) {
        Datagrams socket = UdpSocket.bind(loop, new InetSocketAddress(port), newcomers);
        try {
            options.domain().networks().stream()
                    .filter(network -> network.getPort() == port)
                    .map(InetSocketAddress::getAddress)
                    .filter(InetAddress::isMulticastAddress)
                    .forEach(group -> socket.join(group, options.bindAddress()));
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void greetSeeds(byte[] hello) {
        if (mesh.stopped()) {
            return;
        }
        Datagrams socket = bus.values().iterator().next();
        for (InetSocketAddress seed : options.seeds()) {
            if (!mesh.knowsSomebodyAt(seed.getAddress())) {
                socket.send(seed, hello);
            }
        }
        mesh.later(mesh.limits().seedPause(), () -> greetSeeds(hello));
    }
}

package io.hawser.clever;

import io.hawser.clever.engine.CleverDoor;
import io.hawser.clever.engine.CleverParty;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes peers that come by themselves: copters, for example. Each is a {@link CleverPeer} that
 * {@link CleverListener#connected} tells. Callable from any thread.
 */
public final class CleverServer implements AutoCloseable {
    private final CleverOptions options;
    private final Loop loop;
    private final Map<InetAddress, CleverPeer> kept = new ConcurrentHashMap<>();
    private final Set<CleverPeer> peers = ConcurrentHashMap.newKeySet();
    private final Listener listener;

    private CleverServer(InetSocketAddress at, CleverOptions options) {
        this.options = options;
        this.loop = Threads.loop();
        this.listener = CleverDoor.open(loop, at, remote -> Optional.of(host(remote)));
    }

    /**
     * Listens at {@code address}: {@code host} or {@code host:port}, where port 0 is any that is free. All peers have
     * {@code options}.
     *
     * @throws IllegalArgumentException if it is no address
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public static CleverServer listen(String address, CleverOptions options) {
        InetSocketAddress at = CleverAddress.parse(address);
        options.sweep();
        return new CleverServer(new InetSocketAddress(at.getHostString(), at.getPort()), options);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** All peers that are there, and those that are kept. A copy. */
    public List<CleverPeer> peers() {
        return List.copyOf(peers);
    }

    /** Stops listening and ends all peers. Returns when the port is free; not in a callback of an executor that is the loop. */
    @Override
    public void close() {
        peers.forEach(CleverPeer::close);
        listener.close();
    }

    private CleverParty host(InetSocketAddress remote) {
        if (!options.keepsPeers()) {
            return add(new CleverPeer(options, loop, peers::remove)).party();
        }
        return kept.computeIfAbsent(remote.getAddress(), address -> {
                    CleverPeer peer = add(new CleverPeer(options, loop, ended -> {
                        peers.remove(ended);
                        kept.remove(address, ended);
                    }));
                    peer.party().keep();
                    return peer;
                })
                .party();
    }

    private CleverPeer add(CleverPeer peer) {
        peers.add(peer);
        return peer;
    }
}

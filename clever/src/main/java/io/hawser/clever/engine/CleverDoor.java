package io.hawser.clever.engine;

import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.length.LengthConnection;
import io.hawser.net.length.LengthServer;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/** Where peers come in. */
public final class CleverDoor {
    private CleverDoor() {}

    /**
     * Listens at {@code at}; {@code host} is asked on {@code loop} to whom a connection belongs, nobody's is dropped. Not for a
     * loop.
     *
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public static Listener open(
            Loop loop, InetSocketAddress at, Function<InetSocketAddress, Optional<CleverParty>> host) {
        Function<LengthConnection, Optional<CleverParty>> owner = connection -> host.apply(connection.remote());
        return LengthServer.bind(loop, at, Dialer.limits(NetLimits.defaults()), () -> new CleverLink(owner));
    }
}

package io.hawser.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** One bound UDP socket that also sends. */
public interface Datagrams extends Listener {
    /**
     * Sends {@code payload} from this socket to {@code to}; broadcast addresses are allowed, and an empty payload sends
     * nothing. Callable from any thread.
     */
    void send(InetSocketAddress to, byte[] payload);

    /**
     * Hears what is sent to the multicast {@code group} too. Not for a loop.
     *
     * @param via the address of the interface to hear it on, and to send to groups from; empty: hears it on all that are up
     *     and know multicast, and the system chooses where to send
     * @throws CannotListenException if there is no such interface, or the group cannot be joined on it
     */
    void join(InetAddress group, Optional<InetAddress> via);

    /** Hears what comes in. Called on the socket's loop; whatever it throws is logged and the socket lives on. */
    @FunctionalInterface
    interface Handler {
        /** One datagram; empty ones are told too. */
        void received(InetSocketAddress from, byte[] payload);
    }
}

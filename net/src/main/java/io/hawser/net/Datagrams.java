package io.hawser.net;

import java.net.InetSocketAddress;

/** One bound UDP socket that also sends. */
public interface Datagrams extends Listener {
    /**
     * Sends {@code payload} from this socket to {@code to}; broadcast addresses are allowed, and an empty payload sends
     * nothing. Callable from any thread.
     */
    void send(InetSocketAddress to, byte[] payload);

    /** Hears what comes in. Called on the socket's loop; whatever it throws is logged and the socket lives on. */
    @FunctionalInterface
    interface Handler {
        /** One datagram; empty ones are told too. */
        void received(InetSocketAddress from, byte[] payload);
    }
}

package io.hawser.ivy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of one machine that loses datagrams: agents that join {@link #domain} send here, and what is not lost goes on to
 * the agents of the port.
 */
final class LossyNetwork implements AutoCloseable {
    /** Of loopback, and nobody's broadcast address. */
    private static final String ADDRESS = "127.0.0.9";

    private final int port;
    private final DatagramSocket socket;
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();

    LossyNetwork(int port) throws IOException {
        this.port = port;
        this.socket = new DatagramSocket(null);
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(ADDRESS, port));
        new Thread(this::carry, "lossy-network").start();
    }

    String domain() {
        return ADDRESS + ":" + port;
    }

    /** Loses the next {@code count} datagrams. */
    void lose(int count) {
        toLose.set(count);
    }

    int lost() {
        return lost.get();
    }

    /** How many came in, those that were lost too. */
    int heard() {
        return heard.get();
    }

    private void carry() {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        while (receives(packet)) {
            heard.incrementAndGet();
            if (toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                lost.incrementAndGet();
            } else {
                pass(packet);
            }
        }
    }

    private boolean receives(DatagramPacket packet) {
        try {
            packet.setData(new byte[2_048]);
            socket.receive(packet);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** From another socket: where it comes from is where the agent is taken to be. */
    private void pass(DatagramPacket packet) {
        try (DatagramSocket out = new DatagramSocket()) {
            out.setBroadcast(true);
            packet.setSocketAddress(new InetSocketAddress("127.255.255.255", port));
            out.send(packet);
        } catch (IOException closed) {
            lost.incrementAndGet();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}

package io.hawser.app.demo;

import io.hawser.clever.CleverOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Some copters that connect to one ground station. To one on loopback each comes from an address of its own, from 127.0.0.2 on: the
 * original keeps one copter for each address ({@code specs/clever.md} 2.2).
 */
public final class DemoFleet implements AutoCloseable {
    private final List<SimulatedCopter> copters = new ArrayList<>();
    private final boolean apart;

    /**
     * Starts them; they connect when the server is there.
     *
     * @param server {@code host:port} of a ground station, ours or an original
     * @param watch hears what they do, on a thread of each
     */
    public DemoFleet(int count, String server, InstantSource clock, CopterWatch watch) {
        apart = server.matches("127[.][0-9.]+(:[0-9]+)?") && isOurs(loopback(1));
        for (int number = 1; number <= count; number++) {
            CleverOptions options =
                    apart ? CleverOptions.defaults().connectFrom(loopback(number)) : CleverOptions.defaults();
            copters.add(new SimulatedCopter(id(number), number, server, options, clock, watch));
        }
    }

    /** What the copter with that number, from 1 on, calls itself. */
    static String id(int number) {
        return "copter-" + number;
    }

    /** How many there are. */
    public int size() {
        return copters.size();
    }

    /** True if each comes from an address of its own; false if all come from one. */
    public boolean apart() {
        return apart;
    }

    /** The first copter's is 127.0.0.2, as 127.0.0.1 is everybody's. */
    private static InetAddress loopback(int number) {
        int last = number + 1;
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, (byte) (last >> 8), (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Linux has all of 127.0.0.0/8; others have 127.0.0.1 alone unless told. */
    private static boolean isOurs(InetAddress address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException no) {
            return false;
        }
    }

    @Override
    public void close() {
        copters.forEach(SimulatedCopter::close);
    }
}

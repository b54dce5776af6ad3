package io.hawser.clever;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.Optional;

/** Where others can reach this machine. Callable from any thread. */
public final class CleverHost {
    /** Nothing is sent there: it only makes the system choose an interface. */
    private static final byte[] FAR_AWAY = {8, 8, 8, 8};

    private static final int ANY_PORT = 80;

    private CleverHost() {}

    /**
     * The IPv4 address that others can reach this machine at: that of the way out, if there is none that of an interface which
     * is up (there the original says {@code localhost}, and nobody can connect, {@code specs/clever.md} 2.1), else
     * {@code localhost}.
     */
    public static String address() {
        return wayOut().or(CleverHost::anyInterface)
                .map(InetAddress::getHostAddress)
                .orElse("localhost");
    }

    private static Optional<InetAddress> wayOut() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(FAR_AWAY), ANY_PORT));
            return Optional.of(socket.getLocalAddress()).filter(CleverHost::usable);
        } catch (IOException | java.io.UncheckedIOException noWay) {
            return Optional.empty();
        }
    }

    static Optional<InetAddress> anyInterface() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(CleverHost::isUp)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(CleverHost::usable)
                    .findFirst();
        } catch (SocketException unknown) {
            return Optional.empty();
        }
    }

    private static boolean isUp(NetworkInterface one) {
        try {
            return one.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    private static boolean usable(InetAddress address) {
        return address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isAnyLocalAddress();
    }
}

package io.hawser.ivy.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which networks a bus spans ({@code specs/ivy.md} 1.12): {@code [network[,network...]][:port]}, where a network is one to
 * four bytes with dots and missing bytes are 255. All networks share the port, which each may repeat, as
 * ivy-java writes it.
 *
 * @param networks broadcast or multicast addresses of IPv4, at least one
 * @param port where every agent of the bus hears hellos, 1 to 65535
 */
public record IvyDomain(List<InetAddress> networks, int port) {
    /** The port when none is named. */
    public static final int DEFAULT_PORT = 2010;
    /** The bus when none is named: this machine. */
    public static final IvyDomain DEFAULT = parse("127:" + DEFAULT_PORT);

    /** A domain with a copy of {@code networks}. */
    public IvyDomain {
        networks = List.copyOf(networks);
        if (networks.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("an Ivy domain needs a network and a port from 1 to 65535");
        }
    }

    /**
     * Reads a domain; the empty text is {@link #DEFAULT}.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public static IvyDomain parse(String text) {
        int colon = text.lastIndexOf(':');
        String networks = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? DEFAULT_PORT : port(text, text.substring(colon + 1));
        List<InetAddress> addresses = new ArrayList<>();
        for (String network : (networks.isEmpty() ? "127" : networks).split(",", -1)) {
            int own = network.indexOf(':');
            if (own >= 0 && port(text, network.substring(own + 1)) != port) {
                throw wrong(text, "all networks share one port");
            }
            addresses.add(network(text, own < 0 ? network : network.substring(0, own)));
        }
        return new IvyDomain(addresses, port);
    }

    /** True if the bus does not leave this machine. */
    public boolean loopback() {
        return networks.stream().allMatch(InetAddress::isLoopbackAddress);
    }

    /** The form that {@link #parse} reads, with all four bytes of each network. */
    @Override
    public String toString() {
        return networks.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(",", "", ":" + port));
    }

    private static int port(String text, String port) {
        int number = decimal(port, 65_535);
        if (number < 1) {
            throw wrong(text, "the port must be 1 to 65535");
        }
        return number;
    }

    private static InetAddress network(String text, String network) {
        String dotted = network.endsWith(".") ? network.substring(0, network.length() - 1) : network;
        String[] parts = dotted.split("\\.", -1);
        if (parts.length > 4) {
            throw wrong(text, "the network '" + network + "' has more than four bytes");
        }
        byte[] address = {-1, -1, -1, -1};
        for (int i = 0; i < parts.length; i++) {
            int value = decimal(parts[i], 255);
            if (value < 0) {
                throw wrong(text, "the network '" + network + "' must be bytes from 0 to 255 with dots");
            }
            address[i] = (byte) value;
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** The number that {@code digits} say, -1 if there is something else or it is above {@code max}. */
    private static int decimal(String digits, int max) {
        int value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length() && value >= 0; i++) {
            char c = digits.charAt(i);
            value = c >= '0' && c <= '9' ? value * 10 + c - '0' : -1;
            value = value > max ? -1 : value;
        }
        return value;
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("the Ivy domain '" + text + "' is wrong: " + why
                + "; expected for example '127.255.255.255:2010' or '192.168:2010'");
    }
}

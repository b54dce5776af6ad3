package io.hawser.ivy.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which networks a bus spans ({@code specs/ivy.md} 1.12): {@code network[:port][,network[:port]...]}, where a network is one
 * to four bytes with dots and missing bytes are 255. A network without a port has that of the next one to its right, the last
 * one {@link #DEFAULT_PORT}: so ivy-java reads it, and ivy-c's one port for all at the end is a case of it.
 *
 * @param networks broadcast or multicast addresses of IPv4, at least one; every agent of the bus hears hellos on their ports
 */
public record IvyDomain(List<InetSocketAddress> networks) {
    /** The port when none is named. */
    public static final int DEFAULT_PORT = 2010;
    /** The bus when none is named: this machine. */
    public static final IvyDomain DEFAULT = parse("127:" + DEFAULT_PORT);

    /** A domain with a copy of {@code networks}. */
    public IvyDomain {
        networks = List.copyOf(networks);
        if (networks.isEmpty() || networks.stream().anyMatch(network -> network.getPort() < 1)) {
            throw new IllegalArgumentException("an Ivy domain needs a network and a port from 1 to 65535");
        }
    }

    /**
     * Reads a domain; the empty text is {@link #DEFAULT}.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public static IvyDomain parse(String text) {
        Deque<InetSocketAddress> networks = new ArrayDeque<>();
        String[] entries = text.split(",", -1);
        int port = DEFAULT_PORT;
        for (int i = entries.length - 1; i >= 0; i--) {
            int colon = entries[i].indexOf(':');
            String network = colon < 0 ? entries[i] : entries[i].substring(0, colon);
            port = colon < 0 ? port : port(text, entries[i].substring(colon + 1));
            boolean usual = network.isEmpty() && entries.length == 1;
            networks.addFirst(new InetSocketAddress(network(text, usual ? "127" : network), port));
        }
        return new IvyDomain(List.copyOf(networks));
    }

    /** The ports of all networks, each once, in their order. */
    public Set<Integer> ports() {
        return networks.stream().map(InetSocketAddress::getPort).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** True if the bus does not leave this machine. */
    public boolean loopback() {
        return networks.stream().allMatch(network -> network.getAddress().isLoopbackAddress());
    }

    /** The form that {@link #parse} reads, with all four bytes of each network; a port that all share stands at the end. */
    @Override
    public String toString() {
        boolean shared = ports().size() == 1;
        String all = networks.stream()
                .map(network -> network.getAddress().getHostAddress() + (shared ? "" : ":" + network.getPort()))
                .collect(Collectors.joining(","));
        return shared ? all + ":" + networks.get(0).getPort() : all;
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
                + "; expected for example '127.255.255.255:2010' or '127:2010,192.168:2011'");
    }
}

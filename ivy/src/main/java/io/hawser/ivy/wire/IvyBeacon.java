package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an agent of ours says again and again, on a port of its own, so that others of ours find it though its hello was lost:
 *
 * <pre>
 * 0 bus "hawser" ("here" | "tell" | a.b.c.d) 3 port id name LF      bus: the UDP port of the bus that is meant
 * </pre>
 *
 * <p>It ends as a hello does. Should one reach the bus of originals all the same, they log and ignore it: none of them speaks
 * version 0 ({@code specs/ivy.md} 1.2).
 *
 * @param bus 1 to 65535
 * @param agent where it accepts connections and who it is
 * @param passOn it was sent to one machine alone, and asks to be told to the others there
 * @param at where the agent is, told by somebody else on the receiver's machine; empty: where the datagram came from
 */
public record IvyBeacon(int bus, IvyHello agent, boolean passOn, Optional<InetAddress> at) {
    private static final String WORD = "hawser";
    private static final String HERE = "here";
    private static final String TELL = "tell";

    /**
     * Reads a datagram.
     *
     * @throws ProtocolException if it is no beacon
     */
    public static IvyBeacon read(byte[] datagram, IvyLimits limits) throws ProtocolException {
        // The first four words are ASCII, so that bytes and characters before the hello are one to one.
        String[] words = new String(datagram, ISO_8859_1).split(" ", 5);
        if (words.length < 5 || !words[0].equals("0") || !words[2].equals(WORD)) {
            throw ProtocolException.of(ProtocolException.BAD_FORMAT, "not a beacon");
        }
        int hello = datagram.length - words[4].length();
        List<IvyHello> agents = IvyHello.read(Arrays.copyOfRange(datagram, hello, datagram.length), limits);
        if (agents.size() != 1 || agents.get(0).id().isEmpty()) {
            throw ProtocolException.of(ProtocolException.BAD_FORMAT, "a beacon is for one agent with an id");
        }
        boolean passOn = words[3].equals(TELL);
        boolean here = passOn || words[3].equals(HERE);
        return new IvyBeacon(
                IvyHello.port(words[1]),
                agents.get(0),
                passOn,
                here ? Optional.empty() : Optional.of(address(words[3])));
    }

    /** This beacon as one datagram. */
    public byte[] write() {
        String where = at.map(InetAddress::getHostAddress).orElse(passOn ? TELL : HERE);
        String line = "0 " + bus + " " + WORD + " " + where + " " + new String(agent.write(), UTF_8);
        return line.getBytes(UTF_8);
    }

    /** What the others of a machine are told of an agent at {@code place} that asked for it. */
    public IvyBeacon toldOf(InetAddress place) {
        return new IvyBeacon(bus, agent, false, Optional.of(place));
    }

    private static InetAddress address(String dotted) throws ProtocolException {
        if (!dotted.matches("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}")) {
            throw ProtocolException.of(ProtocolException.BAD_FORMAT, "a beacon from nowhere");
        }
        try {
            return InetAddress.getByName(dotted);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}

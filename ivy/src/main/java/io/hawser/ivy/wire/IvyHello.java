package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * What a newcomer tells everybody by datagram: {@code 3 port id name LF} ({@code specs/ivy.md} 1.2). Old forms lack the
 * name, or name and id; both are then empty here.
 *
 * @param port where the newcomer accepts connections, 1 to 65535
 * @param id unique; an agent that hears its own ignores it; printable and without spaces
 * @param name may hold spaces, no control characters
 */
public record IvyHello(int port, String id, String name) {
    private static final String VERSION = "3";

    /** A hello whose parts can be told apart again on the wire. */
    public IvyHello {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " does not exist");
        }
        if (id.indexOf(' ') >= 0 || hasControls(id) || (id.isEmpty() && !name.isEmpty())) {
            throw new IllegalArgumentException("the id '" + id + "' must be printable, without spaces");
        }
        if (hasControls(name) || !name.equals(stripSpaces(name))) {
            throw new IllegalArgumentException("the name must be printable, without spaces at its ends");
        }
    }

    /**
     * Reads a datagram: one hello a line, LF or CRLF after the last one optional.
     *
     * @throws ProtocolException if any line of it is no hello, or there is none
     */
    public static List<IvyHello> read(byte[] datagram, IvyLimits limits) throws ProtocolException {
        if (datagram.length > limits.maxHelloBytes()) {
            throw IvyCodec.overLimit("a hello has " + datagram.length + " bytes", limits.maxHelloBytes());
        }
        List<IvyHello> hellos = new ArrayList<>();
        for (String line : new String(datagram, UTF_8).split("\n", -1)) {
            String hello = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!hello.isEmpty()) {
                hellos.add(readLine(hello, limits));
            }
        }
        if (hellos.isEmpty()) {
            throw bad("an empty datagram");
        }
        return List.copyOf(hellos);
    }

    /** This hello as one datagram, in the form with as many parts as it has. */
    public byte[] write() {
        String line = VERSION + ' ' + port + (id.isEmpty() ? "" : ' ' + id) + (name.isEmpty() ? "" : ' ' + name);
        return (line + '\n').getBytes(UTF_8);
    }

    private static IvyHello readLine(String line, IvyLimits limits) throws ProtocolException {
        if (hasControls(line)) {
            throw bad("control characters in a hello");
        }
        String[] parts = stripSpaces(line).split(" +", 4);
        if (!parts[0].equals(VERSION)) {
            throw bad("a hello must begin with version " + VERSION);
        }
        if (parts.length < 2) {
            throw bad("a hello without a port");
        }
        String id = parts.length > 2 ? parts[2] : "";
        String name = parts.length > 3 ? parts[3] : "";
        if (id.getBytes(UTF_8).length > limits.maxNameBytes() || name.getBytes(UTF_8).length > limits.maxNameBytes()) {
            throw IvyCodec.overLimit("a hello's id or name has more bytes than allowed", limits.maxNameBytes());
        }
        return new IvyHello(port(parts[1]), id, name);
    }

    static int port(String digits) throws ProtocolException {
        int port = 0;
        for (int i = 0; i < digits.length() && port <= 65_535; i++) {
            char c = digits.charAt(i);
            port = c >= '0' && c <= '9' ? port * 10 + c - '0' : Integer.MAX_VALUE;
        }
        if (port < 1 || port > 65_535) {
            throw bad("a port must be 1 to 65535");
        }
        return port;
    }

    private static String stripSpaces(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static ProtocolException bad(String reason) {
        return ProtocolException.of(ProtocolException.BAD_FORMAT, reason);
    }
}

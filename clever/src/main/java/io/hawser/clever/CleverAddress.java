package io.hawser.clever;

import java.net.InetSocketAddress;

/** Addresses as people write them. */
final class CleverAddress {
    private static final int MAX_PORT = 65_535;

    private CleverAddress() {}

    /** {@code host}, {@code host:port} or {@code [ipv6]:port}; a name is not looked up yet. */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean only = colon >= 0 && text.indexOf(':') == colon;
        boolean withPort = only || text.contains("]:");
        String host = (withPort ? text.substring(0, colon) : text).replaceAll("^\\[|]$", "");
        String port = withPort ? text.substring(colon + 1) : String.valueOf(CleverPeer.PORT);
        if (host.isBlank() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw new IllegalArgumentException("a peer's address is host or host:port, not '" + text + "'");
        }
        return InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
    }
}

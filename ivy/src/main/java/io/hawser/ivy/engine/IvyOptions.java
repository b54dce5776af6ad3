package io.hawser.ivy.engine;

import io.hawser.ivy.wire.IvyDomain;
import io.hawser.ivy.wire.IvyHello;
import io.hawser.ivy.wire.IvyLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Who an agent is and where it lives.
 *
 * @param name what others see; not unique, may hold spaces inside, no control characters
 * @param id unique in the whole bus, ASCII without spaces; an agent knows its own hello by it
 * @param domain the bus
 * @param seeds where agents are, or a relay of theirs, that a broadcast does not reach; they are sent our hello alone
 * @param bindAddress where connections are accepted, and the interface of multicasts; empty: on loopback if the domain and
 *     all seeds are there, else on every interface
 * @param ports where connections are accepted, the first that is free
 * @param beaconPort the UDP port on which agents of ours hear beacons, whatever their bus; 0: neither says nor hears any
 * @param limits how much others may ask of us
 */
public record IvyOptions(
        String name,
        String id,
        IvyDomain domain,
        List<InetSocketAddress> seeds,
        Optional<InetAddress> bindAddress,
        PortRange ports,
        int beaconPort,
        IvyLimits limits) {
    /** The port for beacons when none is named. */
    public static final int BEACON_PORT = 20_100;

    /**
     * Checked options.
     *
     * @throws IllegalArgumentException if name or id cannot stand in a hello
     */
    public IvyOptions {
        seeds = List.copyOf(seeds);
        if (name.isEmpty() || id.isEmpty() || id.length() >= 128) {
            throw new IllegalArgumentException("an Ivy agent needs a name, and an id of 1 to 127 characters");
        }
        if (beaconPort < 0 || beaconPort > 65_535) {
            throw new IllegalArgumentException("the beacon port must be 1 to 65535, or 0 for none, not " + beaconPort);
        }
        // The hello's own checks are the ones that matter; the port is found when the agent starts.
        byte[] hello = new IvyHello(1, id, name).write();
        if (hello.length - id.length() > limits.maxNameBytes()) {
            throw new IllegalArgumentException(
                    "the Ivy agent's name is longer than " + limits.maxNameBytes() + " bytes");
        }
    }

    /** Options with the default limits and bind address. */
    public static IvyOptions of(String name, String id, IvyDomain domain) {
        return new IvyOptions(
                name, id, domain, List.of(), Optional.empty(), PortRange.ANY, BEACON_PORT, IvyLimits.DEFAULT);
    }

    /**
     * Where a seed of {@code bus} is: {@code host:port}, or {@code host} on the bus's port. May wait for a name server.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public static InetSocketAddress seed(String text, IvyDomain bus) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? Integer.toString(bus.networks().get(0).getPort()) : text.substring(colon + 1);
        if (host.isEmpty()
                || host.indexOf(':') >= 0
                || !port.matches("[1-9][0-9]{0,4}")
                || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException(
                    "the seed '" + text + "' is wrong: expected 'host' or 'host:port', for example '172.17.0.2:2010'");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the seed '" + text + "' is wrong: no address is known for its host", e);
        }
    }

    /** True if nobody beyond this machine shall be met. */
    boolean confined() {
        return domain.loopback()
                && seeds.stream().allMatch(seed -> seed.getAddress().isLoopbackAddress());
    }

    /** False for somebody beyond this machine on a bus that is confined to it. */
    boolean welcomes(InetAddress from) {
        return !confined() || from.isLoopbackAddress();
    }

    /** IPv4, because originals know nothing else. */
    InetSocketAddress listenAddress(int port) {
        byte[] byDomain = confined() ? new byte[] {127, 0, 0, 1} : new byte[4];
        try {
            return new InetSocketAddress(
                    bindAddress.isPresent() ? bindAddress.get() : InetAddress.getByAddress(byDomain), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}

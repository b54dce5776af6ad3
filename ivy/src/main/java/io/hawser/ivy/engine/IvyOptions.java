package io.hawser.ivy.engine;

import io.hawser.ivy.wire.IvyDomain;
import io.hawser.ivy.wire.IvyHello;
import io.hawser.ivy.wire.IvyLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Who an agent is and where it lives.
 *
 * @param name what others see; not unique, may hold spaces inside, no control characters
 * @param id unique in the whole bus, ASCII without spaces; an agent knows its own hello by it
 * @param domain the bus
 * @param bindAddress where connections are accepted; empty: on loopback for a loopback domain, else on every interface
 * @param limits how much others may ask of us
 */
public record IvyOptions(
        String name, String id, IvyDomain domain, Optional<InetAddress> bindAddress, IvyLimits limits) {
    /**
     * Checked options.
     *
     * @throws IllegalArgumentException if name or id cannot stand in a hello
     */
    public IvyOptions {
        if (name.isEmpty() || id.isEmpty() || id.length() >= 128) {
            throw new IllegalArgumentException("an Ivy agent needs a name, and an id of 1 to 127 characters");
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
        return new IvyOptions(name, id, domain, Optional.empty(), IvyLimits.DEFAULT);
    }

    /** IPv4, because originals know nothing else. */
    InetSocketAddress listenAddress() {
        byte[] byDomain = domain.loopback() ? new byte[] {127, 0, 0, 1} : new byte[4];
        try {
            return new InetSocketAddress(
                    bindAddress.isPresent() ? bindAddress.get() : InetAddress.getByAddress(byDomain), 0);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}

package io.hawser.ivy.gateway;

import io.hawser.ivy.engine.IvyCount;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * One domain at one moment, as the hub's agent sees it.
 *
 * @param name its name on the bus
 * @param bus networks and port
 * @param agent the hub's name there
 * @param address where the hub accepts agents
 * @param left why the hub has left the domain; empty: it is there
 * @param binding what the agents are asked for; empty: nobody on the bus can take texts
 * @param agents how many are there
 * @param refused messages that the rules did not let its agents say
 * @param circling texts of other hubs that were not carried into this domain
 * @param counts what its mesh has counted
 */
public record DomainStatus(
        String name,
        String bus,
        String agent,
        InetSocketAddress address,
        Optional<String> left,
        Optional<String> binding,
        int agents,
        long refused,
        long circling,
        Map<IvyCount, Long> counts) {
    /** A status with a copy of {@code counts}. */
    public DomainStatus {
        counts = Map.copyOf(counts);
    }
}

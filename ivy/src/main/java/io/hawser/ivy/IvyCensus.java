package io.hawser.ivy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who is on a bus. A hello that is lost leaves two agents apart until one of them joins anew, and neither knows
 * ({@code specs/ivy.md} 1.1); but every agent, the originals too, connects to a newcomer. So one that joins for a moment hears of
 * all, and what one of them knows can be compared with that.
 *
 * @param agents everybody who came, in the order of coming; without the agent that took the census
 */
public record IvyCensus(List<Agent> agents) {
    /** A census with a copy of {@code agents}. */
    public IvyCensus {
        agents = List.copyOf(agents);
    }

    /**
     * One agent.
     *
     * @param name not unique
     * @param address where it listens, as seen by who tells of it
     */
    public record Agent(String name, InetSocketAddress address) {
        /** {@code name (ip:port)}. */
        @Override
        public String toString() {
            return name + " (" + address.getAddress().getHostAddress() + ":" + address.getPort() + ")";
        }

        /** A machine has several addresses, so the port and the name tell too. */
        private boolean is(Agent other) {
            return address.equals(other.address)
                    || (address.getPort() == other.address.getPort() && name.equals(other.name));
        }
    }

    /** Two agents of one bus that are not connected, though they should be. */
    public record Apart(Agent one, Agent other) {}

    /**
     * Joins {@code domain} as {@code name}, waits for {@code patience} (two seconds are plenty), and leaves. All others are told
     * that an agent came and went. It says no beacons, and what its own hello does not reach is not in the census.
     *
     * @param domain as {@link IvyAgentBuilder#domain}
     * @return completed on a thread of its own
     * @throws IllegalArgumentException with a text for the user if {@code name} or {@code domain} is wrong
     * @throws io.hawser.net.CannotListenException if a port cannot be bound
     */
    public static CompletableFuture<IvyCensus> take(String name, String domain, Duration patience) {
        CompletableFuture<IvyCensus> census = new CompletableFuture<>();
        IvyAgent agent = IvyAgent.builder(name).domain(domain).beaconPort(0).join();
        agent.repeat(1, patience, () -> {
            List<Agent> agents = agent.clients().stream()
                    .map(client -> new Agent(client.name(), client.address()))
                    .toList();
            agent.close();
            census.complete(new IvyCensus(agents));
        });
        return census;
    }

    /**
     * Whom {@code observer} should be connected to and is not.
     *
     * @param observer an agent of the bus, for example the hub's
     * @param known all that it is connected to
     */
    public List<Apart> apart(Agent observer, List<Agent> known) {
        return agents.stream()
                .filter(agent -> !agent.is(observer) && known.stream().noneMatch(agent::is))
                .map(agent -> new Apart(observer, agent))
                .toList();
    }
}

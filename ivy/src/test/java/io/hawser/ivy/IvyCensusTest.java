package io.hawser.ivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent that joins for a moment knows all, and so who does not know whom. */
class IvyCensusTest {
    private final int busPort = RawAgent.freeBusPort();

    @Test
    void namesAPairThatALostHelloKeepsApart() throws IOException {
        try (LossyNetwork network = new LossyNetwork(busPort)) {
            network.lose(2);
            try (IvyAgent ann = original("ann", network);
                    IvyAgent bob = original("bob", network)) {
                await().until(() -> network.lost() == 2);
                try (IvyAgent eve = original("eve", network)) {
                    await().until(() -> eve.clients().size() == 2
                            && ann.clients().size() == 1
                            && bob.clients().size() == 1);
                    IvyCensus census = IvyCensus.take("census", network.domain(), Duration.ofMillis(500))
                            .join();
                    assertThat(census.agents())
                            .extracting(IvyCensus.Agent::name)
                            .containsExactlyInAnyOrder("ann", "bob", "eve");
                    assertThat(census.apart(agent(ann), known(ann)))
                            .containsExactly(new IvyCensus.Apart(agent(ann), agent(bob)));
                    assertThat(census.apart(agent(bob), known(bob)))
                            .containsExactly(new IvyCensus.Apart(agent(bob), agent(ann)));
                    assertThat(census.apart(agent(eve), known(eve))).isEmpty();
                    await().until(() -> known(eve).size() == 2);
                }
            }
        }
    }

    @Test
    void anAgentIsKnownThoughItIsSeenAtAnotherAddressOfItsMachine() throws IOException {
        IvyCensus.Agent seen = new IvyCensus.Agent("ann", at(10, 7));
        IvyCensus.Agent known = new IvyCensus.Agent("ann", at(127, 7));
        IvyCensus.Agent other = new IvyCensus.Agent("bob", at(127, 7));
        IvyCensus.Agent hub = new IvyCensus.Agent("HAWSER", at(127, 8));
        IvyCensus census = new IvyCensus(List.of(seen, hub));
        assertThat(census.apart(hub, List.of(known))).isEmpty();
        assertThat(census.apart(hub, List.of(other))).containsExactly(new IvyCensus.Apart(hub, seen));
        assertThat(seen).hasToString("ann (10.0.0.1:7)");
    }

    @Test
    void aCensusOfAnEmptyBusIsEmptyAndAWrongBusIsRefused() {
        assertThat(IvyCensus.take("census", "127:" + busPort, Duration.ofMillis(1))
                        .join()
                        .agents())
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyCensus.take("census", "rubbish", Duration.ofMillis(1)));
    }

    private static InetSocketAddress at(int network, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) network, 0, 0, 1}), port);
    }

    private static IvyAgent original(String name, LossyNetwork network) {
        return IvyAgent.builder(name).domain(network.domain()).beaconPort(0).join();
    }

    private static IvyCensus.Agent agent(IvyAgent agent) {
        return new IvyCensus.Agent(agent.name(), agent.address());
    }

    private static List<IvyCensus.Agent> known(IvyAgent agent) {
        return agent.clients().stream()
                .map(client -> new IvyCensus.Agent(client.name(), client.address()))
                .toList();
    }
}

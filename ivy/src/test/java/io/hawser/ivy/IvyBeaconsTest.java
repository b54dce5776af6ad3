package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.wire.IvyLimits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents of ours find each other though a hello was lost; an original is never bothered, and goodbye means goodbye. */
class IvyBeaconsTest {
    private final int busPort = RawAgent.freeBusPort();
    private final int beaconPort = RawAgent.freeBusPort();
    private final List<IvyAgent> agents = new ArrayList<>();
    private final Notebook notes = new Notebook();

    @AfterEach
    void leave() {
        agents.forEach(IvyAgent::close);
    }

    @Test
    void agentsMeetThoughEveryHelloIsLost() throws IOException {
        try (LossyNetwork network = new LossyNetwork(busPort);
                LossyNetwork beacons = new LossyNetwork(beaconPort)) {
            network.lose(3);
            beacons.lose(3);
            IvyAgent ann = join("ann", network.domain());
            IvyAgent bob = join("bob", network.domain());
            IvyAgent eve = join("eve", network.domain());
            await().until(() ->
                    Stream.of(ann, bob, eve).allMatch(agent -> agent.clients().size() == 2));
            assertThat(network.lost()).isEqualTo(3);
            assertThat(beacons.lost()).isEqualTo(3);
            await().until(() -> beacons.heard() > 30);
            assertThat(network.heard()).isEqualTo(3);
            assertThat(ann.clients()).hasSize(2);
            bob.bind("^x", notes.texts("hears"));
            await().until(() -> ann.send("x").subscriptions() == 1);
            await().untilAsserted(() -> assertThat(notes.lines()).containsExactly("hears ann []"));
        }
    }

    @Test
    void withoutBeaconsAPairThatMissedItsHelloStaysApart() throws IOException {
        try (LossyNetwork network = new LossyNetwork(busPort);
                LossyNetwork beacons = new LossyNetwork(beaconPort)) {
            network.lose(2);
            IvyAgent ann = join(wishes("ann", network.domain()).beaconPort(0));
            IvyAgent bob = join("bob", network.domain());
            await().until(() -> beacons.heard() > 5);
            assertThat(ann.clients()).isEmpty();
            assertThat(bob.clients()).isEmpty();
        }
    }

    @Test
    void anAgentOfAnotherBusOnTheSameBeaconPortIsLeftAlone() throws IOException {
        IvyAgent ann = join("ann", "127:" + busPort);
        IvyAgent bob = join("bob", "127:" + RawAgent.freeBusPort());
        try (DatagramSocket ear = ear()) {
            for (int i = 0; i < 8; i++) {
                assertThat(hear(ear)).contains(" hawser here 3 ");
            }
        }
        assertThat(ann.clients()).isEmpty();
        assertThat(bob.clients()).isEmpty();
    }

    @Test
    void anAgentHeardFromTwoNetworksIsMetOnce() {
        String both = "127:" + busPort + ",127.1:" + RawAgent.freeBusPort();
        IvyAgent ann = join("ann", both);
        IvyAgent bob = join("bob", both);
        await().until(() -> ann.client("bob").isPresent() && bob.client("ann").isPresent());
        assertThat(ann.clients()).hasSize(1);
        assertThat(ann.count(IvyCount.DUPLICATES)).isZero();
    }

    @Test
    void goodbyeIsNotUndoneByABeacon() throws IOException {
        IvyAgent ann = join("ann", "127:" + busPort);
        IvyAgent bob = join("bob", "127:" + busPort);
        await().until(() -> ann.client("bob").isPresent() && bob.client("ann").isPresent());
        beacon("ann");
        beacon("bob");
        ann.client("bob").orElseThrow().bye();
        await().until(() -> bob.clients().isEmpty());
        for (int i = 0; i < 4; i++) {
            beacon("ann");
            beacon("bob");
        }
        assertThat(ann.clients()).isEmpty();
        assertThat(bob.clients()).isEmpty();
        bob.close();
        join("bob", "127:" + busPort);
        await().until(() -> ann.client("bob").isPresent());
    }

    @Test
    void aSeedsMachineIsToldOfTheNewcomerAndAllOfOursThereMeetIt() throws IOException {
        IvyAgent ann = join("ann", "127:" + busPort);
        IvyAgent bob = join("bob", "127:" + busPort);
        await().until(() -> ann.client("bob").isPresent() && bob.client("ann").isPresent());
        IvyAgent eve = join(wishes("eve", "127:" + RawAgent.freeBusPort()).seeds("127.0.0.1:" + busPort));
        await().until(() -> ann.client("eve").isPresent() && bob.client("eve").isPresent());
        await().until(() -> eve.clients().size() == 2);
    }

    @Test
    void anAgentOfOursThatFellSilentIsAskedThenCutOffAnOriginalIsNot() throws IOException {
        IvyAgent ann = join(wishes("ann", "127:" + busPort).listener(notes).limits(pausing(Duration.ofMillis(300))));
        try (RawAgent ours = new RawAgent(busPort);
                RawAgent original = new RawAgent(busPort);
                RawAgent.Wire silent = ours.connect(ann.address().getPort());
                RawAgent.Wire other = original.connect(ann.address().getPort())) {
            silent.say("6 " + ours.port() + "\2silent\n5 0\2\n");
            other.say("6 " + original.port() + "\2original\n5 0\2\n");
            await().until(() -> ann.clients().size() == 2);
            send("0 " + busPort + " hawser here 3 " + ours.port() + " s1 silent\n");
            assertThat(silent.readLine()).startsWith("6 ");
            assertThat(silent.readLine()).startsWith("5 ");
            assertThat(silent.readLine()).isEqualTo("9 0\2");
            silent.say("10 0\2\n");
            assertThat(silent.readLine()).isEqualTo("9 0\2");
            assertThat(silent.isEnded()).isTrue();
            await().untilAsserted(
                            () -> assertThat(notes.lines()).contains("left silent: nothing was heard of it any more"));
            assertThat(ann.client("original")).isPresent();
        }
    }

    @Test
    void whatIsNoBeaconOnlyCounts() throws IOException {
        IvyAgent ann = join("ann", "127:" + busPort);
        List<String> absurd = List.of(
                "garbage",
                "3 7 id name\n",
                "0 " + busPort + " hawser here\n",
                "0 " + busPort + " hawser here 3 0 id name\n",
                "0 " + busPort + " hawser here 3 7\n",
                "0 99999 hawser here 3 7 id name\n",
                "0 " + busPort + " hawser 256.0.0.1 3 7 id name\n",
                "0 " + busPort + " hawser localhost 3 7 id name\n",
                "0 " + busPort + " hawser here 3 7 id name\n3 8 id name\n");
        for (String datagram : absurd) {
            send(datagram);
        }
        await().until(() -> ann.count(IvyCount.BAD_BEACONS) == absurd.size());
        assertThat(ann.clients()).isEmpty();
    }

    @Test
    void aBusOfThisMachineIsNotLedToAnother() throws IOException {
        IvyAgent ann = join("ann", "127:" + busPort);
        send("0 " + busPort + " hawser 192.0.2.1 3 7 id name\n");
        try (RawAgent here = new RawAgent(busPort)) {
            send("0 " + busPort + " hawser 127.0.0.1 3 " + here.port() + " id2 name\n");
            here.accept().close();
        }
        assertThat(ann.count(IvyCount.UNREACHABLE)).isZero();
    }

    @Test
    void aTakenBeaconPortIsNoReasonNotToJoin() throws IOException {
        try (DatagramSocket taken = new DatagramSocket()) {
            IvyAgent ann = join(wishes("ann", "127:" + busPort).beaconPort(taken.getLocalPort()));
            IvyAgent bob = join("bob", "127:" + busPort);
            await().until(() ->
                    ann.client("bob").isPresent() && bob.client("ann").isPresent());
        }
    }

    @Test
    void theBeaconPortHasAUsualNumberAndIsChecked() {
        assertThat(IvyOptions.BEACON_PORT).isEqualTo(20_100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> join(wishes("ann", "127:" + busPort).beaconPort(65_536)))
                .withMessageContaining("65536");
    }

    private IvyAgent join(String name, String domain) {
        return join(wishes(name, domain));
    }

    private IvyAgent join(IvyAgentBuilder wishes) {
        IvyAgent agent = wishes.join();
        agents.add(agent);
        return agent;
    }

    private IvyAgentBuilder wishes(String name, String domain) {
        return IvyAgent.builder(name).domain(domain).beaconPort(beaconPort).limits(pausing(Duration.ofMillis(50)));
    }

    private static IvyLimits pausing(Duration beaconPause) {
        IvyLimits usual = IvyLimits.DEFAULT;
        return usual.withPauses(usual.connectPause(), usual.seedPause(), beaconPause);
    }

    /** Waits until {@code name} has said a beacon from now on. */
    private void beacon(String name) throws IOException {
        try (DatagramSocket ear = ear()) {
            for (String said = hear(ear); !said.endsWith(" " + name + "\n"); said = hear(ear)) {
                assertThat(said).startsWith("0 ");
            }
        }
    }

    private DatagramSocket ear() throws IOException {
        DatagramSocket ear = new DatagramSocket(null);
        ear.setReuseAddress(true);
        ear.setSoTimeout(5_000);
        ear.bind(new InetSocketAddress(beaconPort));
        return ear;
    }

    private static String hear(DatagramSocket ear) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        ear.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private void send(String datagram) throws IOException {
        byte[] bytes = datagram.getBytes(UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.255.255.255"), beaconPort));
        }
    }
}

package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.engine.PortRange;
import io.hawser.ivy.wire.IvyLimits;
import io.hawser.net.CannotListenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bus an agent joins, where it listens, whom it finds, and what it does not keep or send. */
class IvyReachTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final int busPort = RawAgent.freeBusPort();
    private final List<IvyAgent> agents = new ArrayList<>();
    private final Notebook notes = new Notebook();

    @AfterEach
    void leave() {
        agents.forEach(IvyAgent::close);
    }

    @Test
    void agentsMeetByMulticast() {
        String domain = "239.255.20.10:" + busPort;
        IvyAgent ann = join(IvyAgent.builder("ann").domain(domain).bindAddress(LOOPBACK));
        IvyAgent bob = join(IvyAgent.builder("bob").domain(domain).bindAddress(LOOPBACK));
        await().until(() -> ann.client("bob").isPresent() && bob.client("ann").isPresent());
    }

    @Test
    void agentsMeetOnAnyOfSeveralNetworksOnce() {
        String both = "127,239.255.20.10:" + busPort;
        IvyAgent ann = join(IvyAgent.builder("ann").domain(both).bindAddress(LOOPBACK));
        IvyAgent bob = join(IvyAgent.builder("bob").domain(both).bindAddress(LOOPBACK));
        IvyAgent eve =
                join(IvyAgent.builder("eve").domain("239.255.20.10:" + busPort).bindAddress(LOOPBACK));
        bob.bind("^x", notes.texts("hears"));
        await().until(() -> ann.send("x").agents() == 1 && eve.send("x").agents() == 1);
        assertThat(ann.clients()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 127.255.255.255:2010",
        "'', 192.168:3000, 192.168.255.255:3000",
        "10:4000, 192.168:3000, 10.255.255.255:4000"
    })
    void thePropertyIvybusGoesBeforeTheVariable(String property, String variable, String domain) {
        assertThat(IvyEnvironment.bus(key -> named(key, property), key -> named(key, variable)))
                .hasToString(domain);
    }

    @Test
    void anAgentThatIsToldNoBusJoinsIvybus() {
        System.setProperty("IVYBUS", "127:" + busPort);
        try {
            IvyAgent ann = join(IvyAgent.builder("ann"));
            IvyAgent bob = join(IvyAgent.builder("bob").domain(""));
            IvyAgent eve = join(IvyAgent.builder("eve").domain("127:" + busPort));
            await().until(() -> ann.clients().size() == 2
                    && bob.clients().size() == 2
                    && eve.clients().size() == 2);
            System.setProperty("IVYBUS", "rubbish");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IvyAgent.builder("dan").join())
                    .withMessageStartingWith("IVYBUS: the Ivy domain 'rubbish' is wrong");
        } finally {
            System.clearProperty("IVYBUS");
        }
    }

    @Test
    void networksWithPortsOfTheirOwnAreOneBus() {
        int otherPort = RawAgent.freeBusPort();
        IvyAgent both = join(IvyAgent.builder("both").domain("127:" + busPort + ",127.1:" + otherPort));
        IvyAgent ann = join(IvyAgent.builder("ann").domain("127:" + busPort));
        IvyAgent bob = join(IvyAgent.builder("bob").domain("127:" + otherPort));
        await().until(() -> both.client("ann").isPresent() && both.client("bob").isPresent());
        IvyAgent late = join(IvyAgent.builder("late").domain("127:" + busPort + ",127.1:" + otherPort));
        await().until(() -> late.clients().size() == 3 && both.clients().size() == 3);
        assertThat(ann.client("bob")).isEmpty();
        assertThat(bob.client("ann")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 0, 0", "4000-5000, 4000, 5000", "7-7, 7, 7"})
    void thePropertyIvyrangeNamesThePorts(String property, int first, int last) {
        assertThat(IvyEnvironment.ports(key -> range(key, property))).isEqualTo(new PortRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4000", "4000-", "-4000", "5000-4000", "0-0", "0-5", "1-65536", "a-b", "1-2-3", "4000 - 5000"})
    void aWrongIvyrangeIsRefused(String property) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyEnvironment.ports(key -> range(key, property)))
                .withMessageStartingWith("IVYRANGE: the ports ");
    }

    @Test
    void anAgentThatIsToldNoPortsListensInIvyrange() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            int first = taken.getLocalPort();
            int last = Math.min(65_535, first + 20);
            System.setProperty("IVYRANGE", first + "-" + last);
            IvyAgent ann = join(IvyAgent.builder("ann").domain("127:" + busPort));
            assertThat(ann.address().getPort()).isBetween(first + 1, last);
            IvyAgent bob = join(IvyAgent.builder("bob").domain("127:" + busPort).ports(1_025, 65_535));
            assertThat(bob.address().getPort()).isLessThan(first);
        } finally {
            System.clearProperty("IVYRANGE");
        }
    }

    @Test
    void aSeedIsSentTheHelloThatABroadcastWouldNotBring() throws IOException {
        try (DatagramSocket far = new DatagramSocket(0, LOOPBACK)) {
            far.setSoTimeout(5_000);
            IvyAgent ann = join(IvyAgent.builder("ann")
                    .id("a1")
                    .domain("127:" + busPort)
                    .seeds("localhost:" + far.getLocalPort())
                    .limits(patientFor(Duration.ofMillis(50), 1 << 20)));
            String hello = "3 " + ann.address().getPort() + " a1 ann\n";
            assertThat(hear(far)).isEqualTo(hello);
            // Nobody from there has connected, so it is said again.
            assertThat(hear(far)).isEqualTo(hello);
            IvyAgent bob = join(IvyAgent.builder("bob").domain("127:" + busPort));
            await().until(() ->
                    ann.client("bob").isPresent() && bob.client("ann").isPresent());
        }
    }

    @Test
    void agentsWithDifferentPortsMeetThroughASeed() {
        IvyAgent ann = join(IvyAgent.builder("ann").domain("127:" + busPort));
        IvyAgent bob = join(
                IvyAgent.builder("bob").domain("127:" + RawAgent.freeBusPort()).seeds("127.0.0.1:" + busPort));
        await().until(() -> ann.client("bob").isPresent() && bob.client("ann").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":2010", "host:", "host:0", "host:99999", "host:x", "::1"})
    void refusesAWrongSeed(String seed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyAgent.builder("ann")
                        .domain("127:" + busPort)
                        .seeds(seed)
                        .join())
                .withMessageContaining("the seed '" + seed + "'")
                .withMessageContaining("for example");
    }

    @Test
    void listensOnTheFirstFreePortOfARange() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            int first = taken.getLocalPort();
            assertThatExceptionOfType(CannotListenException.class).isThrownBy(() -> IvyAgent.builder("ann")
                    .domain("127:" + busPort)
                    .ports(first, first)
                    .join());
            IvyAgent ann =
                    join(IvyAgent.builder("ann").domain("127:" + busPort).ports(first, Math.min(65_535, first + 20)));
            assertThat(ann.address().getPort()).isBetween(first + 1, first + 20);
            assertThat(ann.address().getAddress()).isEqualTo(LOOPBACK);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyAgent.builder("ann").ports(0, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyAgent.builder("ann").ports(6, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyAgent.builder("ann").ports(6, 65_536));
    }

    @Test
    void keepsNoSubscriptionsForMessageClassesItNeverSends() throws IOException {
        IvyAgent ann = join(IvyAgent.builder("ann")
                .domain("127:" + busPort)
                .messageClasses("TRACK", "hello")
                .listener(notes));
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = raw.connect(ann.address().getPort())) {
            wire.say("6 " + raw.port() + "\2raw\n");
            List<String> kept = List.of("^TRACK (.*)", "^TRA.*", "^hel+o", "^(.*)", "^(?:A|B)", "^[Tt]", "TRACKER");
            List<String> filtered = List.of("^TRACKER", "^other", "^hellos (.*)");
            int id = 0;
            for (String regexp : kept) {
                wire.say("1 " + id++ + "\2" + regexp + "\n");
            }
            for (String regexp : filtered) {
                wire.say("1 " + id++ + "\2" + regexp + "\n");
            }
            wire.say("5 0\2\n");
            await().until(() -> ann.client("raw").isPresent());
            assertThat(ann.count(IvyCount.FILTERED)).isEqualTo(filtered.size());
            assertThat(ann.client("raw").orElseThrow().regexps()).hasSize(id);
            assertThat(ann.send("TRACK 1").subscriptions()).isEqualTo(4);
            assertThat(ann.send("other").subscriptions()).isEqualTo(1);
        }
    }

    @Test
    void aCongestedAgentIsToldOfAndRelievedWhenItReadsOn() throws IOException {
        IvyAgent ann = join(IvyAgent.builder("ann")
                .domain("127:" + busPort)
                .listener(notes)
                .limits(patientFor(Duration.ofSeconds(5), 1 << 20)));
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = raw.connect(ann.address().getPort())) {
            flood(ann, raw, wire);
            await().until(() -> notes.lines().contains("congested raw"));
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> readOn(wire));
            await().until(() -> notes.lines().contains("relieved raw"));
            assertThat(notes.lines()).containsOnlyOnce("congested raw");
            ann.close();
            reading.join();
        }
    }

    @Test
    void anAgentThatReadsTooSlowlyIsCutOffIfThatIsThePolicy() throws IOException {
        IvyAgent ann = join(IvyAgent.builder("ann")
                .domain("127:" + busPort)
                .listener(notes)
                .overflow(IvyOverflow.DISCONNECT)
                .limits(patientFor(Duration.ofSeconds(5), 1 << 20)));
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = raw.connect(ann.address().getPort())) {
            flood(ann, raw, wire);
            await().until(() -> notes.lines().contains("left raw: it read too slowly"));
            assertThat(ann.send("big").agents()).isZero();
        }
    }

    private static void readOn(RawAgent.Wire wire) {
        try {
            for (int left = 4_096; left == 4_096; ) {
                left = wire.read(left).length();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flood(IvyAgent agent, RawAgent raw, RawAgent.Wire wire) throws IOException {
        wire.say("6 " + raw.port() + "\2raw\n1 0\2^(big.*)\n5 0\2\n");
        await().until(() -> agent.client("raw").isPresent());
        String text = "big " + "x".repeat(100_000);
        while (agent.count(IvyCount.TEXTS_DROPPED) == 0) {
            agent.send(text);
        }
    }

    private IvyAgent join(IvyAgentBuilder wishes) {
        IvyAgent agent = wishes.join();
        agents.add(agent);
        return agent;
    }

    private static Optional<String> range(String key, String value) {
        assertThat(key).isEqualTo("IVYRANGE");
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    private static Optional<String> named(String key, String value) {
        assertThat(key).isEqualTo("IVYBUS");
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    private static String hear(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private static IvyLimits patientFor(Duration seedPause, int maxUnsentBytes) {
        IvyLimits usual = IvyLimits.DEFAULT;
        return usual.withUnsent(maxUnsentBytes, usual.maxSendWait())
                .withPauses(usual.connectPause(), seedPause, usual.beaconPause());
    }
}

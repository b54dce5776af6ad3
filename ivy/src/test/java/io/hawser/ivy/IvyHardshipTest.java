package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.wire.IvyLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an agent among agents that err, stall, repeat themselves or lie. */
class IvyHardshipTest {
    private static final IvyLimits LIMITS = limits(1 << 20, Duration.ofMillis(200));

    private final int busPort = RawAgent.freeBusPort();
    private final Notebook notes = new Notebook();
    private RawAgent raw = open(busPort);
    private IvyAgent agent = join("m");

    @BeforeEach
    void listen() {
        agent.bind("^hello (.*)", notes.texts("hears"));
    }

    @AfterEach
    void leave() throws IOException {
        raw.close();
        agent.close();
    }

    @Test
    void aBadLineIsAnsweredOnceAndTheConnectionStays() throws IOException {
        try (RawAgent.Wire wire = meet("z", "raw")) {
            wire.say("garbage\n\n2\n42 0\2\n\2\n3 no STX\n");
            assertThat(wire.readLine()).isEqualTo("3 3\2bad format, expected 'type number STX ...'");
            wire.say("2 0\2world\3\n9 7\2\n");
            assertThat(wire.readLine()).isEqualTo("10 7\2");
            await().untilAsserted(() -> assertThat(notes.lines()).contains("hears raw [world]"));
            assertThat(agent.count(IvyCount.BAD_LINES)).isEqualTo(6);
        }
    }

    @Test
    void anEndlessLineIsSkippedAndTheConnectionStays() throws IOException {
        try (RawAgent.Wire wire = meet("z", "raw")) {
            wire.say("2 0\2" + "x".repeat(LIMITS.maxLineBytes()) + "\n");
            assertThat(wire.readLine()).startsWith("3 5\2a line is longer than");
            wire.say("2 0\2world\3\n");
            await().untilAsserted(() -> assertThat(notes.lines()).contains("hears raw [world]"));
            assertThat(agent.count(IvyCount.LONG_LINES)).isOne();
        }
    }

    @Test
    void anErrorIsNeverAnswered() throws IOException {
        try (RawAgent.Wire wire = meet("z", "raw")) {
            wire.say("3 1\2you are wrong\n3 java says so without STX\n9 1\2\n");
            assertThat(wire.readLine()).isEqualTo("10 1\2");
            await().untilAsserted(() -> assertThat(notes.lines()).contains("problem raw 1 you are wrong"));
        }
    }

    @Test
    void aRegexpThatDoesNotCompileIsAnsweredAndNeverMatches() throws IOException {
        try (RawAgent.Wire wire = meet("z", "raw")) {
            wire.say("1 3\2^a(b\n1 4\2^fine\n");
            assertThat(wire.readLine()).matches("3 \\d+\2.+");
            await().until(() -> agent.send("fine").subscriptions() == 1);
            assertThat(agent.send("a(b").subscriptions()).isZero();
            assertThat(agent.clients().get(0).regexps()).containsEntry(3, "^a(b");
        }
    }

    @Test
    void theSameIdAgainReplacesARegexp() throws IOException {
        try (RawAgent.Wire wire = meet("z", "raw")) {
            wire.say("1 3\2^one\n1 3\2^two\n");
            await().until(() -> agent.send("two").subscriptions() == 1);
            assertThat(agent.send("one").subscriptions()).isZero();
            assertThat(wire.readLine()).isEqualTo("2 3\2");
        }
    }

    @Test
    void anAgentMayHoldSoManySubscriptionsAndNotOneMore() throws IOException {
        try (RawAgent.Wire wire = meet("z", "raw")) {
            for (int id = 0; id <= LIMITS.maxSubscriptionsPerAgent(); id++) {
                wire.say("1 " + id + "\2^x\n");
            }
            assertThat(wire.readLine()).isEqualTo("3 5\2more than 10 subscriptions; take some back first");
            assertThat(agent.send("x").subscriptions()).isEqualTo(LIMITS.maxSubscriptionsPerAgent());
            wire.say("4 0\2\n1 10\2^y\n");
            await().until(() -> agent.send("y").subscriptions() == 1);
        }
    }

    @Test
    void soManyConnectionsAreTakenAndNotOneMore() throws IOException {
        List<RawAgent.Wire> wires = new ArrayList<>();
        for (int i = 1; i <= LIMITS.maxPeers(); i++) {
            RawAgent.Wire wire = raw.connect(port());
            handshake(wire);
            wire.say("6 " + i + "\2raw\n5 0\2\n");
            wires.add(wire);
        }
        try (RawAgent.Wire more = raw.connect(port())) {
            assertThat(more.isEnded()).isTrue();
        }
        assertThat(agent.count(IvyCount.REFUSED)).isOne();
        await().until(() -> agent.clients().size() == LIMITS.maxPeers());
        raw.hello("z", "one too many");
        await().until(() -> agent.count(IvyCount.REFUSED) == 2);
        for (RawAgent.Wire wire : wires) {
            wire.close();
        }
    }

    @Test
    void absurdDatagramsAreCountedAndTheNextNewcomerIsMet() throws IOException {
        byte[] binary = new byte[600];
        new Random(3).nextBytes(binary);
        List<byte[]> absurd = List.of(
                new byte[0],
                binary,
                "garbage".getBytes(UTF_8),
                "3 99999 id name\n".getBytes(UTF_8),
                "3\n".getBytes(UTF_8),
                "3 ".repeat(4_096).getBytes(UTF_8),
                ("3 7 id " + "n".repeat(3_000)).getBytes(UTF_8));
        for (byte[] datagram : absurd) {
            raw.datagram(datagram);
        }
        await().until(() -> agent.count(IvyCount.BAD_HELLOS) == absurd.size());
        meet("z", "raw").close();
    }

    @Test
    void aHelloWithOurOwnIdOrPortIsIgnored() throws IOException {
        raw.hello("m", "mirror");
        raw.datagram(("3 " + port() + " garbled m\n").getBytes(UTF_8));
        assertThat(raw.isCalled(300)).isFalse();
        assertThat(agent.clients()).isEmpty();
        meet("z", "raw").close();
    }

    @Test
    void aHelloHeardTwiceMakesOneConnection() throws IOException {
        raw.hello("z", "raw");
        raw.hello("z", "raw");
        try (RawAgent.Wire wire = raw.accept()) {
            greet(wire);
            raw.hello("z", "raw");
            assertThat(raw.isCalled(300)).isFalse();
            assertThat(agent.clients()).hasSize(1);
        }
    }

    @Test
    void aNewcomerThatIsLateToListenIsTriedAgain() throws IOException {
        int port = RawAgent.freeBusPort();
        raw.datagram(("3 " + port + " z raw\n").getBytes(UTF_8));
        try (RawAgent late = new RawAgent(busPort, port)) {
            late.accept().close();
        }
    }

    @Test
    void givesUpANewcomerThatNeverListens() throws IOException {
        raw.datagram(("3 " + RawAgent.freeBusPort() + " z raw\n").getBytes(UTF_8));
        await().until(() -> agent.count(IvyCount.UNREACHABLE) == 1);
    }

    @Test
    void toleratesAHandshakeWithoutPeerId() throws IOException {
        raw.hello("z", "named by hello");
        try (RawAgent.Wire wire = raw.accept()) {
            wire.say("1 0\2^x\n5 0\2\n");
            await().until(() -> agent.send("x").subscriptions() == 1);
            assertThat(agent.clients().get(0)).hasToString("127.0.0.1:" + raw.port() + " (named by hello)");
        }
    }

    @Test
    void toleratesAHandshakeWithoutEnd() throws IOException {
        try (RawAgent.Wire wire = raw.connect(port())) {
            wire.say("6 4711\2raw\n1 0\2^x\n");
            await().until(() -> agent.send("x").subscriptions() == 1);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws IOException {
        try (RawAgent.Wire wire = raw.connect(port())) {
            handshake(wire);
            assertThat(wire.isEnded()).isTrue();
            assertThat(notes.lines()).isEmpty();
        }
    }

    @Test
    void whatIsBoundDuringAHandshakeReachesTheNewcomer() throws IOException {
        try (RawAgent.Wire wire = raw.connect(port())) {
            handshake(wire);
            int late = agent.bind("^late", notes.texts("late"));
            assertThat(wire.readLine()).isEqualTo("1 " + late + "\2^late");
            wire.say("6 4711\2raw\n5 0\2\n2 " + late + "\2\n");
            await().untilAsserted(() -> assertThat(notes.lines()).contains("late raw []"));
        }
    }

    @Test
    void anAgentThatNeverReadsDelaysNobody() throws IOException {
        try (RawAgent.Wire stalled = meet("z", "stalled");
                IvyAgent healthy = join("healthy")) {
            stalled.say("1 0\2^(.*)$\n");
            AtomicInteger heard = new AtomicInteger();
            healthy.bind("^big", (client, args) -> heard.incrementAndGet());
            await().until(() ->
                    agent.send("test").subscriptions() == 1 && agent.send("big").subscriptions() == 2);
            await().until(() -> heard.get() > 0);
            String text = "big " + "x".repeat(100_000);
            for (int sent = heard.get(); agent.count(IvyCount.TEXTS_DROPPED) < 20; ) {
                agent.send(text);
                int expected = ++sent;
                await().pollInterval(Duration.ofMillis(1)).until(() -> heard.get() == expected);
            }
        }
    }

    @Test
    void ofTwoCrossedConnectionsOursToDecideTheSecondIsClosedWithoutAWord() throws IOException {
        try (RawAgent.Wire first = meet("a", "raw");
                RawAgent.Wire second = raw.connect(port())) {
            handshake(second);
            second.say("6 " + raw.port() + "\2raw\n1 0\2^x\n5 0\2\n");
            assertThat(second.isEnded()).isTrue();
            first.say("1 0\2^x\n");
            await().until(() -> agent.send("x").subscriptions() == 1);
            assertThat(first.readLine()).isEqualTo("2 0\2");
            assertThat(notes.lines()).containsOnlyOnce("joined raw").noneMatch(line -> line.startsWith("left"));
        }
    }

    @Test
    void ofTwoCrossedConnectionsTheirsToDecideTheOtherTakesOver() throws IOException {
        RawAgent.Wire first = meet("z", "raw");
        try (RawAgent.Wire second = raw.connect(port())) {
            handshake(second);
            second.say("6 " + raw.port() + "\2raw\n1 0\2^x\n5 0\2\n2 0\2waits\3\n");
            await().until(() -> agent.count(IvyCount.DUPLICATES) == 1);
            assertThat(notes.lines()).doesNotContain("hears raw [waits]");
            first.close();
            await().until(() -> agent.send("x").subscriptions() == 1);
            assertThat(second.readLine()).isEqualTo("2 0\2");
            await().untilAsserted(() -> assertThat(notes.lines()).contains("hears raw [waits]"));
            assertThat(notes.lines()).containsOnlyOnce("joined raw").noneMatch(line -> line.startsWith("left"));
        }
    }

    @Test
    void aGoodbyeIsTheReasonThoughADeadSpareTakesOver() throws IOException {
        try (RawAgent.Wire first = meet("z", "raw")) {
            try (RawAgent.Wire second = raw.connect(port())) {
                handshake(second);
                second.say("6 " + raw.port() + "\2raw\n5 0\2\n");
                await().until(() -> agent.count(IvyCount.DUPLICATES) == 1);
            }
            first.say("0 0\2\n");
            await().until(() -> agent.clients().isEmpty());
            await().untilAsserted(() -> assertThat(notes.lines()).contains("left raw: it said goodbye"));
        }
    }

    @Test
    void whomWeSayGoodbyeToHasNoSpareLeft() throws IOException {
        try (RawAgent.Wire first = meet("z", "raw");
                RawAgent.Wire second = raw.connect(port())) {
            handshake(second);
            second.say("6 " + raw.port() + "\2raw\n5 0\2\n");
            await().until(() -> agent.count(IvyCount.DUPLICATES) == 1);
            agent.client("raw").orElseThrow().bye();
            assertThat(agent.clients()).isEmpty();
            assertThat(first.readLine()).isEqualTo("0 0\2");
            assertThat(second.isEnded()).isTrue();
        }
    }

    @Test
    void aSecondConnectionThatNobodyNeedsIsClosed() throws IOException {
        try (RawAgent.Wire first = meet("z", "raw");
                RawAgent.Wire second = raw.connect(port())) {
            handshake(second);
            second.say("6 " + raw.port() + "\2raw\n5 0\2\n");
            assertThat(second.isEnded()).isTrue();
            first.say("9 1\2\n");
            assertThat(first.readLine()).isEqualTo("10 1\2");
        }
    }

    private IvyAgent join(String id) {
        return IvyAgent.builder("agent")
                .id(id)
                .domain("127:" + busPort)
                .limits(LIMITS)
                .listener(notes)
                .join();
    }

    /** Says hello, lets the agent connect, and shakes hands with it. */
    private RawAgent.Wire meet(String id, String name) throws IOException {
        raw.hello(id, name);
        RawAgent.Wire wire = raw.accept();
        greet(wire);
        return wire;
    }

    private void greet(RawAgent.Wire wire) throws IOException {
        handshake(wire);
        wire.say("6 " + raw.port() + "\2raw\n5 0\2\n");
        await().until(() -> !agent.clients().isEmpty());
    }

    private void handshake(RawAgent.Wire wire) throws IOException {
        String expected = "6 " + port() + "\2agent\n1 0\2^hello (.*)\n5 0\2\n";
        assertThat(wire.readLike(expected)).isEqualTo(expected);
    }

    private int port() {
        return Integer.parseInt(agent.toString().substring(agent.toString().lastIndexOf(':') + 1));
    }

    private static RawAgent open(int busPort) {
        try {
            return new RawAgent(busPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IvyLimits limits(int maxUnsentBytes, Duration handshakeTimeout) {
        IvyLimits usual = IvyLimits.DEFAULT;
        return new IvyLimits(
                usual.maxLineBytes(),
                usual.maxHelloBytes(),
                usual.maxNameBytes(),
                usual.maxCaptures(),
                usual.maxRegexpChars(),
                10,
                4,
                maxUnsentBytes,
                usual.maxSendWait(),
                usual.connectTimeout(),
                usual.connectAttempts(),
                Duration.ofMillis(100),
                usual.seedPause(),
                usual.beaconPause(),
                handshakeTimeout,
                usual.complaintPause());
    }
}

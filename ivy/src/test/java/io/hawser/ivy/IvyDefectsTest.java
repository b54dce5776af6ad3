package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.hawser.ivy.engine.IvyCount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What breaks one of the originals ({@code specs/ivy.md} 7) does not break us. Elsewhere: D-1, D-2, D-11 and D-20 in
 * {@link IvyHardshipTest#absurdDatagramsAreCountedAndTheNextNewcomerIsMet}; D-5 in {@code aHelloHeardTwiceMakesOneConnection} and
 * in the crossed connections there; D-6, D-17 and D-26 in {@link IvyOverflowTest}; D-7 in {@code IvyIntervalsTest}; D-8 and D-30 in
 * {@link IvyTranscriptTest}, where an agent is asked to die, pinged and left; D-13 in {@code anErrorIsNeverAnswered}; D-24 in
 * {@code whatIsBoundDuringAHandshakeReachesTheNewcomer}; D-25 in {@code aNewcomerThatIsLateToListenIsTriedAgain}; D-28 in
 * {@link IvyClientTest#aTimerTicksAsOftenAsItShallOnTheCallbackThread}; D-29 in
 * {@code aRegexpThatDoesNotCompileIsAnsweredAndNeverMatches}. D-16, the small receive buffer, is measured by {@code ./bench}.
 */
@Timeout(60)
class IvyDefectsTest {
    private final int busPort = RawAgent.freeBusPort();
    private final Notebook notes = new Notebook();
    private final RawAgent raw;
    private final IvyAgent agent = IvyAgent.builder("agent with spaces")
            .domain("127:" + busPort)
            .bind("^hello (.*)", notes.texts("hears"))
            .listener(notes)
            .join();

    IvyDefectsTest() throws IOException {
        raw = new RawAgent(busPort);
    }

    @AfterEach
    void leave() throws IOException {
        raw.close();
        agent.close();
    }

    /** D-3 of ivy-c: more than 120 arguments. */
    @Test
    void takesManyArgumentsAndCountsTooMany() throws IOException {
        try (RawAgent.Wire wire = meet()) {
            wire.say("2 0\2" + "x\3".repeat(1_024) + "\n2 0\2" + "x\3".repeat(1_025) + "\n2 0\2last\3\n");
            await().until(() -> notes.lines().contains("hears raw [last]"));
            assertThat(agent.count(IvyCount.BAD_LINES)).isOne();
            assertThat(notes.lines()).anyMatch(line -> line.length() > 3_000);
        }
    }

    /** D-4 of ivy-c: a datagram without LF is not glued to the next one. */
    @Test
    void aHelloWithoutLfStandsAlone() throws IOException {
        try (RawAgent other = new RawAgent(busPort)) {
            raw.datagram(("3 " + raw.port() + " z1 raw").getBytes(UTF_8));
            raw.datagram(("3 " + other.port() + " z2 raw").getBytes(UTF_8));
            raw.accept().close();
            other.accept().close();
        }
    }

    /** D-9 of ivy-c: any thread may do anything. */
    @Test
    void manyThreadsUseOneAgent() throws IOException {
        try (RawAgent.Wire wire = meet()) {
            wire.say("1 5\2^n (\\d+)\n");
            await().until(() -> agent.send("n 0").subscriptions() == 1);
            assertThat(wire.readLine()).isEqualTo("2 5\0020\3");
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(CompletableFuture.runAsync(() -> {
                    for (int n = 1; n <= 250; n++) {
                        agent.send("n 1");
                        agent.unbind(agent.bind("^own", notes.texts("own")));
                    }
                }));
            }
            int texts = 0;
            int changes = 0;
            while (texts < 1_000 || changes < 2_000) {
                String line = wire.readLine();
                texts += line.equals("2 5\0021\3") ? 1 : 0;
                changes += line.startsWith("1 ") || line.startsWith("4 ") ? 1 : 0;
            }
            threads.forEach(CompletableFuture::join);
            assertThat(agent.bindings()).hasSize(1);
        }
    }

    /** D-10 of ivy-c: one who cannot be reached keeps nobody waiting. */
    @Test
    void anAgentThatDoesNotAcceptDelaysNobody() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            raw.datagram(("3 " + full.getLocalPort() + " full full\n").getBytes(UTF_8));
            meet().close();
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            assertThat(agent.count(IvyCount.UNREACHABLE)).isZero();
        }
    }

    /** D-14 and D-15 of ivy-java: a regexp is searched for, and a group that took no part is empty. */
    @Test
    void aRegexpIsSearchedForAndAnAbsentGroupIsEmpty() throws IOException {
        try (RawAgent.Wire wire = meet()) {
            wire.say("1 1\2b(x)?(y)\n");
            await().until(() -> agent.send("a by c").subscriptions() == 1);
            assertThat(wire.readLine()).isEqualTo("2 1\2\3y\3");
        }
    }

    /** D-18 of ivy-java and D-21 of ivy-python: a line that the end of the connection cuts off is no line, and the end is told. */
    @Test
    void aCutLineIsForgottenAndTheEndIsTold() throws IOException {
        try (RawAgent.Wire wire = meet()) {
            wire.say("2 0\2whole\3\n2 0\2cut");
        }
        await().until(() -> notes.lines().stream().anyMatch(line -> line.startsWith("left raw")));
        assertThat(notes.lines()).contains("hears raw [whole]").doesNotContain("hears raw [cut]");
    }

    /** D-19 of ivy-java: the same port elsewhere is another agent; here the second address of this machine. */
    @Test
    void theSamePortElsewhereIsAnotherAgent() throws IOException {
        try (RawAgent.Wire here = meet();
                Socket there = connectFromElsewhere()) {
            there.getOutputStream().write(("6 " + raw.port() + "\2other\n5 0\2\n").getBytes(UTF_8));
            await().until(() -> agent.clients().size() == 2);
            here.say("9 1\2\n");
            assertThat(here.readLine()).isEqualTo("10 1\2");
        }
    }

    /** D-5 of ivy-c and ivy-java: they hear a hello from two networks, connect twice, and take each text twice. */
    @Test
    void anOriginalOfThisMachineThatConnectsFromTwoAddressesIsOneAgent() throws IOException {
        try (RawAgent.Wire here = meet();
                Socket there = connectFromElsewhere()) {
            there.getOutputStream().write(("6 " + raw.port() + "\2raw\n1 1\2^x\n5 0\2\n").getBytes(UTF_8));
            await().until(() -> agent.count(IvyCount.DUPLICATES) == 1);
            here.say("1 1\2^x\n");
            await().until(() -> agent.send("x").subscriptions() == 1);
            assertThat(agent.clients()).hasSize(1);
        }
    }

    /** ivy-java may close the first of the two while others keep it. */
    @Test
    void ofTwoAddressesTheOneThatIsLeftIsUsed() throws IOException {
        RawAgent.Wire here = meet();
        try (Socket there = connectFromElsewhere()) {
            there.getOutputStream().write(("6 " + raw.port() + "\2raw\n1 1\2^x\n5 0\2\n").getBytes(UTF_8));
            await().until(() -> agent.count(IvyCount.DUPLICATES) == 1);
            here.close();
            await().until(() -> agent.send("x").subscriptions() == 1);
            assertThat(notes.lines()).containsOnlyOnce("joined raw").noneMatch(line -> line.startsWith("left"));
        }
    }

    /** D-12 of ivy-java and D-22 of ivy-python: characters beyond ASCII, cut anywhere, and bytes that are none. */
    @Test
    void charactersMayBeCutAndBytesMayBeNone() throws IOException {
        try (RawAgent.Wire wire = meet()) {
            String long2 = "\u20ac".repeat(3_000);
            wire.say("2 0\2x" + long2 + "\3\n");
            wire.sayByteByByte("2 0\2caf\u00e9 \u20ac\3\n".getBytes(UTF_8));
            wire.sayByteByByte("2 0\2\u00ff\3\n".getBytes(ISO_8859_1));
            await().until(() -> notes.lines().contains("hears raw [\ufffd]"));
            assertThat(notes.lines()).contains("hears raw [x" + long2 + "]", "hears raw [caf\u00e9 \u20ac]");
        }
    }

    /** D-23 of ivy-python: nobody can forge a frame with a line feed in a text, an argument or a name. */
    @Test
    void noFrameCanBeForged() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> agent.send("hello a\n8 0\2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        IvyAgent.builder("a\n8 0\2").domain("127:" + busPort).join());
        try (RawAgent.Wire wire = meet()) {
            wire.say("1 1\2^x ([\\s\\S]*)\n");
            await().until(() -> agent.send("x a\0031 0\2").subscriptions() == 1);
            await().until(() -> agent.count(IvyCount.TEXTS_UNSENDABLE) == 1);
            IvyClient client = agent.client("raw").orElseThrow();
            assertThatIllegalArgumentException().isThrownBy(() -> client.direct(1, "a\n8 0\2"));
            assertThatIllegalArgumentException().isThrownBy(() -> client.error(1, "a\n8 0\2"));
        }
    }

    /** D-27 of ivy-python: no thread of ours keeps a program alive. */
    @Test
    void everyThreadIsADaemon() {
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("ivy"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    /** D-31 of ivy-python: a name with spaces does not make an agent connect to itself. */
    @Test
    void anAgentWithSpacesInItsNameIsNotItsOwnClient() throws IOException {
        try (RawAgent.Wire wire = meet()) {
            assertThat(agent.clients()).hasSize(1);
            assertThat(agent.send("hello myself").agents()).isZero();
            assertThat(wire.localPort()).isPositive();
        }
    }

    /** {@code specs/ivy.md} 1.9: each line is taken as the most tolerant original takes it, and the connection stays. */
    @Test
    void oddLinesAreTakenAsFarAsTheyGo() throws IOException {
        try (RawAgent.Wire wire = meet()) {
            wire.say("x 0\2\n42 0\2\n2 x\2\n"); // not numbers, or an unknown one: answered once
            assertThat(wire.readLine()).startsWith("3 3\2");
            wire.say("2 77\2of no binding\3\n4 77\2\n10 77\2\n5 0\2\n6 4711\2other\n\n");
            wire.say("2 0\2no end\n2  0\2two spaces\3\n2 0 \2after\3\n2 0\2crlf\3\r\n 2 0\2before\3\n");
            wire.say("1 1\2^same\n1 2\2^same\n");
            wire.say("7 5\2a\3b\n");
            await().until(() -> agent.send("same").subscriptions() == 2);
            assertThat(List.of(wire.readLine(), wire.readLine())).containsExactlyInAnyOrder("2 1\2", "2 2\2");
            await().untilAsserted(() -> assertThat(notes.lines())
                    .filteredOn(line -> line.startsWith("hears") || line.startsWith("parameters"))
                    .containsExactly(
                            "hears raw [no end]",
                            "hears raw [two spaces]",
                            "hears raw [after]",
                            "hears raw [crlf]",
                            "hears raw [before]",
                            "parameters raw 5 [a, b]"));
            assertThat(notes.lines()).containsOnlyOnce("joined raw").noneMatch(line -> line.startsWith("left"));
        }
    }

    private Socket connectFromElsewhere() throws IOException {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        return new Socket(InetAddress.getLoopbackAddress(), agent.address().getPort(), elsewhere, 0);
    }

    private RawAgent.Wire meet() throws IOException {
        raw.hello("z", "raw");
        RawAgent.Wire wire = raw.accept();
        assertThat(wire.readLine()).startsWith("6 ");
        assertThat(wire.readLine()).startsWith("1 0");
        assertThat(wire.readLine()).startsWith("5 ");
        wire.say("6 " + raw.port() + "\2raw\n5 0\2\n");
        await().until(() -> agent.client("raw").isPresent());
        return wire;
    }
}

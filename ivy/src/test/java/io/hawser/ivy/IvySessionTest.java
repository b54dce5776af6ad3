package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The session of ivy-c and ivy-python once more, with one of them replaced by ours and the other one's bytes cut apart. */
class IvySessionTest {
    private static final String C_TO_PYTHON = "127.0.0.1:39370 -> 127.0.0.1:59495";
    private static final String PYTHON_TO_C = "127.0.0.1:59495 -> 127.0.0.1:39370";

    private final int busPort = RawAgent.freeBusPort();
    private final Notebook notes = new Notebook();

    private static final List<String> FROM_PYTHON = List.of(
            "joined pyagent",
            "subscribed pyagent 0 ^pub (\\S+) (.*)$",
            "subscribed pyagent 1 ^noargs",
            "hello pyagent [world]",
            "hello pyagent [caf\u00e9 \u20ac]",
            "direct pyagent 765 glop",
            "problem pyagent 7 some error",
            "subscribed pyagent 2 late (.*)",
            "unsubscribed pyagent 2",
            "left pyagent: it said goodbye");
    private static final List<String> FROM_C = List.of(
            "joined CPROBE",
            "subscribed CPROBE 1 hello (.*)",
            "subscribed CPROBE 0 x",
            "pub CPROBE [topicA, some text here]",
            "noargs CPROBE []",
            "direct CPROBE 12 direct text");

    @Test
    void answersIvyPythonAsIvyCDoes() throws IOException {
        List<byte[]> python = session(PYTHON_TO_C);
        try (RawAgent raw = new RawAgent(busPort);
                IvyAgent agent = join("CPROBE")) {
            agent.bind("x", notes.texts("x"));
            agent.bind("hello (.*)", notes.texts("hello"));
            raw.hello("pyagent202611210100437649059495", "pyagent");
            try (RawAgent.Wire wire = raw.accept()) {
                expect(wire, "6 " + port(agent) + "\2CPROBE\n1 0\2x\n1 1\2hello (.*)\n5 0\2\n");
                sayAll(wire, python.subList(0, 4));
                await().until(() -> agent.clients().size() == 1);
                assertThat(agent.send("pub topicA some text here")).isEqualTo(new IvyReach(1, 1));
                assertThat(agent.send("noargs").agents()).isOne();
                assertThat(agent.send("nobody wants this")).isEqualTo(new IvyReach(0, 0));
                expect(wire, "2 0\2topicA\3some text here\3\n2 1\2\n");
                sayAll(wire, python.subList(4, 9));
                expect(wire, "10 0\2\n");
                IvyClient client = agent.clients().get(0);
                client.direct(12, "direct text");
                CompletableFuture<Duration> ping = client.ping();
                expect(wire, "7 12\2direct text\n9 1\2\n");
                sayAll(wire, python.subList(9, python.size()));
                assertThat(wire.isEnded()).isTrue();
                assertThat(ping.join()).isPositive();
                await().until(() -> agent.clients().isEmpty());
            }
            await().untilAsserted(() -> assertThat(notes.lines()).isEqualTo(FROM_PYTHON));
        }
    }

    @Test
    void answersIvyCAsIvyPythonDoes() throws IOException {
        List<byte[]> c = session(C_TO_PYTHON);
        try (RawAgent raw = new RawAgent(busPort)) {
            IvyAgent agent = join("pyagent");
            agent.bind("^pub (\\S+) (.*)$", notes.texts("pub"));
            agent.bind("^noargs", notes.texts("noargs"));
            assertThat(raw.hear()).matches("3 " + port(agent) + " \\S+ pyagent\n");
            CompletableFuture<Void> closing;
            try (RawAgent.Wire wire = raw.connect(port(agent))) {
                expect(wire, "6 " + port(agent) + "\2pyagent\n1 0\2^pub (\\S+) (.*)$\n1 1\2^noargs\n5 0\2\n");
                sayAll(wire, c.subList(0, 4));
                await().until(() -> agent.clients().size() == 1);
                IvyClient client = agent.clients().get(0);
                assertThat(client).hasToString("127.0.0.1:38645 (CPROBE)");
                agent.send("hello world");
                agent.send("hello caf\u00e9 \u20ac");
                client.direct(765, "glop");
                client.error(7, "some error");
                expect(wire, "2 1\2world\3\n2 1\2caf\u00e9 \u20ac\3\n7 765\2glop\n3 7\2some error\n");
                sayAll(wire, c.subList(4, 8));
                assertThat(agent.bind("late (.*)", notes.texts("late"))).isEqualTo(2);
                expect(wire, "1 2\2late (.*)\n");
                sayAll(wire, c.subList(8, c.size()));
                expect(wire, "10 1\2\n");
                assertThat(agent.unbind(2)).isEqualTo("late (.*)");
                expect(wire, "4 2\2\n");
                closing = CompletableFuture.runAsync(agent::close);
                expect(wire, "0 0\2\n");
                assertThat(wire.isEnded()).isTrue();
            }
            closing.join();
            assertThat(notes.lines()).isEqualTo(FROM_C);
        }
    }

    private IvyAgent join(String name) {
        return IvyAgent.builder(name)
                .domain("127.255.255.255:" + busPort)
                .listener(notes)
                .join();
    }

    private static int port(IvyAgent agent) {
        return Integer.parseInt(agent.toString().substring(agent.toString().lastIndexOf(':') + 1));
    }

    private static List<byte[]> session(String direction) throws IOException {
        return Transcript.lines(
                requireNonNull(Transcript.read("s1-c-python.txt").streams().get(direction)));
    }

    private static void sayAll(RawAgent.Wire wire, List<byte[]> lines) throws IOException {
        for (byte[] line : lines) {
            wire.sayByteByByte((new String(line, ISO_8859_1) + "\n").getBytes(ISO_8859_1));
        }
    }

    private static void expect(RawAgent.Wire wire, String bytes) throws IOException {
        assertThat(wire.readLike(bytes)).isEqualTo(bytes);
    }
}

package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.net.wire.LineSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What originals said to an agent of ours, once more: all at once, and cut in two at every byte. */
@Timeout(60)
class IvyTranscriptTest {
    private static final String SESSION = "s3-ours-c-python-java.txt";

    private static final List<String> BEFORE = List.of("joined %s", "subscribed %s 0 ^hello (.*)");
    private static final List<String> AFTER = List.of("subscribed %s 1 ^late (.*)", "unsubscribed %s 1");
    /** By direction: what an agent of ours is told of it. */
    private static final Map<String, List<String>> TOLD = Map.of(
            "127.0.0.1:57556 -> 127.0.0.1:34865",
            told(
                    "CA",
                    "left CA: it said goodbye",
                    "hears CA [ours from CA]",
                    "direct CA 7 dir from CA",
                    "problem CA 5 err from CA",
                    "die CA 0 "),
            "127.0.0.1:57572 -> 127.0.0.1:34865",
            told(
                    "PYA",
                    "left PYA: the connection was closed",
                    "hears PYA [ours from PYA]",
                    "direct PYA 7 dir from PYA",
                    "problem PYA 5 err from PYA",
                    "die PYA 0 "),
            "127.0.0.1:36229 -> 127.0.0.1:40926",
            told(
                    "CL",
                    "left CL: the connection was closed",
                    "ready CL [ready from c]",
                    "hears CL [ours from CL]",
                    "direct CL 7 dir from CL",
                    "problem CL 5 err from CL",
                    "die CL 0 "),
            "127.0.0.1:39267 -> 127.0.0.1:57450",
            told(
                    "PYL",
                    "left PYL: it said goodbye",
                    "ready PYL [ready from py]",
                    "hears PYL [ours from PYL]",
                    "direct PYL 7 dir from PYL",
                    "problem PYL 5 err from PYL",
                    "die PYL 0 "),
            "127.0.0.1:32959 -> 127.0.0.1:54168",
            told(
                    "JAVAL",
                    "left JAVAL: it said goodbye: hasta la vista",
                    "ready JAVAL [ready from java]",
                    "hears JAVAL [ours from JAVAL]",
                    "direct JAVAL 7 dir from JAVAL",
                    "die JAVAL 0 java asks"));

    private final Notebook notes = new Notebook();
    private final int busPort = RawAgent.freeBusPort();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:57556 -> 127.0.0.1:34865",
        "127.0.0.1:57572 -> 127.0.0.1:34865",
        "127.0.0.1:36229 -> 127.0.0.1:40926",
        "127.0.0.1:39267 -> 127.0.0.1:57450",
        "127.0.0.1:32959 -> 127.0.0.1:54168"
    })
    void anOriginalIsUnderstoodHoweverItsBytesArrive(String direction) throws IOException {
        byte[] said = Objects.requireNonNull(Transcript.read(SESSION).streams().get(direction));
        try (RawAgent raw = new RawAgent(busPort);
                IvyAgent agent = IvyAgent.builder("OURS")
                        .domain("127:" + busPort)
                        .bind("^hello (.*)", notes.texts("hears"))
                        .bind("^(ready .*)", notes.texts("ready"))
                        .listener(notes)
                        .join()) {
            for (int cut = 0; cut < said.length; cut++) {
                int before = notes.lines().size();
                try (RawAgent.Wire wire = raw.connect(agent.address().getPort())) {
                    wire.say(said, 0, cut);
                    wire.say(said, cut, said.length);
                    wire.end();
                    assertThat(wire.readAll()).startsWith("6 " + agent.address().getPort() + "\2OURS\n");
                }
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> notes.lines().size() > before
                                && last(notes.lines()).startsWith("left "));
                assertThat(notes.lines().subList(before, notes.lines().size()))
                        .as("cut at " + cut)
                        .isEqualTo(TOLD.get(direction));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s1-c-python.txt", "s2-java-c-python.txt", SESSION})
    void everyStreamHasTheSameLinesWhereverItIsCut(String session) throws IOException {
        for (byte[] stream : Transcript.read(session).streams().values()) {
            List<String> whole = new ArrayList<>();
            Transcript.lines(stream).forEach(line -> whole.add(new String(line, ISO_8859_1)));
            for (int cut = 0; cut <= stream.length; cut++) {
                Lines lines = new Lines(new ArrayList<>());
                LineSplitter splitter = new LineSplitter(1_000);
                for (ByteBuf part : List.of(
                        Unpooled.wrappedBuffer(stream, 0, cut),
                        Unpooled.wrappedBuffer(stream, cut, stream.length - cut))) {
                    while (part.isReadable()) {
                        splitter.next(part, lines);
                    }
                }
                assertThat(lines.all()).as("cut at " + cut).isEqualTo(whole);
            }
        }
    }

    @Test
    void whatWeSaidThenWeStillSay() throws IOException {
        Map<String, byte[]> streams = Transcript.read(SESSION).streams();
        String toPython =
                new String(Objects.requireNonNull(streams.get("127.0.0.1:57450 -> 127.0.0.1:39267")), ISO_8859_1);
        try (RawAgent raw = new RawAgent(busPort);
                IvyAgent agent = IvyAgent.builder("OURS")
                        .domain("127:" + busPort)
                        .bind("^hello (.*)", notes.texts("hears"))
                        .bind("^(ready .*)", notes.texts("ready"))
                        .join();
                RawAgent.Wire wire = raw.connect(agent.address().getPort())) {
            wire.say("6 39267\2PYL\n1 0\2^hello (.*)\n5 0\2\n");
            await().until(() -> agent.client("PYL").isPresent());
            IvyClient python = agent.client("PYL").orElseThrow();
            python.direct(8, "dir to it");
            python.error(6, "err to it");
            wire.say("9 0\2\n");
            String answered = toPython.substring(0, toPython.indexOf("9 4"))
                    .replace("6 34865", "6 " + agent.address().getPort());
            assertThat(wire.readLike(answered)).isEqualTo(answered);
            python.ping();
            agent.send("hello all");
            agent.unbind(agent.bind("^more (.*)", notes.texts("more")));
            agent.send("hello caf\u00e9");
            String rest = toPython.substring(toPython.indexOf("2 0"));
            String ours = wire.readLike("9 1\2\n" + new String(rest.getBytes(ISO_8859_1), UTF_8));
            assertThat(ours.getBytes(UTF_8)).isEqualTo(("9 1\2\n" + rest).getBytes(ISO_8859_1));
        }
    }

    private static List<String> told(String name, String left, String... between) {
        List<String> all = new ArrayList<>();
        BEFORE.forEach(line -> all.add(line.replace("%s", name)));
        all.addAll(Arrays.asList(between));
        AFTER.forEach(line -> all.add(line.replace("%s", name)));
        all.add(left);
        return List.copyOf(all);
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    private record Lines(List<String> all) implements LineSplitter.Lines {
        @Override
        public void line(byte[] line) {
            all.add(new String(line, ISO_8859_1));
        }

        @Override
        public void tooLong(int limit) {
            throw new AssertionError("a line of an original is longer than " + limit);
        }
    }
}

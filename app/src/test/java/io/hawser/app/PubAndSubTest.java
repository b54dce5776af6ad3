package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code pub} and {@code sub} against a hub of their own. */
class PubAndSubTest {
    private static final String LISTENING = "listening; Ctrl-C ends it\n";

    private final Hub hub = Hub.start(new ConfigReader(Map.of())
            .flag("test", "eftl.port", 0)
            .flag("test", "eftl.on-stop", "shutdown")
            .read());
    private final Side subscriber = new Side("");

    @AfterEach
    void closeHub() {
        hub.close();
    }

    @Test
    void aSubscriberSeesWhatIsPublished() {
        CompletableFuture<Integer> sub = subscribe("--count", "2", "robot/*");

        Side publisher = new Side("");
        assertThat(publish(publisher, "other/7", "x=1")).isZero();
        assertThat(publish(publisher, "robot/7", "x=1.5 text=hello")).isZero();
        assertThat(publish(new Side("{\"a\":{\"b\":7}}\n"), "--json", "robot/8"))
                .isZero();

        assertThat(sub.orTimeout(10, TimeUnit.SECONDS).join()).isZero();
        assertThat(publisher.err.toString())
                .isEqualTo("published 7 bytes → 0 receivers\npublished 24 bytes → 1 receiver\n");
        assertThat(subscriber
                        .out
                        .toString()
                        .replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "TIME")
                        .replaceAll("eftl:\\S+", "eftl:CLIENT"))
                .isEqualTo("""
                        TIME [#1] robot/7  eftl:CLIENT  24 B  {"x":1.5,"text":"hello"}
                        TIME [#2] robot/8  eftl:CLIENT  13 B  {"a":{"b":7}}
                        """);
    }

    @Test
    void aRegexpAndAMatcherChoose() {
        CompletableFuture<Integer> sub =
                subscribe("--count", "1", "--re", "^hel+o$", "--match", "{\"n\":7,\"gone\":false}", "-o", "raw");

        publish(new Side(""), "a", "n=7 gone=1 text=hello");
        publish(new Side(""), "a", "n=8 text=hello");
        publish(new Side(""), "a", "n=7 text=help");
        publish(new Side(""), "b", "n=7 text=hello");

        assertThat(sub.orTimeout(10, TimeUnit.SECONDS).join()).isZero();
        assertThat(subscriber.out.toString()).isEqualTo("hello\n");
    }

    @Test
    void aSubscriberTellsThatTheHubHasGone() {
        CompletableFuture<Integer> sub = subscribe(">");
        hub.close();

        assertThat(sub.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(3);
        assertThat(subscriber.err.toString())
                .isEqualTo(LISTENING + "hawser sub: the hub ended the connection: 1001 the server shuts down\n");
    }

    /** Else the hub would keep its session for a while and count it among the receivers. */
    @Test
    void aSubscriberThatIsStoppedSaysGoodbye() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Process sub = new ProcessBuilder(java, "-cp", classes, Hawser.class.getName(), "sub", "-s", hub.eftlUrl(), ">")
                .start();
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(sub.getErrorStream(), StandardCharsets.UTF_8))) {
            assertThat(err.readLine() + "\n").isEqualTo(LISTENING);
            sub.destroy();
            assertThat(sub.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            sub.destroyForcibly();
        }

        Side publisher = new Side("");
        assertThat(publish(publisher, "a", "x=1")).isZero();
        assertThat(publisher.err.toString()).isEqualTo("published 7 bytes → 0 receivers\n");
    }

    @Test
    void aRefusedMatcherIsAMistakeInTheCommandLine() {
        Side side = new Side("");

        assertThat(side.run("sub", "--match", "{\"a\":1.5}")).isEqualTo(2);
        assertThat(side.err.toString())
                .isEqualTo("hawser sub: the value for a must be a string, an integer, true or false\n");
    }

    @Test
    void aChannelThatIsNotThereIsNoConnection() {
        Side side = new Side("");
        String url = hub.eftlUrl() + "s";

        assertThat(side.run("pub", "-s", url, "a", "b")).isEqualTo(3);
        assertThat(side.err.toString())
                .isEqualTo("hawser pub: no connection to " + url + ": cannot connect to " + url
                        + ": the server refused: HTTP 404 Not Found: no channel /channels; there is /channel\n");
    }

    private int publish(Side side, String... arguments) {
        return side.run("pub", arguments);
    }

    /** Starts {@code sub} and returns when the hub has its subscription. */
    private CompletableFuture<Integer> subscribe(String... arguments) {
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> subscriber.run("sub", arguments));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> subscriber.err.toString().startsWith(LISTENING));
        return ended;
    }

    /** One terminal and what it has seen. */
    private final class Side {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final Terminal terminal;

        Side(String input) {
            terminal = new Terminal(
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    Map.of("HAWSER_URL", hub.eftlUrl()),
                    () -> Instant.EPOCH,
                    ZoneOffset.UTC);
        }

        int run(String command, String... arguments) {
            String[] line =
                    Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new);
            return Hawser.commandLine(terminal).execute(line);
        }
    }
}

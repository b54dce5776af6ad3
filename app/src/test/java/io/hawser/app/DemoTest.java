package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hawser demo}: all four protocols on one hub, and what crosses from one to another. */
@Timeout(60)
class DemoTest {
    /** What this user's hubs remember; their authority is made once. */
    @TempDir
    private static Path state;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyWayIsShownAndCounted() throws Exception {
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> run(Map.of(), "demo", "--for", "2s", "--port", "0", "--bus", bus()));
        await().until(() -> exit.isDone() || err.toString().contains("device ls"));
        assertThat(look("fleet ls")).hasSize(3).allMatch(line -> line.contains("state=online"));
        assertThat(look("device ls")).hasSize(1).allMatch(line -> line.contains("device=mast"));

        assertThat(exit.join()).as(err.toString()).isZero();
        for (String way : List.of(
                "ivy → eftl .*flight 7 is at lat 43\\.46\\d*, lon 1\\.27\\d*",
                "eftl → ivy .*flight 7 obeys: climb 120",
                "eftl → clever .*copter-3 obeys: takeoff",
                "clever → eftl .*copter-\\d is \\S+ m up, its battery has 12\\.\\d+ V",
                "iot → eftl .*the mast measures a wind of 11\\.5 m/s",
                "iot → ivy .*flight 7 turns home",
                "iot → clever .*copter-2 obeys: land",
                "eftl → clever → eftl .*copter-1 answers the operator: I am at 1\\.00 0\\.00 \\S+ 0\\.0 map",
                "eftl → iot → eftl .*the mast answers the operator: horn completed")) {
            assertThat(out.toString()).containsPattern("(?m)^" + way.replaceFirst(" \\.\\*", " +[\\\\d.]+ ms  ") + "$");
        }
        assertThat(out.toString())
                .contains("the mast sounds its horn", "the mast raises its alert, a gust of 17.9 m/s")
                .containsPattern("(?m)^iot → clever +3 +3 +[\\d.]+ ms +[\\d.]+ ms$")
                .containsPattern("(?m)^eftl → iot → eftl +1 +1 +[\\d.]+ ms +[\\d.]+ ms$");
        try (Stream<Path> left = Files.list(state.resolve("hawser"))) {
            assertThat(left).containsExactly(state.resolve("hawser/development"));
        }
    }

    /** What a command prints that the demonstration advises, once it prints something. */
    private List<String> look(String command) {
        Matcher advised =
                Pattern.compile("(?m)^ +hawser (" + command + " --admin \\S+)$").matcher(err.toString());
        assertThat(advised.find()).as(err.toString()).isTrue();
        StringWriter seen = new StringWriter();
        await().until(() -> {
            seen.getBuffer().setLength(0);
            return run(Map.of(), seen, advised.group(1).split(" ", -1)) == 0
                    && seen.toString().lines().count() >= (command.startsWith("fleet") ? 3 : 1);
        });
        return seen.toString().lines().toList();
    }

    @Test
    void aWayThatIsBrokenEndsItWithAFailureThatNamesIt() {
        Map<String, String> broken = Map.of("HAWSER_IOT__IN__NOT", "[\">\"]");
        assertThat(run(broken, "demo", "--for", "1500ms", "--port", "0", "--bus", bus()))
                .isEqualTo(1);
        assertThat(err.toString())
                .endsWith(
                        "hawser demo: nothing came across: iot → eftl (3 said, none heard), iot → ivy (1 said, none heard),"
                                + " iot → clever (3 said, none heard)\n");
        assertThat(out.toString()).containsPattern("(?m)^iot → ivy +1 +0 +- +-$");
    }

    @Test
    void tellsThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run(Map.of(), "demo", "--for", "1s", "--port", port, "--bus", bus()))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo("hawser demo: cannot listen on 127.0.0.1:" + port + ": address already in use;"
                            + " stop the other program or choose another port (--port; 0 takes free ones for all)\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            demo --port 99999 | hawser demo: hawser.eftl.port = 99999 (--port) must be a whole number, 0 to 65535
            demo --bus here   | hawser demo: hawser.ivy.local.bus = "here" (--bus) the Ivy domain 'here' is wrong: the network 'here' must be bytes from 0 to 255 with dots; expected for example '127.255.255.255:2010' or '127:2010,192.168:2011'
            """)
    void tellsWhatItWasToldWrongly(String line, String words) {
        assertThat(run(Map.of(), line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(words + "\n");
        assertThat(out.toString()).isEmpty();
    }

    private int run(Map<String, String> environment, String... arguments) {
        return run(environment, out, arguments);
    }

    private int run(Map<String, String> environment, StringWriter to, String... arguments) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("XDG_STATE_HOME", state.toString());
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(to, true),
                new PrintWriter(err, true),
                variables,
                InstantSource.system(),
                ZoneOffset.UTC);
        return Hawser.commandLine(terminal).execute(arguments);
    }

    private static String bus() {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return "127.255.255.255:" + free.getLocalPort();
        } catch (SocketException none) {
            throw new IllegalStateException(none);
        }
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.terminal.Terminal;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser probe} through pipes; its lines are those that ivyprobe 3.15 printed in the same scenes. */
class ProbeTest {
    private final int port = freePort();
    private final String bus = "127.255.255.255:" + port;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PipedOutputStream typed = new PipedOutputStream();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<IvyAgent> agents = new ArrayList<>();
    private CompletableFuture<Integer> probe = new CompletableFuture<>();

    @AfterEach
    void leave() throws IOException {
        typed.close();
        agents.forEach(IvyAgent::close);
    }

    @Test
    void showsWhatMatchesAndSaysWhatIsTyped() throws IOException {
        start("-b", bus, "-n", "A", "yo (.*) (.*)");
        IvyAgent other = join("B");
        other.bind("^hello (.*)", (client, args) -> heard.add(client.name() + " " + args));
        awaitLine("B connected from localhost");
        await().until(() -> !other.clients().isEmpty());

        other.send("yo one two");
        awaitLine("B sent  'one' 'two'");
        type("hello bob");
        awaitLine("-> Sent to 1 peer");
        type("nobody wants this");
        awaitLine("-> Sent to 0 peers");
        type(".bind '^noargs'");
        await().until(() -> other.clients().get(0).regexps().size() == 2);
        other.send("noargs");
        awaitLine("B sent ");
        other.close();
        awaitLine("B disconnected from localhost");
        type(".quit");

        assertThat(probe.orTimeout(30, TimeUnit.SECONDS).join()).isZero();
        assertThat(out.toString()).isEqualTo("""
                Binding to 'yo (.*) (.*)'
                Broadcasting on network 127.255.255.255, port %d
                B connected from localhost
                B sent  'one' 'two'
                -> Sent to 1 peer
                -> Sent to 0 peers
                B sent\s
                B disconnected from localhost
                """.formatted(port));
        assertThat(heard).containsExactly("A [bob]");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void commandsTellWhoIsThereAsIvyprobeDoes() throws IOException {
        joinWithAnEar("two words").bind("^hello (.*)", (client, args) -> {});
        start("-b", bus, "-s", "-w", "1");
        awaitLine("two words connected from localhost");
        agents.get(0).client("IVYPROBE").orElseThrow().direct(7, "for you");
        awaitLine("two words sent a direct message, id=7, message=for you");

        type(".who", ".where two words", ".where nobody", ".bound two words", ".bind late(", ".dieall-yes-i-am-sure");
        await().untilAsserted(() -> assertThat(heard).containsExactly("die"));
        type(".ping two words");
        await().until(() -> out.toString().contains("two words respond to ping in "));
        typed.close();

        assertThat(probe.orTimeout(30, TimeUnit.SECONDS).join()).isZero();
        assertThat(out.toString().lines().filter(line -> !line.contains("ping")))
                .containsExactlyInAnyOrder(
                        "Broadcasting on network 127.255.255.255, port " + port,
                        "two words connected from localhost",
                        "Application: two words on localhost add regexp 0 : ^hello (.*)",
                        "two words sent a direct message, id=7, message=for you",
                        "Apps: two words,",
                        "Application two words on localhost",
                        "No Application nobody!!!",
                        "two words has subscribed to: ^hello (.*)",
                        "Error compiling 'late(', Unclosed group at offset 5, not bound",
                        "Killing 'two words'...");
    }

    @Test
    void commandsSpeakToOneAgentAndSayWhatIsWrong() throws IOException {
        joinWithAnEar("B");
        start("-b", bus);
        awaitLine("B connected from localhost");

        type(".direct B 5 'hi there'", ".error B 3 oh", ".unbind 7", ".unknown", ".direct B x", ".die", ".", ".quit");

        assertThat(probe.orTimeout(30, TimeUnit.SECONDS).join()).isZero();
        await().untilAsserted(() -> assertThat(heard).containsExactly("direct 5 hi there", "error 3 oh"));
        assertThat(err.toString().lines())
                .containsExactly(
                        ".unbind 'REGEXP': no subscription is '7'; .bound shows them with their ids",
                        "there is no command '.unknown'; .help shows them all",
                        ".direct NAME ID 'TEXT': 'x' is no number",
                        ".die NAME: it needs the name of an agent",
                        "there is no command '.'; .help shows them all");
    }

    @Test
    void regexpsComeFromAFileToo(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("regexps"), "^one\n\n^two (.*)\n");
        start("-b", bus, "-f", file.toString(), "^three", "(", "@four");
        IvyAgent other = join("B");
        await().until(() ->
                other.clients().stream().anyMatch(client -> client.regexps().size() == 4));

        assertThat(other.clients().get(0).regexps()).containsValues("^one", "^two (.*)", "^three", "@four");
        awaitLine("Error compiling '(', Unclosed group at offset 1, not bound");
    }

    @Test
    void twoBusesAreToldApart() throws IOException {
        String second = "127.255.255.255:" + freePort();
        start("-b", bus, "-b", second, "(.*)");
        IvyAgent here = join("HERE");
        IvyAgent there = IvyAgent.join("THERE", second);
        agents.add(there);
        awaitLine("[" + bus + "] HERE connected from localhost");
        awaitLine("[" + second + "] THERE connected from localhost");

        await().until(() -> here.send("from here").agents() == 1);
        awaitLine("[" + bus + "] HERE sent  'from here'");
        type(".die nobody");
        awaitLine("No Application nobody!!!");
        type(".who");
        awaitLine("[" + second + "] Apps: THERE,");
    }

    @Test
    void hostileTextsMoveNoCursor() throws IOException {
        start("-b", bus, "(.*)");
        IvyAgent other = join("B");
        await().until(() -> other.send("\u001b]0;owned\u0007").agents() == 1);

        awaitLine("B sent  '\\u001b]0;owned\\u0007'");
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void endsWhenItIsAskedToDie() throws IOException {
        start("-b", bus);
        IvyAgent other = join("B");
        await().until(() -> !other.clients().isEmpty());

        other.clients().get(0).die(0, "enough");

        assertThat(probe.orTimeout(30, TimeUnit.SECONDS).join()).isZero();
        assertThat(out.toString()).contains("B asks this probe to end: enough\n");
    }

    @Test
    void theTimerTestSaysWhatIvyprobeSays() throws IOException {
        start("-b", bus, "-t", "x");
        IvyAgent other = join("B");
        other.bind("^(TEST TIMER .*)", (client, args) -> heard.add(args.get(0)));

        await().until(() -> heard.contains("TEST TIMER 1"));
        assertThat(out.toString()).containsPattern("Timer callback: 1 delta \\d+ ms\n");
    }

    @Test
    void aWrongBusOrSwitchIsTold() {
        assertThat(run(InputStream.nullInputStream(), "-b", "300.1:x")).isEqualTo(2);
        assertThat(err.toString()).startsWith("hawser probe: the Ivy domain '300.1:x' is wrong: ");
        assertThat(run(InputStream.nullInputStream(), "-f", "/nowhere")).isEqualTo(6);
        assertThat(run(InputStream.nullInputStream(), "-y")).isEqualTo(2);
    }

    @Test
    void theEndOfTheInputEndsIt() {
        byte[] said = "hello\n".getBytes(StandardCharsets.UTF_8);

        assertThat(run(new ByteArrayInputStream(said), "-b", bus, "-v")).isZero();
        assertThat(out.toString()).startsWith("hawser ").endsWith("-> Sent to 0 peers\n");
    }

    /** An agent that writes down what is said to it alone. */
    private IvyAgent joinWithAnEar(String name) {
        IvyListener listener = new IvyListener() {
            @Override
            public void direct(IvyClient client, int number, String text) {
                heard.add("direct " + number + " " + text);
            }

            @Override
            public void die(IvyClient client, int number, String reason) {
                heard.add("die");
            }

            @Override
            public void problem(IvyClient client, int code, String reason) {
                heard.add("error " + code + " " + reason);
            }
        };
        IvyAgent agent = IvyAgent.builder(name).domain(bus).listener(listener).join();
        agents.add(agent);
        return agent;
    }

    private IvyAgent join(String name) {
        IvyAgent agent = IvyAgent.join(name, bus);
        agents.add(agent);
        return agent;
    }

    private void start(String... arguments) throws IOException {
        InputStream in = new PipedInputStream(typed);
        probe = CompletableFuture.supplyAsync(() -> run(in, arguments), task -> {
            Thread thread = new Thread(task, "probe");
            thread.setDaemon(true);
            thread.start();
        });
        await().until(() -> out.toString().contains("Broadcasting"));
    }

    private int run(InputStream in, String... arguments) {
        Terminal terminal = new Terminal(
                in,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of(),
                InstantSource.system(),
                ZoneOffset.UTC);
        List<String> all = new ArrayList<>(List.of("probe"));
        all.addAll(List.of(arguments));
        return Hawser.commandLine(terminal).execute(all.toArray(String[]::new));
    }

    private void type(String... lines) throws IOException {
        typed.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        typed.flush();
    }

    private void awaitLine(String line) {
        await().untilAsserted(() -> assertThat(out.toString().lines()).contains(line));
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (SocketException none) {
            throw new AssertionError(none);
        }
    }
}

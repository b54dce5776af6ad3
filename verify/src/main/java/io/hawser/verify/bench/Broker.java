package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A broker under test: a process of its own that listens on loopback and ends with the benchmark.
 *
 * @param version what it says of itself
 * @param address where it listens
 * @param process ends when it is closed
 */
record Broker(String version, InetSocketAddress address, Process process) implements AutoCloseable {
    private static final int TRIES = 200;
    private static final long PAUSE_MILLIS = 25;

    /** The hub in a JVM with the options of a user's, and what the property {@code hawser.bench.hub} adds. */
    static Broker hub() throws IOException {
        List<String> command = new ArrayList<>();
        Stream.of(System.getProperty("hawser.bench.hub", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.add("-Dlogback.configurationFile=bench-logback.xml");
        return java(System.getProperty("hawser.version", "unknown"), command, HubProgram.class);
    }

    /** Netty alone, in a JVM with the options of a user's. */
    static Broker relay() throws IOException {
        String version = Version.identify().values().stream()
                .map(Version::artifactVersion)
                .findFirst()
                .orElse("unknown");
        return java(version, new ArrayList<>(), RelayProgram.class);
    }

    private static Broker java(String version, List<String> options, Class<?> program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port = firstLine(process, HubProgram.READY).substring(HubProgram.READY.length());
        return new Broker(version, loopback(Integer.parseInt(port)), process);
    }

    /** NATS without JetStream; empty if it is not installed. */
    static Optional<Broker> nats() throws IOException, InterruptedException {
        Optional<Path> program = installed("nats-server");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = freePort();
        Process process = new ProcessBuilder(program.get().toString(), "-a", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitPort(port, process);
        Process said = new ProcessBuilder(program.get().toString(), "--version").start();
        return Optional.of(new Broker(firstLine(said, "nats-server"), loopback(port), process));
    }

    /** Mosquitto with nothing kept and nothing limited; empty if it is not installed. */
    static Optional<Broker> mosquitto() throws IOException, InterruptedException {
        Optional<Path> program = installed("mosquitto");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = freePort();
        Path settings = Files.createTempDirectory("hawser-bench").resolve("mosquitto.conf");
        Files.writeString(settings, """
                listener PORT 127.0.0.1
                allow_anonymous true
                persistence false
                max_queued_messages 0
                max_inflight_messages 0
                set_tcp_nodelay true
                log_dest none
                """.replace("PORT", Integer.toString(port)));
        Process process = new ProcessBuilder(program.get().toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitPort(port, process);
        Files.delete(settings);
        Files.delete(settings.getParent());
        return Optional.of(new Broker(mosquittoVersion(program.get()), loopback(port), process));
    }

    private static Optional<Path> installed(String program) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first line of {@code mosquitto -h}. */
    private static String mosquittoVersion(Path program) throws IOException {
        Process help = new ProcessBuilder(program.toString(), "-h")
                .redirectErrorStream(true)
                .start();
        return firstLine(help, "mosquitto version ");
    }

    /** The first line of output that begins with {@code start}; a JVM may say other things before. */
    private static String firstLine(Process process, String start) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IOException("a broker ended before it was ready"));
    }

    private static void awaitPort(int port, Process process) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket ready = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (ready.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        process.destroy();
        throw new IOException("a broker does not listen on " + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}

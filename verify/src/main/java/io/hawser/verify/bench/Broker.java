package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of(System.getProperty("hawser.bench.hub", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.add("-Dlogback.configurationFile=bench-logback.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HubProgram.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port = firstLine(process, HubProgram.READY).substring(HubProgram.READY.length());
        return new Broker(System.getProperty("hawser.version", "unknown"), loopback(Integer.parseInt(port)), process);
    }

    /** Mosquitto with nothing kept and nothing limited; empty if it is not installed. */
    static Optional<Broker> mosquitto() throws IOException, InterruptedException {
        Optional<Path> program = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
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
        throw new IOException("mosquitto does not listen on " + port);
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

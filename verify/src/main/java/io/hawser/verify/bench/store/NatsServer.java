package io.hawser.verify.bench.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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
 * A NATS server with JetStream as a process of its own; ends with the benchmark or test.
 *
 * @param version what it says of itself
 * @param address where it listens
 * @param process ends when it is closed
 */
public record NatsServer(String version, InetSocketAddress address, Process process) implements AutoCloseable {
    private static final int TRIES = 400;
    private static final long PAUSE_MILLIS = 25;

    /** A server that keeps its streams in {@code folder}; empty if none is installed. */
    public static Optional<NatsServer> start(Path folder) throws IOException, InterruptedException {
        return start(folder, freePort());
    }

    /** The same on {@code port}, again perhaps, with {@code more} options. */
    public static Optional<NatsServer> start(Path folder, int port, String... more)
            throws IOException, InterruptedException {
        Optional<Path> program = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(path -> Path.of(path, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(
                program.get().toString(),
                "-a",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-js",
                "-sd",
                folder.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        awaitPort(address, process);
        return Optional.of(new NatsServer(version(program.get()), address, process));
    }

    /** Where clients connect. */
    public String url() {
        return "nats://127.0.0.1:" + address.getPort();
    }

    private static String version(Path program) throws IOException {
        Process asked = new ProcessBuilder(program.toString(), "--version").start();
        return new String(asked.getInputStream().readAllBytes(), UTF_8).strip();
    }

    /** One that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void awaitPort(InetSocketAddress address, Process process) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket ready = new Socket(address.getAddress(), address.getPort())) {
                if (ready.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        process.destroy();
        throw new IOException("nats-server does not listen on " + address.getPort());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package io.hawser.store.nats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real nats-server with JetStream as a process of its own, which ends with its test or, at the latest, with the tests. */
final class NatsServer implements AutoCloseable {
    private static final int TRIES = 400;

    private final Path folder;
    private final List<String> command;
    private final int port;
    private @Nullable Process process;

    private NatsServer(Path folder, List<String> command, int port) {
        this.folder = folder;
        this.command = command;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Where it is installed; empty if it is not. */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(path -> Path.of(path, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A server with nothing in it. */
    static NatsServer fresh(String... more) {
        Path folder = temporary();
        List<String> options = new ArrayList<>(List.of("-js", "-sd", folder.toString()));
        options.addAll(List.of(more));
        return of(folder, options);
    }

    /** A server that has no JetStream. */
    static NatsServer without() {
        return of(temporary(), List.of());
    }

    /** Three servers that know each other. */
    static List<NatsServer> cluster() {
        List<Integer> ports = List.of(freePort(), freePort(), freePort());
        List<NatsServer> servers = new ArrayList<>();
        for (int port : ports) {
            Path folder = temporary();
            String routes = ports.stream()
                    .filter(other -> other != port)
                    .map(other -> "nats://127.0.0.1:" + other)
                    .collect(Collectors.joining(","));
            servers.add(of(
                    folder,
                    List.of(
                            "-js",
                            "-sd",
                            folder.toString(),
                            "-n",
                            "n" + port,
                            "--cluster_name",
                            "c" + ports.get(0),
                            "--cluster",
                            "nats://127.0.0.1:" + port,
                            "--routes",
                            routes)));
        }
        return servers;
    }

    private static NatsServer of(Path folder, List<String> options) {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of(program().orElseThrow().toString(), "-a", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(options);
        NatsServer server = new NatsServer(folder, command, port);
        server.start();
        return server;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("hawser-nats");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Starts it, again if it was killed; returns when it listens. */
    void start() {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process = started;
            for (int i = 0; i < TRIES && started.isAlive(); i++) {
                if (listens() || started.waitFor(25, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            throw new IllegalStateException("nats-server does not listen on " + port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean listens() {
        try (Socket ready = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return ready.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As kill -9. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Kills it and removes what it kept. */
    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

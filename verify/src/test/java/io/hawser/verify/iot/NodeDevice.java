package io.hawser.verify.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** An original JavaScript library, for devices or operators, in a process of Node.js: it does what it is told, and tells what happens to it. */
final class NodeDevice implements AutoCloseable {
    /** Where Maven throws it away: nothing of the library is ours. It forgot to name debug and sqlite3, which it cannot do without. */
    private static final Path LIBRARIES = Path.of("target", "iotcs-csl-js").toAbsolutePath();

    /** Of devices. */
    static final String DEVICE = "18.2.3";

    /** That of operators begins with this one. */
    static final String OPERATOR = "18.3.2";

    private static final List<String> PACKAGES = List.of("debug@2", "sqlite3@5.1.7");
    private static final long INSTALL_MINUTES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path log;
    private final Process process;
    private final BufferedWriter orders;

    /**
     * Starts a device that {@code provisioning} tells who it is.
     *
     * @param folder where it may keep what it likes
     * @param trust the certificate that it trusts when it moves files, for which the library does not look into {@code provisioning}
     */
    NodeDevice(Path folder, Path provisioning, String passphrase, Path trust) throws IOException {
        this("device.js", DEVICE, folder, provisioning, passphrase, trust);
    }

    /** The program {@code name} on the library {@code version}. */
    NodeDevice(String name, String version, Path folder, Path provisioning, String passphrase, Path trust)
            throws IOException {
        Path script = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(NodeDevice.class.getResourceAsStream("/iot/" + name))) {
            Files.write(script, in.readAllBytes());
        }
        log = Files.createTempFile(folder, "device", ".log");
        List<String> command = List.of(
                "node",
                "--no-deprecation",
                script.toString(),
                LIBRARIES.resolve(version).toString(),
                provisioning.toString(),
                passphrase);
        ProcessBuilder node = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        node.environment().put("NODE_EXTRA_CA_CERTS", trust.toString());
        process = node.start();
        orders = process.outputWriter(UTF_8);
    }

    /** Has npm fetch the library; whoever asks is skipped, with the reason, where that cannot be done. */
    static void install(Path folder, String version) throws Exception {
        Path library = LIBRARIES.resolve(version);
        List<String> command =
                new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", library.toString()));
        command.add("iotcs-csl-js@" + version);
        command.addAll(PACKAGES);
        Path log = folder.resolve("npm.log");
        Files.createDirectories(library);
        Process npm;
        try {
            npm = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException missing) {
            skip("Node.js and npm are missing; on Debian: apt-get install nodejs npm (" + missing.getMessage() + ")");
            return;
        }
        boolean ended = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        if (!ended || npm.exitValue() != 0) {
            skip("npm could not install " + version + " and " + PACKAGES + ": " + Files.readString(log));
        }
    }

    private static void skip(String why) {
        System.out.println("The original JavaScript device is not tested: " + why);
        abort(why);
    }

    /** Tells it to do something. */
    void tell(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
    }

    /** What it said so far. */
    List<String> said() {
        try {
            return Files.readString(log).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it says a line that begins with {@code start}; returns what follows. */
    String hears(String start) {
        await(start)
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || said().stream().anyMatch(line -> line.startsWith(start)));
        return said().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("it ended, and had said " + said()))
                .substring(start.length())
                .trim();
    }

    /** Ends it as if somebody had pulled the plug. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}

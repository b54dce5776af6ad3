package io.hawser.verify.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.Hawser;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code hawser serve} as a process of its own on a data folder, to be killed. */
record HubProcess(Process process, String url) implements AutoCloseable {
    /** Returns when the hub is ready. */
    static HubProcess start(Path folder) throws IOException {
        return start(folder, Hawser.class);
    }

    /** Returns when {@code program}, called like the real one, is ready. */
    static HubProcess start(Path folder, Class<?> program) throws IOException {
        return start(folder, program, "eftl.port = 0");
    }

    /** Returns when a hub with {@code settings}, lines of its section {@code hawser}, is ready. */
    static HubProcess start(Path folder, String settings) throws IOException {
        return start(folder, Hawser.class, settings);
    }

    /** Returns when another hub is ready in the place of this one, which is gone. */
    HubProcess successor(Path folder) throws IOException {
        return start(folder, "eftl.port = " + URI.create(url).getPort());
    }

    private static HubProcess start(Path folder, Class<?> program, String settings) throws IOException {
        Path config = folder.resolve("hawser.conf");
        Files.writeString(config, "hawser {\n" + settings + "\n}\n");
        Process process = new ProcessBuilder(List.of(
                        // what runs the tests may ignore it, and whoever it starts would do so too
                        "env",
                        "--default-signal=HUP",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        "serve",
                        "-c",
                        config.toString(),
                        "--data",
                        folder.resolve("data").toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("hub.log").toFile()))
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("eftl ")) {
                return new HubProcess(process, line.split(" ", -1)[1]);
            }
        }
        throw new IOException("the hub did not start: " + log(folder));
    }

    EftlConnection client(String id) {
        EftlOptions oneLife = EftlOptions.defaults().clientId(id).autoReconnectAttempts(0);
        return Eftl.connect(url, oneLife).join();
    }

    /** SIGKILL, without any warning. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** All that it said so far on standard error. */
    static String log(Path folder) throws IOException {
        return Files.readString(folder.resolve("hub.log"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

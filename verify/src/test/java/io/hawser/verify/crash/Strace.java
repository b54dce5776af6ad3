package io.hawser.verify.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Watches what a hub asks of the operating system, and can make it fail. */
record Strace(Process process, Path file) implements AutoCloseable {
    private static final String CALLS = "trace=write,writev,pwrite64,sendto,sendmsg,fdatasync,fsync";

    /** Why it cannot be used here; empty if it can. */
    static String missing() {
        try {
            Process probe = new ProcessBuilder("strace", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(probe.getInputStream().readAllBytes(), UTF_8).strip();
            return probe.waitFor() == 0 ? "" : "strace does not work here: " + said;
        } catch (IOException absent) {
            return "strace is missing (on Debian: apt-get install strace): " + absent.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Watches {@code hub} from the moment this returns; {@code more} are options such as an injected failure. */
    static Strace attach(HubProcess hub, Path file, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-yy", "-s", "100000", "-e", CALLS));
        command.addAll(List.of(more));
        command.addAll(
                List.of("-o", file.toString(), "-p", Long.toString(hub.process().pid())));
        Process process = new ProcessBuilder(command).start();
        BufferedReader said = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("attached")) {
                return new Strace(process, file);
            }
            all.append(line);
        }
        throw new IOException("strace: " + all);
    }

    /** Every line it wrote; waits for the end of the hub. */
    List<String> lines() throws IOException, InterruptedException {
        process.waitFor();
        return Files.readAllLines(file, ISO_8859_1);
    }

    @Override
    public void close() {
        process.destroy();
    }
}

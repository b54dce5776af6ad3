package io.hawser.verify.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.Hawser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Somebody at a shell in a folder with the program, on a machine of its own (a network namespace), so that the usual ports are
 * free. What is typed is what stands in README.md, character by character.
 */
final class Newcomer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> MACHINE = List.of("unshare", "--map-root-user", "--net", "sh", "-c");

    private final Path folder;
    private final List<String> readme;
    private final Process machine;
    private final List<Running> staying = new ArrayList<>();
    private int typed;

    /** A line that runs, and where it prints. */
    private record Running(Line line, Process process, Path out) {
        String printed() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Why there is no such machine; empty if there is one. */
    static String missing() throws InterruptedException {
        try {
            List<String> probe = new ArrayList<>(MACHINE);
            probe.add("ip link set lo up && nsenter --version");
            Process process =
                    new ProcessBuilder(probe).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? "" : "no network namespace can be made: " + said;
        } catch (IOException e) {
            return "no network namespace can be made: " + e.getMessage();
        }
    }

    Newcomer(Path folder, List<String> readme) throws IOException {
        this.folder = folder;
        this.readme = List.copyOf(readme);
        Path program = folder.resolve("hawser");
        Files.writeString(program, """
                #!/bin/sh
                exec "$JAVA" -XX:TieredStopAtLevel=1 -Xshare:auto -cp "$CLASSES" %s "$@"
                """.formatted(Hawser.class.getName()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        List<String> holder = new ArrayList<>(MACHINE);
        holder.add("ip link set lo up && echo up && exec cat");
        machine = new ProcessBuilder(holder).start();
        assertThat(machine.getInputStream().read()).isEqualTo('u');
    }

    /** Types them, one after the other; those that stay run on in terminals of their own. */
    Newcomer types(List<Line> lines) throws IOException, InterruptedException {
        for (Line line : lines) {
            Running running = start(line);
            if (line.stays()) {
                staying.add(running);
                Awaitility.await(line.begins())
                        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .until(() -> found(running, line.says())
                                || !running.process().isAlive());
            } else {
                assertThat(running.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("%s has ended. It printed: %s", line.begins(), running.printed())
                        .isTrue();
                assertThat(running.process().exitValue())
                        .as("%s printed: %s", line.begins(), running.printed())
                        .isEqualTo(line.exit());
            }
            assertThat(running.printed()).as(line.begins()).containsPattern(line.says());
        }
        return this;
    }

    /** Sees what came in the other terminals, and presses Ctrl-C in each, the first last. */
    void endsAll() throws IOException, InterruptedException {
        for (int i = staying.size() - 1; i >= 0; i--) {
            Running running = staying.get(i);
            for (String wanted : running.line().finallyHas()) {
                Awaitility.await(running.line().begins() + " prints " + wanted)
                        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .until(() -> found(running, wanted));
            }
            interrupt(running.process());
            assertThat(running.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("Ctrl-C ends %s", running.line().begins())
                    .isTrue();
            assertThat(running.process().exitValue())
                    .as("%s printed: %s", running.line().begins(), running.printed())
                    .isEqualTo(running.line().exit());
        }
        staying.clear();
    }

    private Running start(Line line) throws IOException {
        Path out = folder.resolve("terminal-" + typed++);
        ProcessBuilder builder = new ProcessBuilder(shell(text(line)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        for (String home : List.of("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME")) {
            builder.environment().put(home, folder.resolve("home").toString());
        }
        Process process = builder.start();
        OutputStream in = process.getOutputStream();
        in.write(line.input().getBytes(UTF_8));
        in.flush();
        if (!line.stays()) {
            in.close();
        }
        return new Running(line, process, out);
    }

    /** The whole line of the README. */
    private String text(Line line) {
        return readme.stream()
                .filter(each -> each.startsWith(line.begins()))
                .reduce((one, other) -> {
                    throw new AssertionError("README.md says both " + one + " and " + other);
                })
                .orElseThrow(() -> new AssertionError("README.md does not say " + line.begins()));
    }

    /**
     * What runs {@code text} on the machine. One program alone is what bash becomes, so that Ctrl-C reaches it; programs in the
     * background of a script would not hear it, and this may be one.
     */
    private List<String> shell(String text) {
        String pid = String.valueOf(machine.pid());
        List<String> shell =
                new ArrayList<>(List.of("nsenter", "--preserve-credentials", "--user", "--net", "--target", pid));
        shell.addAll(List.of("env", "--default-signal=INT", "bash", "-c", text));
        return shell;
    }

    private static boolean found(Running running, String wanted) {
        return Pattern.compile(wanted).matcher(running.printed()).find();
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        staying.forEach(running -> running.process().descendants().forEach(ProcessHandle::destroyForcibly));
        staying.forEach(running -> running.process().destroyForcibly());
        machine.destroyForcibly();
    }
}

package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A process that plays one party of a scenario and says by lines how it goes. Other lines on its output are passed over. */
public final class Party implements AutoCloseable {
    private static final long MOST_SECONDS = 120;

    private final String name;
    private final Process process;
    private final BufferedReader output;

    private Party(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** What starts {@code program} in a JVM with {@code options}. */
    public static List<String> program(Class<?> program, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-Dlogback.configurationFile=bench-logback.xml", "-cp", classPath(), program.getName()));
        return command;
    }

    /** Ours, wherever the program works. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What starts {@code command}, for the shell; arguments may follow. */
    public static List<String> shell(String command) {
        return List.of("sh", "-c", "exec " + command + " \"$@\"", "party");
    }

    /**
     * Starts it.
     *
     * @param name whose party it is
     * @param folder where it works
     */
    public static Party start(String name, List<String> command, Path folder, List<String> arguments)
            throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        return new Party(
                name,
                new ProcessBuilder(all)
                        .directory(folder.toAbsolutePath().toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** The words of the next line that begins with {@code start}. */
    public String[] says(String start) throws IOException, InterruptedException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> output.lines()
                .filter(said -> said.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("it ended before it said '" + start.strip() + "'")));
        try {
            return line.get(MOST_SECONDS, TimeUnit.SECONDS).split(" ", -1);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("a party of " + name + " failed: " + failure, failure);
        }
    }

    /** The most memory that it has had, in KiB; 0 where the system does not say. */
    public long mostMemory() throws IOException {
        Path linux = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(linux)) {
            return 0;
        }
        return Files.readAllLines(linux).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** Ends it, and what it has started: whatever lives on holds our output, and whoever reads that waits for it. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}

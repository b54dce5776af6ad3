package io.hawser.verify.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A machine of a {@link Lan} with a program on it that is told by lines and tells by lines. */
final class Machine implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final List<String> told = new CopyOnWriteArrayList<>();

    Machine(Lan lan, int number, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(lan.on(number));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = new OutputStreamWriter(process.getOutputStream(), UTF_8);
        new Thread(this::listen, "machine-" + number).start();
    }

    void say(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that its program has told since {@link #forget}. */
    List<String> told() {
        return List.copyOf(told);
    }

    void forget() {
        told.clear();
    }

    /** The machine loses its power, as far as a program can tell. Returns when nothing runs there. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    private void listen() {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                told.add(line);
            }
        } catch (IOException closed) {
            told.add("ended");
        }
    }

    @Override
    public void close() {
        kill();
    }
}

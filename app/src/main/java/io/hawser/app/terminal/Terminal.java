package io.hawser.app.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything a command knows of the world around the process.
 *
 * @param in what is piped in
 * @param out data, and nothing else
 * @param err everything that is said to people
 * @param environment variables
 * @param clock what time it is
 * @param zone where the user's day begins
 * @param quiet whether people want to hear of nothing but what must be heard
 */
public record Terminal(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        InstantSource clock,
        ZoneId zone,
        boolean quiet) {
    /** One for people who want to hear everything. */
    public Terminal(
            InputStream in,
            PrintWriter out,
            PrintWriter err,
            Map<String, String> environment,
            InstantSource clock,
            ZoneId zone) {
        this(in, out, err, environment, clock, zone, false);
    }

    /** This process's own. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                System.getenv(),
                InstantSource.system(),
                ZoneId.systemDefault());
    }

    /** The same for people who want to hear of nothing but what must be heard. */
    public Terminal quietly() {
        return new Terminal(in, out, err, environment, clock, zone, true);
    }

    /** True if what is read here is what the process itself was given. */
    public boolean isOfProcess() {
        return Objects.equals(in, System.in);
    }

    /** Prints a line of data at once; false if nobody reads any more. */
    public boolean print(String line) {
        out.println(line);
        return !out.checkError();
    }

    /** What the user types after {@code prompt}; empty if nobody sits there. From Java 22 on a pipe counts as somebody. */
    @SuppressWarnings("SystemConsoleNull")
    public Optional<String> ask(String prompt) {
        Console console = System.console();
        return console == null || !isOfProcess()
                ? Optional.empty()
                : Optional.of(Objects.requireNonNullElse(console.readLine("%s", prompt), ""));
    }

    /**
     * A new secret that the user types twice, unseen; from a pipe, its first line. From Java 22 on there is a console for a pipe too; it
     * reads the pipe.
     *
     * @param what it is called
     * @throws Failure if both were different, or nothing was said
     */
    @SuppressWarnings("SystemConsoleNull")
    public String newSecret(String what) {
        Console console = System.console();
        String secret;
        if (console == null || !isOfProcess()) {
            secret = firstLine();
        } else {
            secret = new String(console.readPassword("%s: ", what));
            if (!secret.equals(new String(console.readPassword("once more: ")))) {
                throw new Failure(Exit.FAILED, "these were two different " + what + "s; nothing was done");
            }
        }
        if (secret.isEmpty()) {
            throw new Failure(Exit.USAGE, "the " + what + " must not be empty");
        }
        return secret;
    }

    private String firstLine() {
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an option says, else an environment variable, else {@code otherwise}. */
    public String said(@Nullable String option, String variable, String otherwise) {
        return option != null ? option : environment.getOrDefault(variable, otherwise);
    }

    /** Says something to the user, unless that wants quiet. */
    public void say(String text) {
        if (!quiet) {
            insist(text);
        }
    }

    /** Says something that must be heard: what went wrong, or what is told only once. */
    public void insist(String text) {
        err.println(text);
        err.flush();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}

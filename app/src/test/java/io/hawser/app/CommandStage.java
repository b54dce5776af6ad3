package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A terminal at which one command after the other is typed, and what it has seen. */
final class CommandStage {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Map<String, String> environment = new HashMap<>();
    private String piped = "";

    CommandStage(Map<String, String> environment) {
        this.environment.putAll(environment);
    }

    /** What is piped into the commands that follow. */
    CommandStage pipe(String text) {
        piped = text;
        return this;
    }

    /** The terminal for one more command. */
    Terminal terminal() {
        return new Terminal(
                new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.copyOf(environment),
                () -> Instant.EPOCH,
                ZoneOffset.UTC);
    }

    /** Runs a command; returns its exit code. */
    int run(String... arguments) {
        return Hawser.commandLine(terminal(), arguments).execute(arguments);
    }

    /** The lines that a command prints, which must do well. */
    List<String> lines(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isZero();
        return out.toString().lines().toList();
    }

    /** What a command says that ends with {@code code}. */
    String fails(int code, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isEqualTo(code);
        return err.toString();
    }
}

package io.hawser.app.command;

import io.hawser.app.probe.Probe;
import io.hawser.app.probe.ProbeCommands;
import io.hawser.app.probe.ProbeInput;
import io.hawser.app.probe.ProbeScreen;
import io.hawser.app.probe.ProbeWishes;
import io.hawser.app.probe.TypedInput;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.SafeText;
import io.hawser.net.CannotListenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hawser probe}: ivyprobe's switches, commands and lines ({@code specs/ivy.md} 3), so that scripts made for it go on.
 * Unlike ivyprobe's, each line is written at once when the output is a pipe.
 */
@Command(
        name = "probe",
        description = "Look at an Ivy bus and speak on it: ivyprobe, with its switches and commands. Needs no hub.",
        footer = {
            "",
            "What is typed is said on the bus; a line that begins with a dot is a command, .help shows them.",
            "With several -b the probe is on all these buses, and each line says which one it is from.",
            "  hawser probe '^GPS (.*)'",
            "  hawser probe -b 127.255.255.255:2010 -c GPS,ATTITUDE '(.*)'"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ProbeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "REGEXP", description = "Print the texts that match, or rather what their groups capture.")
    private List<String> regexps = List.of();

    @Option(
            names = "-b",
            paramLabel = "BUS",
            description = "The bus, as 127.255.255.255:2010; else what IVYBUS says, else 127:2010.")
    private List<String> buses = List.of("");

    @Option(names = "-n", paramLabel = "NAME", description = "The probe's own name on the bus.")
    private String name = "IVYPROBE";

    @Option(names = "-s", description = "Print what others subscribe, and what they take back.")
    private boolean showsBindings;

    @Option(names = "-f", paramLabel = "FILE", description = "Take further regexps from a file, one a line.")
    private @Nullable Path file;

    @Option(
            names = "-c",
            paramLabel = "WORDS",
            split = ",",
            description =
                    "Say only texts that begin with these words, separated by commas: other subscriptions are dropped.")
    private List<String> classes = List.of();

    @Option(names = "-w", paramLabel = "COUNT", description = "Read what is to be said when so many agents are there.")
    private int awaited;

    @Option(
            names = "-t",
            paramLabel = "ANY",
            description = "Say TEST TIMER 1 every second and TEST TIMER 5 five times.")
    private @Nullable String timer;

    @Option(names = "-v", description = "Print the version, and go on.")
    private boolean version;

    /** The command on {@code terminal}. */
    public ProbeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ProbeWishes wishes = new ProbeWishes(buses, name, allRegexps(), classes, awaited, showsBindings);
        CompletableFuture<ProbeCommands> commands = new CompletableFuture<>();
        Optional<TypedInput> typed = TypedInput.of(
                terminal, line -> commands.isDone() ? commands.join().completions(line) : List.of());
        ProbeScreen screen = typed.<ProbeScreen>map(input -> input).orElse(terminal::print);
        if (version) {
            screen.show(Version.text());
        }
        try (Shutdown shutdown = new Shutdown();
                ProbeInput input = typed.<ProbeInput>map(all -> all).orElseGet(() -> ProbeInput.of(terminal.in()));
                Probe probe = new Probe(wishes, screen, shutdown::ask)) {
            commands.complete(new ProbeCommands(probe, terminal.clock(), terminal::say));
            if (timer != null) {
                probe.startTimers(terminal.clock());
            }
            reader(probe, input, commands.join(), shutdown).start();
            shutdown.await(Shutdown.NEVER);
        } catch (CannotListenException taken) {
            throw new Failure(Exit.FAILED, String.valueOf(taken.getMessage()), taken);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
        return Exit.OK.code();
    }

    private List<String> allRegexps() {
        List<String> all = new ArrayList<>();
        if (file != null) {
            try {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isEmpty())
                        .forEach(all::add);
            } catch (IOException unreadable) {
                throw new Failure(Exit.NOT_FOUND, "the file '" + file + "' cannot be read", unreadable);
            }
        }
        all.addAll(regexps);
        return all;
    }

    /** Reads commands until there are no more. Nothing can end a read that waits, so the process does not wait for it. */
    private Thread reader(Probe probe, ProbeInput input, ProbeCommands commands, Shutdown shutdown) {
        Thread reader = new Thread(
                () -> {
                    try {
                        probe.awaitEverybody();
                        Optional<String> line = input.next();
                        while (line.isPresent()) {
                            commands.accept(line.get());
                            line = probe.ended() ? Optional.empty() : input.next();
                        }
                    } catch (IOException unreadable) {
                        terminal.insist(
                                "the input cannot be read: " + SafeText.of(String.valueOf(unreadable.getMessage())));
                    } catch (InterruptedException | IllegalStateException ended) {
                        // the probe has left the bus
                    } finally {
                        shutdown.ask();
                    }
                },
                "hawser-probe-input");
        reader.setDaemon(true);
        return reader;
    }
}

package io.hawser.app.recording;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.command.WantedMessages;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.Event;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlConnectionListener;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hawser record}: writes messages as they come into a file. What is marked so belongs to the connection's listener thread,
 * everything else to the thread that calls.
 */
@Command(
        name = "record",
        description = "Record messages as they come, until Ctrl-C; 'replay' publishes them again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class RecordCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "Where to: one JSON object a line, compressed if the name ends in .gz.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TOPIC",
            description = "Which topics: * stands for one segment, a last > for the rest. Else all.")
    private @Nullable String topic;

    @Mixin
    private WantedMessages wanted = new WantedMessages();

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--for", paramLabel = "TIME", description = "End after so long, as 30s or 5m.")
    private Duration time = Shutdown.NEVER;

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    @Mixin
    private HubLink link = new HubLink();

    // of the listener's thread
    private long seen;
    private long begun;

    /** The command on {@code terminal}. */
    public RecordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (count < 1) {
            throw new Failure(Exit.USAGE, "--count must be 1 or more");
        }
        SubscribeOptions messages = wanted.on(topic);
        EftlConnectionListener listener = new EftlConnectionListener() {
            @Override
            public void disconnected(EftlConnection connection, int code, String reason) {
                end.complete(Optional.of(
                        new Failure(Exit.NO_CONNECTION, "the hub ended the connection: " + code + " " + reason)));
            }
        };
        try (Shutdown shutdown = new Shutdown()) {
            try (EftlConnection connection = link.connect(terminal, listener);
                    Writer to = open()) {
                end.thenRun(shutdown::ask);
                begun = System.nanoTime();
                HubLink.answer(connection.subscribe(messages, message -> keep(to, message)));
                terminal.say("recording to " + file + "; Ctrl-C ends it");
                shutdown.await(time);
                end.complete(Optional.empty());
            } catch (IOException unwritable) {
                throw unwritable(unwritable);
            }
            terminal.say("recorded " + seen + (seen == 1 ? " message" : " messages"));
            end.join().ifPresent(failure -> {
                throw failure;
            });
        }
        return Exit.OK.code();
    }

    private Writer open() throws IOException {
        try {
            OutputStream out = force
                    ? Files.newOutputStream(file)
                    : Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            boolean compressed = file.toString().endsWith(".gz");
            return new BufferedWriter(
                    new OutputStreamWriter(compressed ? new GZIPOutputStream(out, true) : out, StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException there) {
            throw new Failure(Exit.FAILED, file + " is there already; --force replaces it", there);
        }
    }

    private void keep(Writer to, EftlMessage message) {
        if (seen >= count || end.isDone()) {
            return;
        }
        Duration at = Duration.ofNanos(System.nanoTime() - begun);
        Event event = HubMessage.event(seen + 1, message, terminal.clock());
        try {
            to.write(new RecordedMessage(seen + 1, at, event.time(), event.topic(), event.from(), event.fields())
                    .line());
            to.write('\n');
            to.flush();
            seen++;
        } catch (IOException full) {
            end.complete(Optional.of(unwritable(full)));
        }
        if (seen == count) {
            end.complete(Optional.empty());
        }
    }

    private Failure unwritable(IOException why) {
        return new Failure(Exit.FAILED, "cannot write " + file + ": " + why.getMessage(), why);
    }
}

package io.hawser.app.recording;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.command.Visit;
import io.hawser.app.command.WantedMessages;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.TimeSpan;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.Event;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hawser record}: writes messages as they come into a file. {@code keep} is called on the connection's listener thread,
 * everything else on the thread that calls.
 */
@Command(
        name = "record",
        description = "Record messages as they come, until Ctrl-C; 'replay' publishes them again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser record run.ndjson 'robot/>'", "  hawser record run.ndjson.gz --for 5m"})
public final class RecordCommand implements Callable<Integer> {
    private final Terminal terminal;

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

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "End after so long, as 30s or 5m.")
    private Duration time = Shutdown.NEVER;

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    @Mixin
    private HubLink link = new HubLink();

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
        try (Visit visit = new Visit(link, terminal);
                RecordingWriter recording = new RecordingWriter(file, force)) {
            long begun = System.nanoTime();
            HubLink.answer(visit.connection()
                    .subscribe(
                            messages,
                            message -> keep(message, Duration.ofNanos(System.nanoTime() - begun), recording, visit)));
            recording.begin();
            link.say(terminal, "recording to " + file + "; Ctrl-C ends it");
            try {
                visit.await(time);
            } finally {
                long all = recording.end();
                link.say(terminal, "recorded " + all + (all == 1 ? " message" : " messages"));
            }
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
        return Exit.OK.code();
    }

    private void keep(EftlMessage message, Duration at, RecordingWriter recording, Visit visit) {
        long number = recording.count() + 1;
        if (number > count) {
            return;
        }
        Event event = HubMessage.event(number, message, terminal.clock());
        try {
            recording.add(new RecordedMessage(number, at, event.time(), event.topic(), event.from(), event.fields()));
        } catch (IOException full) {
            visit.fail(unwritable(full));
        }
        if (number == count) {
            visit.enough();
        }
    }

    private Failure unwritable(IOException why) {
        return why instanceof FileAlreadyExistsException
                ? new Failure(Exit.FAILED, file + " is there already; --force replaces it", why)
                : new Failure(Exit.FAILED, "cannot write " + file + ": " + why.getMessage(), why);
    }
}

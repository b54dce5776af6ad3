package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.Event;
import io.hawser.app.text.EventFormat;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlConnectionListener;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hawser sub}: prints messages, one a line. {@code seen} belongs to the connection's listener thread, everything
 * else to the thread that calls.
 */
@Command(
        name = "sub",
        description = "Print messages as they come, one a line, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class SubCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();
    private long seen;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            description = "Which topics: * stands for one segment, a last > for the rest.")
    private @Nullable String topic;

    @Mixin
    private WantedMessages wanted = new WantedMessages();

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, json (one object a line) or raw (the text alone). Control characters are escaped.")
    private EventFormat format = EventFormat.TEXT;

    @Mixin
    private HubLink link = new HubLink();

    /** The command on {@code terminal}. */
    public SubCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints what comes on {@code topics} as this command does, until {@code count} messages have come. */
    public static Integer print(Terminal terminal, HubLink link, String topics, long count, EventFormat format) {
        SubCommand sub = new SubCommand(terminal);
        sub.topic = topics;
        sub.link = link;
        sub.count = count;
        sub.format = format;
        return sub.call();
    }

    @Override
    public Integer call() {
        SubscribeOptions messages = wanted();
        EftlConnectionListener listener = new EftlConnectionListener() {
            @Override
            public void disconnected(EftlConnection connection, int code, String reason) {
                end.complete(Optional.of(
                        new Failure(Exit.NO_CONNECTION, "the hub ended the connection: " + code + " " + reason)));
            }
        };
        try (Shutdown shutdown = new Shutdown();
                EftlConnection connection = link.connect(terminal, listener)) {
            end.thenRun(shutdown::ask);
            HubLink.answer(connection.subscribe(messages, this::show));
            terminal.say("listening; Ctrl-C ends it");
            shutdown.await(Shutdown.NEVER);
            end.getNow(Optional.empty()).ifPresent(failure -> {
                throw failure;
            });
        }
        return Exit.OK.code();
    }

    private SubscribeOptions wanted() {
        if (count < 1) {
            throw new Failure(Exit.USAGE, "--count must be 1 or more");
        }
        if (topic == null && !wanted.narrowed()) {
            throw new Failure(Exit.USAGE, "say which messages: a TOPIC ('>' for all), --re or --match");
        }
        return wanted.on(topic);
    }

    private void show(EftlMessage message) {
        if (seen >= count) {
            return;
        }
        seen++;
        Event event = HubMessage.event(seen, message, terminal.clock());
        boolean read = terminal.print(format.line(event, terminal.zone()));
        if (seen == count || !read) {
            end.complete(Optional.empty());
        }
    }
}

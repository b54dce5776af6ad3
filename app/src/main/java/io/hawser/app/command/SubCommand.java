package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.Event;
import io.hawser.app.text.EventFormat;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.util.concurrent.Callable;
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
        try (Visit visit = new Visit(link, terminal)) {
            HubLink.answer(visit.connection().subscribe(messages, message -> show(message, visit)));
            terminal.say("listening; Ctrl-C ends it");
            visit.await(Shutdown.NEVER);
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

    private void show(EftlMessage message, Visit visit) {
        if (seen >= count) {
            return;
        }
        seen++;
        Event event = HubMessage.event(seen, message, terminal.clock());
        boolean read = terminal.print(format.line(event, terminal.zone()));
        if (seen == count || !read) {
            visit.enough();
        }
    }
}

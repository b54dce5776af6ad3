package io.hawser.app.command;

import io.hawser.app.listen.Display;
import io.hawser.app.listen.DisplayOptions;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.TimeSpan;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.Event;
import io.hawser.app.text.EventFormat;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hawser sub}: shows messages as they come. {@code seen} and the display belong to one thread, on which the
 * connection calls too; everything else to the thread that calls.
 */
@Command(
        name = "sub",
        description = "Print messages as they come, one a line, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Ends with 5 if --wait is over before --count messages, or any, have come.",
            "  hawser sub '>'",
            "  hawser sub 'robot/*/pose' 'robot/*/state' -I robot/9/state --count 10",
            "  hawser sub --re '^GPS (.*)' --match '{\"lat\":true}' -o json",
            "  hawser sub '>' -F '%%t %%p'",
            "  hawser sub '>' --report --wait 10s",
            "  hawser sub 'alarms/>' --durable alarms --ack"
        })
public final class SubCommand implements Callable<Integer> {
    private final Terminal terminal;
    private long seen;

    @Parameters(
            arity = "0..*",
            paramLabel = "TOPIC",
            description = "Which topics: * stands for one segment, a last > for the rest.")
    private List<String> topics = List.of();

    @Mixin
    private WantedMessages wanted = new WantedMessages();

    @Option(
            names = {"-I", "--ignore"},
            paramLabel = "TOPIC",
            description = "But nothing on these topics; may be said again.")
    private List<String> ignored = List.of();

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--wait", paramLabel = "TIME", converter = TimeSpan.class, description = "End after this time.")
    private @Nullable Duration wait;

    @Mixin
    private KeptMessages kept = new KeptMessages();

    @Mixin
    private DisplayOptions shown = new DisplayOptions();

    @Mixin
    private HubLink link = new HubLink();

    /** The command on {@code terminal}. */
    public SubCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints what comes on {@code topics} as this command does, until {@code count} messages have come. */
    public static Integer print(Terminal terminal, HubLink link, String topics, long count, EventFormat format) {
        SubCommand sub = new SubCommand(terminal);
        sub.topics = List.of(topics);
        sub.link = link;
        sub.count = count;
        sub.shown = DisplayOptions.lines(format);
        return sub.call();
    }

    @Override
    public Integer call() {
        if (count < 1) {
            throw new Failure(Exit.USAGE, "--count must be 1 or more");
        }
        if (topics.isEmpty() && !wanted.narrowed()) {
            throw new Failure(Exit.USAGE, "say which messages: a TOPIC ('>' for all), --re or --match");
        }
        TopicChoice choice = TopicChoice.of(topics, ignored);
        List<SubscribeOptions> subscriptions = choice.patterns().stream()
                .map(pattern -> kept.in(wanted.on(pattern.toString()), terminal))
                .toList();
        Display display = shown.display(terminal);
        boolean over;
        try (Serial thread = new Serial("hawser-sub");
                Visit visit =
                        new Visit(link, terminal, options -> kept.in(options).executor(thread))) {
            thread.everySecond(() -> look(display.tick(), visit));
            for (int i = 0; i < subscriptions.size(); i++) {
                int place = i;
                HubLink.answer(visit.connection()
                        .subscribe(
                                subscriptions.get(i), message -> take(visit, display, choice.takes(place), message)));
            }
            link.say(terminal, "listening; Ctrl-C ends it");
            over = visit.isOver(wait == null ? Shutdown.NEVER : wait);
            visit.await(Duration.ZERO);
        } finally {
            display.end();
        }
        boolean wanting = seen == 0 || (count != Long.MAX_VALUE && seen < count);
        if (!over && wait != null && wanting) {
            String of = count == Long.MAX_VALUE ? "" : " of " + count;
            throw new Failure(Exit.TIMEOUT, seen + of + " messages came within " + wait.toMillis() / 1000.0 + " s");
        }
        return Exit.OK.code();
    }

    private void take(Visit visit, Display display, Predicate<String> chosen, EftlMessage message) {
        if (seen >= count) {
            return;
        }
        Event event = HubMessage.event(seen + 1, message, terminal.clock());
        if (!chosen.test(event.topic()) || !kept.since(event.time())) {
            return;
        }
        seen++;
        try {
            look(display.take(event) && seen < count, visit);
        } catch (Failure failed) {
            visit.fail(failed);
            return;
        }
        if (kept.acknowledged()) {
            visit.connection().acknowledge(message);
        }
    }

    private static void look(boolean on, Visit visit) {
        if (!on) {
            visit.enough();
        }
    }
}

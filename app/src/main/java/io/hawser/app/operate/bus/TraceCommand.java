package io.hawser.app.operate.bus;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.TimeSpan;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser trace}: prints what the hub does with the messages of a client, a topic or an address, for a while. */
@Command(
        name = "trace",
        description =
                "Print what the hub does with single messages, for a while: arrived, refused (by which rule), kept_out (by"
                        + " a border), matched whom, withheld from whom, stored, delivered, dropped.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Nothing that messages say is shown. 4 traces at a time, 1 h at most; where more happens than can be shown, it says how much.",
            "  hawser trace client gcs-2 --for 5m",
            "  hawser trace topic 'robot/>' -o json",
            "  hawser trace ip 192.168.1.17 --count 100"
        })
public final class TraceCommand implements Callable<Integer> {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Terminal terminal;

    /** What a trace is about. */
    enum About {
        CLIENT,
        TOPIC,
        IP
    }

    @Parameters(index = "0", paramLabel = "WHAT", description = "client, topic or ip.")
    private About about = About.TOPIC;

    @Parameters(
            index = "1",
            paramLabel = "WHICH",
            description =
                    "A client's id, topics (* stands for one segment, a last > for the rest), or an address of eFTL clients.")
    private String which = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "End after this time. Default: 5m.")
    private Duration time = Duration.ofMinutes(5);

    @Option(names = "--count", paramLabel = "N", description = "End after N lines.")
    private long count = Long.MAX_VALUE;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    public TraceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (count < 1 || time.toSeconds() < 1) {
            throw new Failure(Exit.USAGE, "--count must be 1 or more, --for 1s or more");
        }
        Fields wish = Fields.builder()
                .put(about.name().toLowerCase(Locale.ROOT), which)
                .put("seconds", time.toSeconds())
                .build();
        try (AdminCaller hub = link.open(terminal);
                Shutdown shutdown = new Shutdown()) {
            Fields begun = hub.change("POST", AdminCaller.path(List.of("traces"), Map.of()), wish);
            String id = begun.string("trace").orElse("");
            link.say(terminal, "tracing; Ctrl-C ends it");
            try {
                follow(hub, id, shutdown);
            } finally {
                end(hub, id);
            }
        }
        return Exit.OK.code();
    }

    /** Until enough is shown, somebody wants it to end, or its time is over. */
    private void follow(AdminCaller hub, String id, Shutdown shutdown) {
        long end = System.nanoTime() + time.toNanos() - PERIOD.toNanos();
        long shown = 0;
        long last = 0;
        do {
            Fields page = hub.get(AdminCaller.path(List.of("traces", id), Map.of("after", last)));
            for (Fields event : AdminLink.items(page)) {
                long number = event.find("number") instanceof Value.Int told ? told.value() : last + 1;
                if (number > last + 1) {
                    link.say(terminal, number - last - 1 + " more happened than can be shown");
                }
                last = number;
                if (shown++ < count) {
                    link.print(terminal, List.of(event));
                }
            }
        } while (shown < count && System.nanoTime() < end && !shutdown.asked(PERIOD));
    }

    /** What has ended by itself need not be ended. */
    private static void end(AdminCaller hub, String id) {
        try {
            Fields unused = hub.change("DELETE", AdminCaller.path(List.of("traces", id), Map.of()));
        } catch (Failure gone) {
            if (gone.exit() != Exit.NOT_FOUND) {
                throw gone;
            }
        }
    }
}

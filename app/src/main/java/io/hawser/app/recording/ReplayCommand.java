package io.hawser.app.recording;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.command.Visit;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.border.Rename;
import io.hawser.core.match.TopicPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser replay}: publishes what was recorded, in the same order and, unless told otherwise, at the same pace. */
@Command(
        name = "replay",
        description = "Publish the messages of a recording again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser replay run.ndjson --speed 2 --topic-map 'robot/*=sim/{1}'"})
public final class ReplayCommand implements Callable<Integer> {
    /** So many wait for the hub's answer at most. */
    private static final int AHEAD = 500;

    private static final String EVER = "0";

    private final Terminal terminal;
    private final Deque<CompletableFuture<Integer>> sent = new ArrayDeque<>();

    @Parameters(index = "0", paramLabel = "FILE", description = "What 'record' has written.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TOPIC",
            description = "Only what was recorded on these topics: * stands for one segment, a last > for the rest.")
    private @Nullable String topic;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description =
                    "How many times as fast as it was; 0: as fast as the hub takes it. Default: ${DEFAULT-VALUE}.")
    private double speed = 1;

    @Option(
            names = "--topic-map",
            paramLabel = "FROM=TO",
            description = "Another topic, as 'robot/*=sim/{1}'; the first that fits. May stand several times.")
    private List<String> maps = List.of();

    @Option(
            names = "--loop",
            arity = "0..1",
            paramLabel = "N",
            fallbackValue = EVER,
            description = "N times, or until Ctrl-C.")
    private long rounds = 1;

    @Mixin
    private HubLink link = new HubLink();

    private List<Rename> renames = List.of();
    private long messages;
    private long confirmed;
    private long receivers;
    private boolean stopped;

    /** The command on {@code terminal}. */
    public ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!(speed >= 0 && speed <= 1e6) || rounds < 0) {
            throw new Failure(Exit.USAGE, "--speed must be 0 to 1000000, --loop 1 or more");
        }
        TopicPattern chosen = patterns();
        try (Visit visit = new Visit(link, terminal)) {
            long begun = System.nanoTime();
            try {
                play(visit, chosen);
            } finally {
                tell((System.nanoTime() - begun) / 1e9);
            }
        }
        return Exit.OK.code();
    }

    private TopicPattern patterns() {
        try {
            renames = maps.stream().map(ReplayCommand::rename).toList();
            return TopicPattern.parse(topic == null ? TopicPattern.REST : topic);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static Rename rename(String map) {
        int equals = map.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("must be FROM=TO, such as 'robot/*=sim/{1}', not '" + map + "'");
        }
        return Rename.of(map.substring(0, equals), map.substring(equals + 1));
    }

    private void play(Visit visit, TopicPattern chosen) {
        for (long round = 0; (rounds == 0 || round < rounds) && !stopped; round++) {
            long before = messages;
            round(visit, chosen);
            if (messages == before) {
                break;
            }
        }
        while (!sent.isEmpty()) {
            confirm();
        }
        if (stopped) {
            visit.await(Duration.ZERO);
        }
    }

    private void round(Visit visit, TopicPattern chosen) {
        long begun = System.nanoTime();
        try (RecordingReader recording = new RecordingReader(file, RecordingReader.LONGEST_LINE, terminal::say)) {
            for (Optional<RecordedMessage> next = recording.next();
                    next.isPresent() && !stopped;
                    next = recording.next()) {
                RecordedMessage message = next.get();
                if (chosen.matches(message.topic())) {
                    await(visit, begun, message.at());
                    publish(visit, message);
                }
            }
        }
    }

    private void await(Visit visit, long begun, Duration at) {
        long left = speed == 0 ? 0 : (long) (at.toNanos() / speed) - (System.nanoTime() - begun);
        stopped = visit.isOver(Duration.ofNanos(Math.max(0, left)));
    }

    private void publish(Visit visit, RecordedMessage message) {
        if (stopped) {
            return;
        }
        String to = renames.stream()
                .flatMap(rename -> rename.of(message.topic()).stream())
                .findFirst()
                .orElse(message.topic());
        sent.add(visit.connection().publish(HubMessage.addressed(to, message.fields())));
        messages++;
        if (sent.size() > AHEAD) {
            confirm();
        }
    }

    private void confirm() {
        receivers += HubLink.answer(sent.element());
        sent.remove();
        confirmed++;
    }

    private void tell(double seconds) {
        String rest = confirmed == messages ? "" : "; " + (messages - confirmed) + " more were not confirmed";
        terminal.say(String.format(
                Locale.ROOT, "published %d messages in %.1f s → %d receptions%s", confirmed, seconds, receivers, rest));
    }
}

package io.hawser.app.recording;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.match.TopicPattern;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlConnectionListener;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
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
        versionProvider = Version.class)
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

    private List<TopicMap> mapped = List.of();
    private long messages;
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
        long begun = System.nanoTime();
        try (Shutdown shutdown = new Shutdown();
                EftlConnection connection = link.connect(terminal, new EftlConnectionListener() {
                    @Override
                    public void disconnected(EftlConnection lost, int code, String reason) {
                        shutdown.ask();
                    }
                })) {
            for (long round = 0; (rounds == 0 || round < rounds) && !stopped; round++) {
                long before = messages;
                round(connection, chosen, shutdown);
                if (messages == before) {
                    break;
                }
            }
            while (!sent.isEmpty()) {
                receivers += HubLink.answer(sent.remove());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        terminal.say(String.format(
                Locale.ROOT, "published %d messages in %.1f s → %d receptions", messages, seconds, receivers));
        return Exit.OK.code();
    }

    private TopicPattern patterns() {
        try {
            mapped = maps.stream().map(TopicMap::parse).toList();
            return TopicPattern.parse(topic == null ? TopicPattern.REST : topic);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void round(EftlConnection connection, TopicPattern chosen, Shutdown shutdown) {
        long begun = System.nanoTime();
        int number = 0;
        try (BufferedReader lines = open()) {
            for (String line = lines.readLine(); line != null && !stopped; line = lines.readLine()) {
                number++;
                RecordedMessage message = read(line, number, lines);
                if (message != null && chosen.matches(message.topic())) {
                    await(shutdown, begun, message.at());
                    publish(connection, message);
                }
            }
        } catch (EOFException cut) {
            terminal.say("the recording breaks off behind line " + number);
        } catch (NoSuchFileException missing) {
            throw new Failure(Exit.NOT_FOUND, "there is no file " + file, missing);
        } catch (IOException unreadable) {
            throw new Failure(Exit.FAILED, "cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private BufferedReader open() throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }

    /** A last line that was not written to its end is none. */
    private @Nullable RecordedMessage read(String line, int number, BufferedReader more) throws IOException {
        try {
            return RecordedMessage.read(line);
        } catch (IllegalArgumentException wrong) {
            more.mark(1);
            if (number > 1 && more.read() < 0) {
                terminal.say("line " + number + " is not complete; the recording breaks off there");
                return null;
            }
            throw new Failure(Exit.FAILED, file + ", line " + number + ": " + wrong.getMessage(), wrong);
        }
    }

    private void await(Shutdown shutdown, long begun, Duration at) {
        long left = speed == 0 ? 0 : (long) (at.toNanos() / speed) - (System.nanoTime() - begun);
        stopped = shutdown.asked(Duration.ofNanos(Math.max(0, left)));
    }

    private void publish(EftlConnection connection, RecordedMessage message) {
        if (stopped) {
            return;
        }
        String to = mapped.stream()
                .flatMap(map -> map.of(message.topic()).stream())
                .findFirst()
                .orElse(message.topic());
        sent.add(connection.publish(HubMessage.addressed(to, message.fields())));
        messages++;
        if (sent.size() > AHEAD) {
            receivers += HubLink.answer(sent.remove());
        }
    }
}

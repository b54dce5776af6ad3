package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.TimeSpan;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about what the hub keeps: a durable's messages, and the history of a channel. */
final class KeptMessages {
    @Option(
            names = "--durable",
            paramLabel = "NAME",
            description = "Also what came while nobody listened, kept by the hub under this name.")
    private @Nullable String durable;

    @Option(
            names = "--ack",
            description = "Acknowledge what was shown; else the durable keeps it and hands it out again.")
    private boolean ack;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The client id, which the durable belongs to. Default: hawser-NAME.")
    private @Nullable String id;

    @Option(names = "--all", description = "First all that the channel keeps of its history, if it keeps one.")
    private boolean all;

    @Option(names = "--new", description = "Only what comes from now on, as without any of these.")
    private boolean onlyNew;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "First what the channel's history keeps since 10m ago, or since 2026-11-22T10:00:00Z.")
    private @Nullable String since;

    @Option(
            names = "--start-seq",
            paramLabel = "ID",
            description = "First what the channel's history keeps from this store id on.")
    private @Nullable Long start;

    @Option(
            names = "--last",
            arity = "0..1",
            paramLabel = "N",
            fallbackValue = "1",
            description = "First the newest of them, or the newest N, that the channel's history keeps.")
    private @Nullable Integer last;

    @Option(names = "--last-per-topic", hidden = true)
    private boolean lastPerTopic;

    private @Nullable Instant from;

    KeptMessages() {}

    /** {@code options} for whom the durable belongs to. */
    EftlOptions in(EftlOptions options) {
        String client = id != null ? id : durable != null ? "hawser-" + durable : "";
        return client.isEmpty() ? options : options.clientId(client);
    }

    /** {@code wanted}, with what is kept of it. */
    SubscribeOptions in(SubscribeOptions wanted, Terminal terminal) {
        refuse();
        if (durable != null) {
            return wanted.durable(durable).acknowledgedByHand();
        }
        if (since != null) {
            from = instant(since, terminal);
        }
        if (all || since != null) {
            return wanted.since(0);
        }
        if (last != null) {
            return wanted.newest(last);
        }
        return start == null ? wanted : wanted.since(start - 1);
    }

    private void refuse() {
        long ways = Stream.of(durable != null, all, onlyNew, since != null, start != null, last != null)
                .filter(Boolean::booleanValue)
                .count();
        if (ways > 1) {
            throw new Failure(Exit.USAGE, "one of --durable, --all, --new, --last, --since and --start-seq at a time");
        }
        if (ack && durable == null) {
            throw new Failure(Exit.USAGE, "--ack is for what a durable keeps: --durable NAME");
        }
        if (start != null && start < 1) {
            throw new Failure(Exit.USAGE, "--start-seq must be 1 or more");
        }
        if (last != null && last < 1) {
            throw new Failure(Exit.USAGE, "--last must be 1 or more");
        }
        if (lastPerTopic) {
            throw new Failure(
                    Exit.USAGE,
                    "the last message of a topic comes first by itself where hawser.retained.topics names it; else --all");
        }
    }

    private static Instant instant(String text, Terminal terminal) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : terminal.clock().instant().minus(new TimeSpan().convert(text));
        } catch (DateTimeParseException | TypeConversionException wrong) {
            throw new Failure(
                    Exit.USAGE,
                    "--since: '" + text + "' is no time; say for example 10m or 2026-11-22T10:00:00Z",
                    wrong);
        }
    }

    /** True if what came onto the bus at {@code time} is wanted. */
    boolean since(Instant time) {
        return Optional.ofNullable(from).filter(time::isBefore).isEmpty();
    }

    /** True if what was shown is acknowledged. */
    boolean acknowledged() {
        return ack;
    }
}

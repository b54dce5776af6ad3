package io.hawser.app.operate;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser durable}: looks at what is kept for whom, and removes it. */
@Command(
        name = "durable",
        description = "Look at the durable subscriptions of a hub, and at what they keep.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser durable ls",
            "  hawser durable view alarms --limit 10",
            "  hawser durable purge alarms --yes"
        })
public final class DurableCommand {
    private static final int PAGE = 1000;
    private static final int USUAL = 100;

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public DurableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Which durable, and the hub that has it. */
    static final class Place {
        @Mixin
        private AdminLink link = new AdminLink();

        @Parameters(paramLabel = "NAME", description = "The durable.")
        private String name = "";

        @Option(
                names = "--owner",
                paramLabel = "OWNER",
                description = "Whose it is, as 'durable ls' says it, if several have this name.")
        private @Nullable String owner;

        private String path(Map<String, ?> more, String... rest) {
            Map<String, Object> query = new LinkedHashMap<>();
            Optional.ofNullable(owner).ifPresent(said -> query.put("owner", said));
            query.putAll(more);
            return AdminCaller.path(
                    Stream.concat(Stream.of("durables", name), Stream.of(rest)).toList(), query);
        }
    }

    /** Whether the user means it. */
    static final class Consent {
        @Option(names = "--yes", description = "Do not ask.")
        private boolean yes;

        private void check(Terminal terminal, String what, String name) {
            if (yes) {
                return;
            }
            String typed = terminal.ask("type " + name + " to " + what + ": ")
                    .orElseThrow(() -> new Failure(Exit.USAGE, "say --yes to " + what));
            if (!typed.equals(name)) {
                throw new Failure(Exit.FAILED, "nothing is removed");
            }
        }
    }

    @Command(
            name = "ls",
            description = "Print what is kept for whom, one durable a line.",
            mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, "durables");
    }

    @Command(
            name = "info",
            description = "Print what a durable wants, keeps and may keep.",
            mixinStandardHelpOptions = true)
    Integer info(@Mixin Place place) {
        return place.link.show(terminal, hub -> hub.get(place.path(Map.of())));
    }

    /** Which of the messages. */
    static final class Wanted {
        @Option(names = "--from", paramLabel = "SEQ", description = "The first store id to print.")
        private @Nullable Long from;

        @Option(names = "--limit", paramLabel = "N", description = "How many at most. Default: 100.")
        private @Nullable Integer limit;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "What came from then on: 2027-01-31T12:00:00Z, or how long ago, as 10m or 2d.")
        private @Nullable String since;

        @Option(names = "--until", paramLabel = "TIME", description = "What came until then.")
        private @Nullable String until;

        @Option(names = "--topic", paramLabel = "TOPICS", description = "What is on these topics, as 'robot/>'.")
        private @Nullable String topic;

        @Option(names = "--last", paramLabel = "N", description = "Of all that the newest, 1 to 1000.")
        private @Nullable Integer last;

        private void check() {
            if ((limit != null && limit < 1) || (from != null && from < 0)) {
                throw new Failure(Exit.USAGE, "--limit must be 1 or more, --from 0 or more");
            }
            if (last != null && (last < 1 || last > PAGE)) {
                throw new Failure(Exit.USAGE, "--last must be 1 to " + PAGE);
            }
            if (last != null && (limit != null || from != null)) {
                throw new Failure(Exit.USAGE, "--last goes without --from and --limit");
            }
        }

        private Map<String, Object> query() {
            Map<String, Object> query = new LinkedHashMap<>();
            Optional.ofNullable(since).ifPresent(said -> query.put("since", said));
            Optional.ofNullable(until).ifPresent(said -> query.put("until", said));
            Optional.ofNullable(topic).ifPresent(said -> query.put("topic", said));
            return query;
        }
    }

    @Command(
            name = "view",
            description = "Print messages that a durable keeps, the oldest first, one a line; it keeps them.",
            footer = {"", "  hawser durable view alarms --since 10m --topic 'robot/*/alarm' --last 5"},
            mixinStandardHelpOptions = true)
    Integer view(@Mixin Place place, @Mixin Wanted wanted) {
        wanted.check();
        try (AdminCaller hub = place.link.open(terminal)) {
            Map<String, Object> query = wanted.query();
            if (wanted.last != null) {
                query.put("last", wanted.last);
                place.link.print(terminal, AdminLink.items(hub.get(place.path(query, "messages"))));
                return Exit.OK.code();
            }
            long next = wanted.from == null ? 0 : wanted.from;
            for (int left = wanted.limit == null ? USUAL : wanted.limit; left > 0; ) {
                query.put("from", next);
                query.put("limit", Math.min(PAGE, left));
                Fields page = hub.get(place.path(query, "messages"));
                List<Fields> messages = AdminLink.items(page);
                place.link.print(terminal, messages);
                left = page.find("next") instanceof Value.Int ? left - messages.size() : 0;
                next = page.find("next") instanceof Value.Int id ? id.value() : next;
            }
        }
        return Exit.OK.code();
    }

    @Command(name = "purge", description = "Remove all messages of a durable.", mixinStandardHelpOptions = true)
    Integer purge(@Mixin Place place, @Mixin Consent consent) {
        consent.check(terminal, "remove all messages of it", place.name);
        return place.link.show(terminal, hub -> hub.change("DELETE", place.path(Map.of(), "messages")));
    }

    @Command(
            name = "rm",
            description = "Remove a durable with its messages; whoever consumes from it is told.",
            mixinStandardHelpOptions = true)
    Integer remove(@Mixin Place place, @Mixin Consent consent) {
        consent.check(terminal, "remove it with its messages", place.name);
        return place.link.show(terminal, hub -> hub.change("DELETE", place.path(Map.of())));
    }
}

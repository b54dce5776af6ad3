package io.hawser.app.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.command.BodyOption;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser kv}: reads and changes the key-value maps of a hub. */
@Command(
        name = "kv",
        description = "Read and change the key-value maps of a hub.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser kv ls",
            "  hawser kv put settings speed value=7",
            "  hawser kv get settings speed",
            "  hawser kv watch settings"
        })
public final class KvCommand {
    private static final int PAGE = 1000;

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public KvCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Which map, and the hub that has it. */
    static final class Place {
        @Mixin
        private AdminLink link = new AdminLink();

        @Option(
                names = "--channel",
                paramLabel = "NAME",
                description = "The eFTL channel that the map is of. Else the open one.")
        private @Nullable String channel;

        private Map<String, Object> query() {
            Map<String, Object> query = new LinkedHashMap<>();
            Optional.ofNullable(channel).ifPresent(name -> query.put("channel", name));
            return query;
        }

        private String path(List<String> names, Map<String, ?> more) {
            List<String> parts = new ArrayList<>(List.of("kv"));
            parts.addAll(names);
            Map<String, Object> query = query();
            query.putAll(more);
            return AdminCaller.path(parts, query);
        }
    }

    /** Which key of which map. */
    static final class Entry {
        @Mixin
        private Place place = new Place();

        @Parameters(index = "0", paramLabel = "MAP", description = "The map.")
        private String map = "";

        @Parameters(index = "1", paramLabel = "KEY", description = "The key.")
        private String key = "";

        private String path(Map<String, ?> query) {
            return place.path(List.of(map, key), query);
        }
    }

    /** Which key is set to what. */
    static final class NewValue {
        @Mixin
        private Entry entry = new Entry();

        @Mixin
        private BodyOption form = new BodyOption();

        @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = BodyOption.DESCRIPTION)
        private @Nullable String text;
    }

    @Command(
            name = "ls",
            description = "Print the maps, or the keys of one, a line each.",
            mixinStandardHelpOptions = true)
    Integer list(
            @Mixin Place place,
            @Parameters(arity = "0..1", paramLabel = "MAP", description = "Whose keys.") @Nullable String map,
            @Option(
                            names = "--prefix",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Only keys that begin so.")
                    String prefix) {
        if (map == null) {
            return place.link.list(terminal, "kv");
        }
        try (AdminCaller hub = place.link.open(terminal)) {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                Fields page = hub.get(
                        place.path(List.of(map), Map.of("limit", PAGE, "prefix", prefix, "after", after.get())));
                place.link.print(terminal, AdminLink.items(page));
                after = page.string("next");
            }
        }
        return Exit.OK.code();
    }

    @Command(name = "get", description = "Print the value of a key.", mixinStandardHelpOptions = true)
    Integer get(@Mixin Entry entry) {
        return entry.place.link.show(terminal, hub -> hub.get(entry.path(Map.of())));
    }

    @Command(
            name = "history",
            description = "Print what is kept of a key, the newest first, removals too.",
            mixinStandardHelpOptions = true)
    Integer history(@Mixin Entry entry) {
        return entry.place.link.showAll(terminal, hub -> AdminLink.items(hub.get(entry.path(Map.of("history", true)))));
    }

    @Command(
            name = "put",
            description = "Set a key, in a new map if there is none, and print the revision.",
            mixinStandardHelpOptions = true)
    Integer put(@Mixin NewValue value) {
        return set(value, Map.of());
    }

    @Command(
            name = "create",
            description = "Set a key that is not there, and print the revision.",
            mixinStandardHelpOptions = true)
    Integer create(@Mixin NewValue value) {
        return set(value, Map.of("revision", 0));
    }

    @Command(
            name = "update",
            description = "Set a key if it still has a revision, and print the new one.",
            mixinStandardHelpOptions = true)
    Integer update(
            @Mixin NewValue value,
            @Option(names = "--rev", paramLabel = "N", required = true, description = "The revision that it must have.")
                    long revision) {
        return set(value, Map.of("revision", revision));
    }

    private Integer set(NewValue value, Map<String, ?> condition) {
        Entry entry = value.entry;
        Fields fields = value.form.fields(terminal, value.text);
        return entry.place.link.show(terminal, hub -> hub.change("POST", entry.path(condition), fields));
    }

    @Command(
            name = "del",
            description = "Remove a key, and print the revision of the removal.",
            mixinStandardHelpOptions = true)
    Integer delete(
            @Mixin Entry entry,
            @Option(names = "--rev", paramLabel = "N", description = "Only if this is its revision.") @Nullable
                    Long revision) {
        Map<String, ?> condition = revision == null ? Map.of() : Map.of("revision", revision);
        return entry.place.link.show(terminal, hub -> hub.change("DELETE", entry.path(condition)));
    }

    @Command(
            name = "watch",
            description = "Print what a map holds and then its changes as they come, one a line, until Ctrl-C.",
            mixinStandardHelpOptions = true)
    Integer watch(
            @Mixin Place place,
            @Parameters(paramLabel = "MAP", description = "The map; it need not be there yet.") String map,
            @Option(
                            names = "--prefix",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Only keys that begin so.")
                    String prefix,
            @Option(names = "--new", description = "Only changes from now on.") boolean onlyNew,
            @Option(names = "--count", paramLabel = "N", description = "End after N changes.") @Nullable Long count) {
        Map<String, ?> query = Map.of("watch", true, "prefix", prefix, "new", onlyNew);
        try (AdminCaller hub = place.link.open(terminal);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(hub.open(place.path(List.of(map), query)), UTF_8))) {
            place.link.say(terminal, "watching; Ctrl-C ends it");
            long left = count == null ? Long.MAX_VALUE : count;
            for (String line = lines.readLine(); line != null && left > 0; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    place.link.print(terminal, List.of(JsonText.read(line)));
                    left--;
                }
                if (left == 0) {
                    return Exit.OK.code();
                }
            }
            throw new Failure(Exit.NO_CONNECTION, "the hub ended the watch");
        } catch (IOException lost) {
            throw new Failure(Exit.NO_CONNECTION, String.valueOf(lost.getMessage()), lost);
        }
    }
}

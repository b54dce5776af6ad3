package io.hawser.app.operate.fleet;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.operate.FileUpload;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser fleet file}: sends files to copters. */
@Command(
        name = "file",
        description = "Send a file to copters, or of a folder to each copter the file that is named after it.",
        footer = {
            "",
            "  hawser fleet file show.csv --as animation copter-1 'red-*'",
            "  hawser fleet file animations --as animation --all",
            "  hawser fleet file rules.txt:config/rules.txt --all",
            "",
            "Of a folder, a file's name without its extension is a regexp that must match the whole id of a copter."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class FleetFileCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HUB = "to the hub";

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "FILE[:PATH]",
            description = "The file or folder, and where copters shall put it; {clover_dir} stands for their own.")
    private String said = "";

    @Parameters(index = "1..*", paramLabel = "COPTER", description = "Which copters; * stands for any characters.")
    private @Nullable List<String> copters;

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description = "Where copters have their ${COMPLETION-CANDIDATES}, instead of PATH.")
    private @Nullable CopterFile kind;

    @Option(
            names = "--from",
            paramLabel = "OWNER",
            description = "FILE is one that the hub keeps for this owner, such as iot:camera-1 or clever:copter-2.")
    private @Nullable String owner;

    @Option(names = "--force", description = "Send it to copters that are armed too; they obey nothing meanwhile.")
    private boolean force;

    @Mixin
    private FleetCommand.Selection selection = new FleetCommand.Selection();

    /** The command on {@code terminal}. */
    FleetFileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Value.Sequence wanted = selection.of(copters);
        int colon = said.lastIndexOf(':');
        if (kind == null && (colon < 1 || colon == said.length() - 1)) {
            throw new Failure(Exit.USAGE, "say where copters shall put it: FILE:PATH, or --as KIND");
        }
        Path file = Path.of(kind == null ? said.substring(0, colon) : said);
        if (owner == null && !Files.isReadable(file)) {
            throw new Failure(Exit.USAGE, file + ": there is no such file that can be read");
        }
        try (AdminCaller hub = selection.link().open(terminal, PATIENCE);
                FleetTransfers transfers = new FleetTransfers(terminal, selection.link())) {
            send(hub, wishes(hub, file, wanted, transfers), transfers);
            return outcome(transfers).code();
        }
    }

    private Exit outcome(FleetTransfers transfers) {
        int all = transfers.done() + transfers.failed();
        if (all == 0) {
            throw new Failure(Exit.NOT_FOUND, "no copter is there");
        }
        terminal.say("sent to " + transfers.done() + " of " + all);
        if (transfers.done() > 0 && kind != null && !kind.then().isEmpty()) {
            terminal.say("copters use it after: hawser fleet " + kind.then() + " COPTER...");
        }
        return transfers.failed() == 0 ? Exit.OK : Exit.FAILED;
    }

    private List<Value> wishes(AdminCaller hub, Path file, Value.Sequence wanted, FleetTransfers transfers) {
        List<Value> wishes = new ArrayList<>();
        if (owner != null) {
            String name = String.valueOf(file);
            wishes.add(wish(Fields.builder().put("owner", owner).put("name", name), name, wanted));
            return wishes;
        }
        if (!Files.isDirectory(file)) {
            wishes.add(wish(hub, file, wanted, transfers));
            return wishes;
        }
        FilePlan plan = FilePlan.of(file, present(hub, wanted));
        plan.without().forEach(copter -> transfers.without(copter, "no file in " + file + " is named after it"));
        plan.files()
                .forEach((each, ids) -> wishes.add(wish(
                        hub,
                        each,
                        new Value.Sequence(ids.stream().<Value>map(Value::of).toList()),
                        transfers)));
        return wishes;
    }

    /** The ids of those that {@code wanted} means now; one that is not there stays, so that somebody hears of it. */
    private static List<String> present(AdminCaller hub, Value.Sequence wanted) {
        List<String> there = AdminLink.all(hub, "fleet").stream()
                .filter(row -> row.string("state").equals(Optional.of("online")))
                .map(row -> row.string("copter").orElse(""))
                .toList();
        if (wanted.values().isEmpty()) {
            return there;
        }
        List<String> chosen = new ArrayList<>();
        for (Value each : wanted.values()) {
            String id = ((Value.Str) each).value();
            String regexp = "\\Q" + id.replace("*", "\\E.*\\Q") + "\\E";
            List<String> fit = there.stream().filter(one -> one.matches(regexp)).toList();
            chosen.addAll(fit.isEmpty() && !id.contains("*") ? List.of(id) : fit);
        }
        return chosen.stream().distinct().toList();
    }

    private Value wish(AdminCaller hub, Path file, Value.Sequence ids, FleetTransfers transfers) {
        String name = String.valueOf(file.getFileName());
        FileUpload upload = FileUpload.begin(hub, file, Fields.EMPTY);
        String sha256 = upload.send((done, size) -> transfers.bars().ifPresent(all -> {
            if (done < size) {
                all.show(name, done, size, HUB);
            } else {
                all.end(name, HUB, () -> {});
            }
        }));
        return wish(Fields.builder().put("upload", upload.id()).put("sha256", sha256), name, ids);
    }

    private Value wish(Fields.Builder origin, String name, Value.Sequence ids) {
        return new Value.Nested(
                origin.put("path", kind == null ? said.substring(said.lastIndexOf(':') + 1) : kind.path(name))
                        .put("copters", ids)
                        .build());
    }

    private void send(AdminCaller hub, List<Value> wishes, FleetTransfers transfers) {
        if (!wishes.isEmpty()) {
            transfers.follow(
                    hub,
                    "file",
                    Fields.builder()
                            .put("files", new Value.Sequence(wishes))
                            .put("force", Value.Bool.of(force))
                            .build());
        }
    }
}

package io.hawser.app.operate;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser file}: the files that a hub keeps, whosever they are. */
@Command(
        name = "file",
        description = "Look at the files that a hub keeps, take them, put some there, remove them.",
        footer = {
            "",
            "  hawser file ls                                     # who has how many bytes",
            "  hawser file get clever:copter-1/logs/flight.log",
            "  hawser file put manual.pdf iot:pump-1/manual.pdf",
            "",
            "Owners are iot:DEVICE, clever:COPTER, and whoever else you put files for."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class FileCommand {
    private static final int PAGE = 1_000;

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public FileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What the user says of a file: {@code OWNER/NAME}. */
    private record Place(String owner, String name) {
        static Place of(String said) {
            int slash = said.indexOf('/');
            if (slash < 1 || slash == said.length() - 1) {
                throw new Failure(
                        Exit.USAGE, "'" + said + "' must be OWNER/NAME, such as clever:copter-1/logs/flight.log");
            }
            return new Place(said.substring(0, slash), said.substring(slash + 1));
        }

        Fields fields() {
            return Fields.builder().put("owner", owner).put("name", name).build();
        }
    }

    @Command(
            name = "ls",
            description = "Print the files of an owner, or how many bytes each owner has.",
            mixinStandardHelpOptions = true)
    Integer list(
            @Mixin AdminLink link,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "OWNER[/PREFIX]",
                            description = "Whose, and what their names begin with.")
                    @Nullable
                    String said) {
        if (said == null) {
            return link.list(terminal, "files");
        }
        int slash = said.indexOf('/');
        String owner = slash < 0 ? said : said.substring(0, slash);
        String prefix = slash < 0 ? "" : said.substring(slash + 1);
        try (AdminCaller hub = link.open(terminal)) {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                Fields page = hub.get(AdminCaller.path(
                        List.of("files", owner), Map.of("limit", PAGE, "prefix", prefix, "after", after.get())));
                link.print(terminal, AdminLink.items(page));
                after = page.string("next");
            }
        }
        return Exit.OK.code();
    }

    @Command(
            name = "get",
            description = "Take a file; it appears when it is whole, and prints what it is.",
            mixinStandardHelpOptions = true)
    Integer get(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "OWNER/NAME", description = "Which.") String said,
            @Parameters(arity = "0..1", paramLabel = "TO", description = "Where to. Default: its last part, here.")
                    @Nullable
                    Path to) {
        Place place = Place.of(said);
        Path target = FileDownload.target(place.name(), to);
        return moved(
                link, place, (hub, progress) -> FileDownload.take(hub, place.owner(), place.name(), target, progress));
    }

    @Command(
            name = "put",
            description = "Put a file there, in the place of an older one of that name, and print what it is.",
            mixinStandardHelpOptions = true)
    Integer put(
            @Mixin AdminLink link,
            @Parameters(index = "0", paramLabel = "FILE", description = "The file.") Path file,
            @Parameters(index = "1", paramLabel = "OWNER/NAME", description = "What it will be.") String said,
            @Option(
                            names = "--resume",
                            paramLabel = "UPLOAD",
                            description = "Go on with an upload that was interrupted; it said how it is called.")
                    @Nullable
                    String upload) {
        Place place = Place.of(said);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Failure(Exit.USAGE, file + ": there is no such file that can be read");
        }
        return moved(link, place, (hub, progress) -> {
            FileUpload begun =
                    upload == null ? FileUpload.begin(hub, file, place.fields()) : FileUpload.resume(hub, file, upload);
            try {
                return begun.commit(begun.send(progress));
            } catch (Failure lost) {
                if (lost.exit() == Exit.NO_CONNECTION) {
                    String advice = "; --resume " + begun.id() + " goes on where it was";
                    throw new Failure(lost.exit(), lost.getMessage() + advice, lost);
                }
                throw lost;
            }
        });
    }

    private Integer moved(AdminLink link, Place place, BiFunction<AdminCaller, FileProgress, Fields> move) {
        Optional<ProgressBars> bars = link.forPeople() ? ProgressBars.on(terminal) : Optional.empty();
        try (AdminCaller hub = link.open(terminal)) {
            FileProgress progress = bars.<FileProgress>map(
                            all -> (bytes, size) -> all.show(place.name(), bytes, size, place.owner()))
                    .orElse(FileProgress.UNSEEN);
            Fields row = move.apply(hub, progress);
            bars.ifPresent(ProgressBars::clear);
            link.print(terminal, List.of(row));
        } finally {
            bars.ifPresent(ProgressBars::clear);
        }
        return Exit.OK.code();
    }

    @Command(name = "rm", description = "Remove a file.", mixinStandardHelpOptions = true)
    Integer remove(@Mixin AdminLink link, @Parameters(paramLabel = "OWNER/NAME", description = "Which.") String said) {
        Place place = Place.of(said);
        return link.show(terminal, hub -> hub.change("DELETE", FileDownload.path(place.owner(), place.name())));
    }
}

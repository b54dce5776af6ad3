package io.hawser.app.operate;

import io.hawser.app.admin.Download;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hawser fleet files}: what copters have sent. */
@Command(
        name = "files",
        description = "Look at the files that copters have sent, take them, remove them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
final class FleetFilesCommand {
    private static final String OWNER = "clever:";
    private static final int PAGE = 1_000;

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    FleetFilesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "ls",
            description = "Print the files of a copter, or how many bytes each owner has in the hub.",
            mixinStandardHelpOptions = true)
    Integer list(
            @Mixin AdminLink link,
            @Parameters(arity = "0..1", paramLabel = "COPTER", description = "Whose.") @Nullable String copter) {
        if (copter == null) {
            return link.list(terminal, "files");
        }
        try (AdminCaller hub = link.open(terminal)) {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                Fields page = hub.get(AdminCaller.path(
                        List.of("files", OWNER + copter), Map.of("limit", PAGE, "after", after.get())));
                link.print(terminal, AdminLink.items(page));
                after = page.string("next");
            }
        }
        return Exit.OK.code();
    }

    @Command(
            name = "get",
            description = "Take a file of a copter; it appears when it is whole.",
            mixinStandardHelpOptions = true)
    Integer get(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "COPTER", description = "Whose.") String copter,
            @Parameters(paramLabel = "NAME", description = "Which, as 'ls' says it.") String name,
            @Parameters(arity = "0..1", paramLabel = "TO", description = "Where to. Default: its last part, here.")
                    @Nullable
                    Path to) {
        Path target = to == null ? Path.of(name.substring(name.lastIndexOf('/') + 1)) : to;
        if (Files.exists(target)) {
            throw new Failure(Exit.USAGE, target + " is there already; remove it, or say another place");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (AdminCaller hub = link.open(terminal);
                Download file = hub.open(path(copter, name))) {
            String sha256 = AdminCaller.tag(file);
            if (!sha256.equals(copied(file, part))) {
                Files.deleteIfExists(part);
                throw new Failure(Exit.FAILED, name + " did not come as a whole; the hub's log says more");
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException broken) {
            throw new Failure(Exit.FAILED, name + " was not taken: " + broken.getMessage(), broken);
        }
        return Exit.OK.code();
    }

    @Command(name = "rm", description = "Remove a file of a copter from the hub.", mixinStandardHelpOptions = true)
    Integer remove(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "COPTER", description = "Whose.") String copter,
            @Parameters(paramLabel = "NAME", description = "Which, as 'ls' says it.") String name) {
        return link.show(terminal, hub -> hub.change("DELETE", path(copter, name)));
    }

    private static String path(String copter, String name) {
        return AdminCaller.path(List.of("files", OWNER + copter), Map.of()) + "/"
                + AdminCaller.encoded(name).replace("%2F", "/");
    }

    private static String copied(InputStream from, Path to) throws IOException {
        try (DigestInputStream in = new DigestInputStream(from, MessageDigest.getInstance("SHA-256"));
                OutputStream out = Files.newOutputStream(to)) {
            in.transferTo(out);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

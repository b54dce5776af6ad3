package io.hawser.app.operate;

import io.hawser.app.admin.Download;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.core.value.Fields;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that is taken out of a hub; it appears when it is whole, with the SHA-256 that the hub says. */
public final class FileDownload {
    private static final int PIECE = 64 * 1024;

    private FileDownload() {}

    /** Where the hub has the file {@code name} of {@code owner}. */
    public static String path(String owner, String name) {
        return AdminCaller.path(List.of("files", owner), Map.of()) + "/"
                + AdminCaller.encoded(name).replace("%2F", "/");
    }

    /**
     * Where a file called {@code name} goes: {@code to}, else its last part, here.
     *
     * @throws Failure if something is there
     */
    public static Path target(String name, @Nullable Path to) {
        Path target = to == null ? Path.of(name.substring(name.lastIndexOf('/') + 1)) : to;
        if (Files.exists(target)) {
            throw new Failure(Exit.USAGE, target + " is there already; remove it, or say another place");
        }
        return target;
    }

    /**
     * Takes the file {@code name} of {@code owner} to {@code target}.
     *
     * @return what it is: {@code owner}, {@code name}, {@code size}, {@code sha256}, and {@code file}, where it is now
     * @throws Failure if there is none, it cannot be written, or what came is not what the hub has
     */
    public static Fields take(AdminCaller hub, String owner, String name, Path target, FileProgress progress) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (Download file = hub.open(path(owner, name))) {
            String sha256 = AdminCaller.tag(file);
            if (!sha256.equals(copied(file, part, progress))) {
                Files.deleteIfExists(part);
                throw new Failure(Exit.FAILED, name + " did not come as a whole; the hub's log says more");
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return Fields.builder()
                    .put("owner", owner)
                    .put("name", name)
                    .put("size", Files.size(target))
                    .put("sha256", sha256)
                    .put("file", target.toString())
                    .build();
        } catch (IOException broken) {
            throw new Failure(Exit.FAILED, name + " was not taken: " + broken.getMessage(), broken);
        }
    }

    private static String copied(Download from, Path to, FileProgress progress) throws IOException {
        long size =
                from.head().join().header("content-length").map(Long::parseLong).orElse(0L);
        try (OutputStream out = Files.newOutputStream(to)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            long moved = 0;
            for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
                digest.update(piece, 0, length);
                out.write(piece, 0, length);
                moved += length;
                progress.moved(moved, size);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

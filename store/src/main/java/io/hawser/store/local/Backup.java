package io.hawser.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.store.StoreException;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A copy of a data folder, in a folder of its own. The list is written last: without it a backup is not whole.
 *
 * <pre>
 *   backup    "hawser backup 1", then for each file a line: CRC32C in 8 hexadecimal digits, space, path
 *   ...       the files, under their names in the data folder
 * </pre>
 */
public final class Backup {
    private static final String LIST = "backup";
    private static final String FIRST = "hawser backup 1";
    /** Restored last: a folder without it is refused. */
    private static final String FORMAT = "format";

    private Backup() {}

    /**
     * Copies the data folder {@code data} to the new or empty folder {@code target} while no hub uses it.
     *
     * @throws StoreException with a text for the user if a hub uses it, or a folder cannot be read or written
     */
    public static void of(Path data, Path target) {
        checkEmpty(target);
        DataFolder folder = DataFolder.existing(data);
        try (Disk disk = new Disk(folder);
                Snapshot snapshot = Snapshot.take(folder, disk)) {
            write(snapshot, target);
        }
    }

    /** Copies {@code snapshot} to the new or empty folder {@code target}. */
    static void write(Snapshot snapshot, Path target) {
        try {
            checkEmpty(target);
            List<String> list = new ArrayList<>(List.of(FIRST));
            for (Path file : Snapshot.files(snapshot.path())) {
                String name = snapshot.path().relativize(file).toString();
                list.add(copy(file, target.resolve(name)) + " " + name);
            }
            Path draft = target.resolve(LIST + ".new");
            Files.write(draft, list, UTF_8);
            force(draft);
            Files.move(draft, target.resolve(LIST));
            force(target);
        } catch (IOException failed) {
            throw new StoreException("the backup " + target + " cannot be written: " + failed, failed);
        }
    }

    /**
     * Makes a data folder of the backup {@code source} in the new or empty folder {@code data}.
     *
     * @throws StoreException with a text for the user that names the file that is missing or damaged, or says what else is wrong;
     *     the folder is then refused by a hub
     */
    public static void restore(Path source, Path data) {
        checkEmpty(data);
        try {
            List<String> list = Files.isRegularFile(source.resolve(LIST))
                    ? Files.readAllLines(source.resolve(LIST), UTF_8)
                    : List.of("");
            if (!list.get(0).equals(FIRST)) {
                throw new StoreException(source + " is no backup, or one that was not finished: there is no list '"
                        + LIST + "' that begins with '" + FIRST + "'");
            }
            List<String> files = new ArrayList<>(list.subList(1, list.size()));
            files.sort((a, b) -> Boolean.compare(a.endsWith(" " + FORMAT), b.endsWith(" " + FORMAT)));
            for (String line : files) {
                restore(source, data, line);
            }
            force(data);
        } catch (IOException failed) {
            throw new StoreException("the backup " + source + " cannot be restored: " + failed, failed);
        }
    }

    private static void restore(Path source, Path data, String line) throws IOException {
        String name = line.substring(Math.min(9, line.length()));
        Path target = data.resolve(name).normalize();
        if (!line.matches("[0-9a-f]{8} .+") || !target.startsWith(data.normalize())) {
            throw new StoreException("the list of the backup " + source + " is damaged: " + line);
        }
        if (!Files.isRegularFile(source.resolve(name))) {
            throw new StoreException("the backup " + source + " is damaged: " + name + " is missing");
        }
        if (!line.startsWith(copy(source.resolve(name), target))) {
            Files.delete(target);
            throw new StoreException("the backup " + source + " is damaged: the checksum of " + name + " is wrong");
        }
    }

    private static void checkEmpty(Path folder) {
        try {
            if (Files.exists(folder) && !Snapshot.files(folder).isEmpty()) {
                throw new StoreException("the folder " + folder + " is not empty; choose a new one");
            }
            Files.createDirectories(folder);
        } catch (IOException unusable) {
            throw new StoreException("the folder " + folder + " cannot be used: " + unusable, unusable);
        }
    }

    /** Copies to stable storage; returns the checksum of what was read. */
    private static String copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        CRC32C checksum = new CRC32C();
        byte[] piece = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                checksum.update(piece, 0, read);
                out.write(piece, 0, read);
            }
        }
        force(to);
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

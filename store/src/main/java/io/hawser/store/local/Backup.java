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
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A copy of a data folder, in a folder of its own or in a zip file. The list is written last: without it a backup is not
 * whole.
 *
 * <pre>
 *   ...       the files, under their names in the data folder
 *   backup    "hawser backup 1", then for each file a line: CRC32C in 8 hexadecimal digits, space, path
 * </pre>
 */
public final class Backup {
    private static final String LIST = "backup";
    private static final String FIRST = "hawser backup 1";
    /** Restored last: a folder without it is refused. */
    private static final String FORMAT = "format";

    private Backup() {}

    /**
     * Copies the data folder {@code data} to the new or empty folder {@code target}, or to the new file {@code target} if it
     * ends in {@code .zip}, while no hub uses it.
     *
     * @throws StoreException with a text for the user if a hub uses it, or something cannot be read or written
     */
    public static void of(Path data, Path target) {
        checkFree(target);
        DataFolder folder = DataFolder.existing(data);
        try (Disk disk = new Disk(folder);
                Snapshot snapshot = Snapshot.take(folder, disk)) {
            write(snapshot, target);
        }
    }

    /** Copies {@code snapshot} to the new or empty folder, or to the new zip file, {@code target}. */
    static void write(Snapshot snapshot, Path target) {
        checkFree(target);
        try {
            if (isZip(target)) {
                Path draft = draft(target);
                try (OutputStream out = Files.newOutputStream(draft)) {
                    write(snapshot, out);
                }
                appear(draft, target);
                return;
            }
            List<String> list = new ArrayList<>(List.of(FIRST));
            for (Path file : Snapshot.files(snapshot.path())) {
                String name = snapshot.path().relativize(file).toString();
                list.add(copy(file, target.resolve(name)) + " " + name);
            }
            finish(target, list);
        } catch (IOException failed) {
            throw unwritable(target, failed);
        }
    }

    /**
     * Writes {@code snapshot} as a zip; nothing is compressed.
     *
     * @throws IOException if {@code out} takes no more
     */
    static void write(Snapshot snapshot, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, UTF_8);
        zip.setLevel(Deflater.NO_COMPRESSION);
        StringBuilder list = new StringBuilder(FIRST).append('\n');
        for (Path file : Snapshot.files(snapshot.path())) {
            String name = snapshot.path().relativize(file).toString();
            zip.putNextEntry(new ZipEntry(name));
            try (InputStream in = Files.newInputStream(file)) {
                list.append(copy(in, zip)).append(' ').append(name).append('\n');
            }
            zip.closeEntry();
        }
        zip.putNextEntry(new ZipEntry(LIST));
        zip.write(list.toString().getBytes(UTF_8));
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }

    /**
     * Makes a backup in the new or empty folder, or in the new zip file, {@code target} of one that comes as a zip.
     *
     * @throws StoreException with a text for the user if what comes is not whole or not sound, or cannot be written
     */
    public static void receive(InputStream in, Path target) {
        checkFree(target);
        try {
            if (isZip(target)) {
                receiveFile(in, target);
            } else {
                receive(new ZipInputStream(in, UTF_8), target);
            }
        } catch (IOException failed) {
            throw unwritable(target, failed);
        }
    }

    private static void receiveFile(InputStream in, Path target) throws IOException {
        Path draft = draft(target);
        try {
            Files.copy(in, draft);
            try (FileSystem zip = open(draft)) {
                for (String line : list(zip.getPath("/"), target)) {
                    check(zip.getPath("/"), target, line, OutputStream.nullOutputStream());
                }
            }
            appear(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static FileSystem open(Path zip) throws IOException {
        try {
            return FileSystems.newFileSystem(zip);
        } catch (ProviderNotFoundException other) {
            throw new StoreException(zip + " is no backup: it is neither a folder nor a whole zip file", other);
        }
    }

    private static void receive(ZipInputStream zip, Path target) throws IOException {
        Set<String> found = new HashSet<>();
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (!name.equals(LIST)) {
                Path file = inside(target, name);
                Files.createDirectories(file.resolveSibling("."));
                try (OutputStream out = Files.newOutputStream(file)) {
                    found.add(copy(zip, out) + " " + name);
                }
                force(file);
                continue;
            }
            List<String> list = new String(zip.readAllBytes(), UTF_8).lines().toList();
            if (!found.equals(new HashSet<>(list.subList(Math.min(1, list.size()), list.size())))) {
                throw new StoreException("the backup is damaged on its way: its files are not those of its list");
            }
            finish(target, list);
            return;
        }
        throw new StoreException("the backup ended before it was whole; " + target + " is of no use");
    }

    /**
     * Makes a data folder of the backup {@code source}, a folder or a zip file, in the new or empty folder {@code data}.
     *
     * @throws StoreException with a text for the user that names the file that is missing or damaged, or says what else is wrong;
     *     the folder is then refused by a hub
     */
    public static void restore(Path source, Path data) {
        checkEmpty(data);
        try {
            if (!Files.isRegularFile(source)) {
                restore(source, source, data);
                return;
            }
            try (FileSystem zip = open(source)) {
                restore(zip.getPath("/"), source, data);
            }
        } catch (IOException failed) {
            throw new StoreException("the backup " + source + " cannot be restored: " + DataFolder.why(failed), failed);
        }
    }

    /** @param said what the user calls {@code source} */
    private static void restore(Path source, Path said, Path data) throws IOException {
        List<String> files = new ArrayList<>(list(source, said));
        files.sort((a, b) -> Boolean.compare(a.endsWith(" " + FORMAT), b.endsWith(" " + FORMAT)));
        for (String line : files) {
            Path target = inside(data, name(line));
            Files.createDirectories(target.resolveSibling("."));
            try (OutputStream out = Files.newOutputStream(target)) {
                check(source, said, line, out);
            } catch (StoreException damaged) {
                Files.delete(target);
                throw damaged;
            }
            force(target);
        }
        force(data);
    }

    /** The lines of the list, each a checksum and a name. */
    private static List<String> list(Path source, Path said) throws IOException {
        List<String> list = Files.isRegularFile(source.resolve(LIST))
                ? Files.readAllLines(source.resolve(LIST), UTF_8)
                : List.of("");
        if (list.isEmpty() || !list.get(0).equals(FIRST)) {
            throw new StoreException(said + " is no backup, or one that was not finished: there is no list '" + LIST
                    + "' that begins with '" + FIRST + "'");
        }
        for (String line : list.subList(1, list.size())) {
            boolean sound = line.matches("[0-9a-f]{8} .+")
                    && source.resolve(name(line)).normalize().startsWith(source.normalize());
            if (!sound) {
                throw new StoreException("the list of the backup " + said + " is damaged: " + line);
            }
        }
        return list.subList(1, list.size());
    }

    private static String name(String line) {
        return line.substring(9);
    }

    /** Copies the file that {@code line} tells of, and looks whether it is as the line says. */
    private static void check(Path source, Path said, String line, OutputStream out) throws IOException {
        Path file = source.resolve(name(line));
        if (!Files.isRegularFile(file)) {
            throw new StoreException("the backup " + said + " is damaged: " + name(line) + " is missing");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (!line.startsWith(copy(in, out))) {
                throw new StoreException(
                        "the backup " + said + " is damaged: the checksum of " + name(line) + " is wrong");
            }
        }
    }

    private static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || file.equals(folder.normalize())) {
            throw new StoreException("the backup is damaged: it holds a file " + name);
        }
        return file;
    }

    private static boolean isZip(Path target) {
        return target.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    private static Path draft(Path target) {
        return target.resolveSibling(target.getFileName() + ".new");
    }

    /** A file that was written as {@code draft} is there whole. */
    private static void appear(Path draft, Path target) throws IOException {
        force(draft);
        Files.move(draft, target);
        force(target.toAbsolutePath().resolveSibling("."));
    }

    private static void finish(Path target, List<String> list) throws IOException {
        Path draft = target.resolve(LIST + ".new");
        Files.write(draft, list, UTF_8);
        force(draft);
        Files.move(draft, target.resolve(LIST));
        force(target);
    }

    private static StoreException unwritable(Path target, IOException failed) {
        return new StoreException("the backup " + target + " cannot be made: " + DataFolder.why(failed), failed);
    }

    /**
     * Looks whether a backup may be made at {@code target}: a new file if it ends in {@code .zip}, else a new or empty folder.
     *
     * @throws StoreException with a text for the user if not
     */
    public static void checkFree(Path target) {
        if (!isZip(target)) {
            checkEmpty(target);
        } else if (Files.exists(target) || Files.exists(draft(target))) {
            throw new StoreException("the file " + target + ", or "
                    + draft(target).getFileName() + " beside it, is there already; choose a new one");
        }
    }

    private static void checkEmpty(Path folder) {
        try {
            if (Files.exists(folder) && !Snapshot.files(folder).isEmpty()) {
                throw new StoreException("the folder " + folder + " is not empty; choose a new one");
            }
            Files.createDirectories(folder);
        } catch (IOException unusable) {
            throw new StoreException("the folder " + folder + " cannot be used: " + DataFolder.why(unusable), unusable);
        }
    }

    /** Copies to stable storage; returns the checksum of what was read. */
    private static String copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        String checksum;
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            checksum = copy(in, out);
        }
        force(to);
        return checksum;
    }

    private static String copy(InputStream in, OutputStream out) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] piece = new byte[1 << 16];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            checksum.update(piece, 0, read);
            out.write(piece, 0, read);
        }
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

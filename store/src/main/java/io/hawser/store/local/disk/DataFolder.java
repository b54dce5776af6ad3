package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that one hub at a time keeps its data in.
 *
 * <pre>
 *   hawser.lock   locked as long as a hub uses the folder
 *   format        "hawser data 2": what the rest looks like; raised when an older program could not read it any more.
 *                 1 had durables alone, 2 has maps, objects and records too
 *   messages/     the database
 *   objects/      the content of objects, a file each
 *   native/       the database's library for this machine
 *   reserve       room that is given up when the disk is full
 *   snapshot/     links to all of it, while a backup is made
 *   damaged/      what a repair took out, for people
 * </pre>
 */
public final class DataFolder implements AutoCloseable {
    private static final String FORMAT = "hawser data ";
    private static final int VERSION = 2;

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens the folder {@code path}, which must hold a hub's data.
     *
     * @throws StoreException with a text for the user if it does not, or a hub uses it
     */
    public static DataFolder existing(Path path) {
        if (!Files.exists(path.resolve("format"))) {
            throw new StoreException(path + " is no data folder of a hub: it holds no file 'format'");
        }
        return open(path);
    }

    /**
     * Opens the folder {@code path}, made if it is missing.
     *
     * @throws StoreException with a text for the user if another hub uses it, or it holds something else or newer data
     */
    public static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lock =
                    FileChannel.open(path.resolve("hawser.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(path, lock);
                checkFormat(path);
                tidy(path);
            } catch (IOException | StoreException refused) {
                lock.close();
                throw refused;
            }
            return new DataFolder(path, lock);
        } catch (IOException unusable) {
            throw new StoreException("the data folder " + path + " cannot be used: " + why(unusable), unusable);
        }
    }

    /** Why a file or a folder cannot be used, in words; the text of most exceptions is a path alone. */
    public static String why(IOException failed) {
        if (failed instanceof FileAlreadyExistsException taken) {
            return taken.getFile() + " is a file, not a folder";
        }
        if (failed instanceof NotDirectoryException file) {
            return file.getFile() + " is a file, not a folder";
        }
        if (failed instanceof AccessDeniedException denied) {
            return "this user may not use " + denied.getFile();
        }
        if (failed instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there, or cannot be made";
        }
        if (failed instanceof DirectoryNotEmptyException full) {
            return full.getFile() + " is not empty";
        }
        if (failed instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": " + other.getReason();
        }
        return String.valueOf(failed.getMessage());
    }

    /** Ends what a kill interrupted: a backup, or the change to a database that was built anew. */
    private static void tidy(Path path) throws IOException {
        Snapshot.remove(path.resolve("snapshot"));
        if (Files.exists(path.resolve("messages.new")) && !Files.exists(path.resolve("messages"))) {
            Files.move(path.resolve("messages.new"), path.resolve("messages"));
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Where the database is. */
    Path database() {
        return path.resolve("messages");
    }

    /** Where the content of objects is. */
    public Path objects() {
        return path.resolve("objects");
    }

    /** The file of the {@link Reserve}. */
    Path reserve() {
        return path.resolve("reserve");
    }

    /** Where the database's library may be put, so that a hub that is killed leaves none behind elsewhere. */
    Path library() throws IOException {
        return Files.createDirectories(path.resolve("native"));
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            lock = null;
        }
        if (lock == null) {
            throw new StoreException("the data folder " + path
                    + " is in use by another hub; stop that hub, or give this one another folder");
        }
    }

    private static void checkFormat(Path path) throws IOException {
        Path file = path.resolve("format");
        if (!Files.exists(file)) {
            checkEmpty(path);
            writeFormat(path, file);
            return;
        }
        String format = format(file);
        boolean known = format.matches(FORMAT + "[1-9]\\d{0,8}");
        if (!known) {
            throw new StoreException(
                    "the data folder " + path + " has a file 'format' that is damaged; restore it from a backup");
        }
        String version = format.substring(FORMAT.length());
        if (Integer.parseInt(version) > VERSION) {
            throw new StoreException("the data folder " + path + " holds data of format " + version
                    + ", this version of hawser reads up to " + VERSION + "; start the version that wrote it");
        }
    }

    private static String format(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    }

    /** Marks the folder as one of the present format, before anything is written that an older program could not read. */
    void raise() throws IOException {
        Path file = path.resolve("format");
        if (!format(file).equals(FORMAT + VERSION)) {
            writeFormat(path, file);
        }
    }

    private static void checkEmpty(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<String> foreign = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals("hawser.lock") && !name.equals("format.new"))
                    .sorted()
                    .limit(1)
                    .toList();
            if (!foreign.isEmpty()) {
                throw new StoreException("the data folder " + path + " holds something else than a hub's data ("
                        + foreign.get(0) + "); choose an empty folder");
            }
        }
    }

    /** The file is there whole or not at all, whatever happens meanwhile. */
    private static void writeFormat(Path path, Path file) throws IOException {
        Path draft = path.resolve("format.new");
        Files.writeString(draft, FORMAT + VERSION + "\n");
        force(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        force(path);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Another hub may use the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException useless) {
            throw new StoreException("the data folder " + path + " cannot be unlocked", useless);
        }
    }
}

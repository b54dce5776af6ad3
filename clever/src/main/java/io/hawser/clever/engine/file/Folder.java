package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A folder that is held open, so that what is done in it is done there, whatever becomes of its path meanwhile. Links are
 * never followed. Belongs to the disk's thread that opened it.
 */
final class Folder implements AutoCloseable {
    /** How the names of unfinished files begin. */
    static final String PART = ".hawser-";

    private static final Pattern PART_NAME = Pattern.compile("[.]hawser-[0-9a-f-]{32,36}");

    private final Path path;
    private final SecureDirectoryStream<Path> handle;

    private Folder(Path path, SecureDirectoryStream<Path> handle) {
        this.path = path;
        this.handle = handle;
    }

    /** Opens {@code path}. */
    @SuppressWarnings("StreamResourceLeak") // the folder closes it
    static Folder open(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> handle) {
            return new Folder(path, handle);
        }
        stream.close();
        throw new IOException("this system cannot hold a folder open; files are kept on Linux and macOS only");
    }

    /** The folder {@code name} in this one. */
    Folder enter(String name) throws IOException {
        try {
            return new Folder(path.resolve(name), handle.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw new IOException("there is no folder " + name + " at the file's place", missing);
        }
    }

    /** Opens the regular file {@code name}. */
    FileChannel file(String name, StandardOpenOption... options) throws IOException {
        Set<OpenOption> wanted = new HashSet<>(Set.of(options));
        wanted.add(LinkOption.NOFOLLOW_LINKS);
        if (!wanted.contains(StandardOpenOption.CREATE_NEW) && !isFile(name)) {
            throw new IOException("there is no file " + name);
        }
        SeekableByteChannel channel = handle.newByteChannel(Path.of(name), wanted);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("this system cannot sync the file " + name);
    }

    /** True if there is a regular file {@code name}; a link is none. */
    boolean isFile(String name) {
        try {
            return attributes(Path.of(name)).isRegularFile();
        } catch (IOException absent) {
            return false;
        }
    }

    /** {@code from} becomes {@code to}, in place of what was there, and that is on disk when this returns. */
    void rename(String from, String to) throws IOException {
        handle.move(Path.of(from), handle, Path.of(to));
        try (FileChannel entries = FileChannel.open(path, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** Deletes the file {@code name}, if there is one. */
    void delete(String name) throws IOException {
        if (isFile(name)) {
            handle.deleteFile(Path.of(name));
        }
    }

    /** When it is by the clock of whatever keeps the files. */
    Instant now() throws IOException {
        String probe = PART + UUID.randomUUID();
        try (FileChannel made = file(probe, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assert made.isOpen() : "a file has a time from its beginning on";
            return attributes(Path.of(probe)).lastModifiedTime().toInstant();
        } finally {
            delete(probe);
        }
    }

    /**
     * Deletes unfinished files, here and below, that were last written before {@code limit}. Once, as a folder that is held open
     * can be listed once.
     *
     * @return how many
     */
    int sweep(Instant limit) throws IOException {
        int swept = 0;
        for (Path entry : handle) {
            swept += sweep(entry.getFileName(), limit);
        }
        return swept;
    }

    /** Others may work in the folder meanwhile. */
    private int sweep(Path name, Instant limit) throws IOException {
        try {
            BasicFileAttributes what = attributes(name);
            if (what.isDirectory()) {
                try (Folder inner = enter(name.toString())) {
                    return inner.sweep(limit);
                }
            }
            boolean old =
                    what.isRegularFile() && what.lastModifiedTime().toInstant().isBefore(limit);
            if (old && PART_NAME.matcher(name.toString()).matches()) {
                handle.deleteFile(name);
                return 1;
            }
            return 0;
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    private BasicFileAttributes attributes(Path name) throws IOException {
        return handle.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}

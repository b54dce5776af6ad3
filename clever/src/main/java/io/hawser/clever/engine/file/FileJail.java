package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which peers may read and write files, and outside of which they never get. Immutable. */
public final class FileJail implements FilePlace {
    private static final Logger LOG = LoggerFactory.getLogger(FileJail.class);
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;

    private FileJail(Path root) {
        this.root = root;
    }

    /**
     * The folder {@code root}.
     *
     * @throws IOException if there is no such folder, or the system cannot keep files inside it
     */
    public static FileJail at(Path root) throws IOException {
        Path real = root.toRealPath();
        Folder.open(real).close();
        return new FileJail(real);
    }

    /**
     * Deletes what is left of transfers with which nobody has gone on for a day: their sender has forgotten them. On one of the
     * disk's threads.
     */
    @Override
    public void sweep() {
        try (Folder folder = Folder.open(root)) {
            int swept = folder.sweep(folder.now().minus(ABANDONED));
            LOG.debug("clever[{}] {} unfinished files were abandoned", root, swept);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("clever[{}] unfinished files stay behind", root, e);
        }
    }

    @Override
    public FileSource source(String path) {
        return () -> {
            List<String> parts = FileName.parts(path);
            try (Folder folder = folder(parts)) {
                return folder.file(parts.get(parts.size() - 1), StandardOpenOption.READ);
            }
        };
    }

    @Override
    public FileSink sink(String path) {
        return new DiskSink(() -> {
            List<String> parts = FileName.parts(path);
            return new DiskSink.Place(folder(parts), parts.get(parts.size() - 1));
        });
    }

    private Folder folder(List<String> parts) throws IOException {
        Folder folder = Folder.open(root);
        for (String part : parts.subList(0, parts.size() - 1)) {
            try (Folder outer = folder) {
                folder = outer.enter(part);
            }
        }
        return folder;
    }

    /** The channel of a file of our own program. */
    public static FileSource ours(Path file) {
        return () -> FileChannel.open(file, StandardOpenOption.READ);
    }

    /** Where a file goes that our own program asked for. */
    public static FileSink oursAt(Path file) {
        return new DiskSink(() -> {
            Path whole = file.toAbsolutePath();
            Path parent = whole.getParent();
            Path name = whole.getFileName();
            if (parent == null || name == null) {
                throw new IOException(file + " is no file");
            }
            return new DiskSink.Place(Folder.open(parent.toRealPath()), name.toString());
        });
    }
}

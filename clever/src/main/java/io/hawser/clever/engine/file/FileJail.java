package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The folder in which peers may read and write files, and outside of which they never get. Immutable. */
public final class FileJail {
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

    /** The file that a peer asks for. */
    public FileSource source(String path) {
        return () -> {
            List<String> parts = FileName.parts(path);
            try (Folder folder = folder(parts)) {
                return folder.file(parts.get(parts.size() - 1), StandardOpenOption.READ);
            }
        };
    }

    /** Where a file of a peer goes. */
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

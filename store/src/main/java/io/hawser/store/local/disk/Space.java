package io.hawser.store.local.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room on a disk, in bytes. */
public interface Space {
    /** What this process may still use. */
    long left() throws IOException;

    /** All there is. */
    long total() throws IOException;

    /** The disk that {@code folder} is on. */
    static Space of(Path folder) {
        return new Space() {
            @Override
            public long left() throws IOException {
                return store().getUsableSpace();
            }

            @Override
            public long total() throws IOException {
                return store().getTotalSpace();
            }

            private FileStore store() throws IOException {
                return Files.getFileStore(folder);
            }
        };
    }
}

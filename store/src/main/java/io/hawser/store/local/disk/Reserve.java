package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A file that holds nothing but room, to be given up when there is none left. Owner: the writer. */
final class Reserve {
    private static final int PIECE = 1 << 20;

    private final Path file;
    private final long size;

    Reserve(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    boolean isThere() {
        return size == 0 || file.toFile().length() == size;
    }

    /** Takes the room; false, with nothing taken, if there is not enough. */
    boolean build() {
        // a disk that compresses would give no room for zeros
        SplittableRandom noise = new SplittableRandom(size);
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= PIECE) {
                noise.nextBytes(piece);
                out.write(piece, 0, (int) Math.min(left, PIECE));
            }
            return true;
        } catch (IOException full) {
            release();
            return false;
        }
    }

    void release() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new StoreException("the reserve " + file + " cannot be deleted: " + DataFolder.why(failed), failed);
        }
    }
}

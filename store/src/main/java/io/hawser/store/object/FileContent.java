package io.hawser.store.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.StoredObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The content of an object in its file, which may lose its name meanwhile. Owner: the objects' thread. */
final class FileContent implements ObjectContent {
    private final ObjectManifest object;
    private final FileChannel file;

    FileContent(Path folder, ObjectManifest object) {
        this.object = object;
        try {
            this.file = FileChannel.open(ChunkFile.path(folder, object.number()), StandardOpenOption.READ);
        } catch (IOException missing) {
            throw new StoreException(
                    "the content of object " + object.info().name() + " cannot be opened: " + missing
                            + "; upload it again, or restore a backup",
                    missing);
        }
    }

    @Override
    public ByteBuffer chunk(int index) {
        long start = (long) index * StoredObjects.CHUNK;
        int length = (int) Math.min(StoredObjects.CHUNK, object.info().size() - start);
        try {
            ByteBuffer chunk = ChunkFile.read(file, object.number(), index, length);
            if (chunk.remaining() < length) {
                throw damaged(index, start, length, Optional.empty());
            }
            return chunk;
        } catch (IOException unreadable) {
            throw damaged(index, start, length, Optional.of(unreadable));
        }
    }

    private StoreException damaged(int index, long start, int length, Optional<IOException> cause) {
        String why = cause.map(IOException::toString).orElse("it is cut off, or its checksum is wrong");
        return new StoreException("object " + object.info().name() + " is damaged in chunk " + index + ", bytes "
                + start + " to " + (start + length - 1) + ": " + why + "; upload it again, or restore a backup");
    }

    @Override
    public void close() {
        FileMedium.close(file);
    }
}

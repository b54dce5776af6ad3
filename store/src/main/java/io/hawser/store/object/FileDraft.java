package io.hawser.store.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.StoredObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The content of an upload in its file. What is written goes on to the disk every {@value #STRIDE} bytes, so that the last sync
 * has little to do and nobody else's sync waits for ours. Owner: the objects' thread.
 */
final class FileDraft implements ObjectDraft {
    private static final int CHUNK = StoredObjects.CHUNK;
    private static final int STRIDE = 4 << 20;

    private final Path folder;
    private final Path path;
    private final long number;
    private final FileChannel file;
    /** The chunk that is being written, how much of it there is, and its checksum so far. */
    private int index;

    private int length;
    private CRC32C checksum;
    private int unsynced;

    /** The file of {@code number}, made if it is missing. */
    FileDraft(Path folder, long number) {
        this.folder = folder;
        this.path = ChunkFile.path(folder, number);
        this.number = number;
        this.checksum = ChunkFile.checksum(number, 0);
        try {
            this.file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException unusable) {
            throw failed(unusable);
        }
    }

    /** The whole chunks, and the last one if it was finished; from the first that is not whole on, all is cut off. */
    @Override
    public Optional<ByteBuffer> restored() {
        try {
            long left = file.size() - ChunkFile.position(index);
            int there = (int) Math.min(CHUNK, left - 4);
            ByteBuffer chunk =
                    there > 0 && length == 0 ? ChunkFile.read(file, number, index, there) : ByteBuffer.allocate(0);
            if (chunk.hasRemaining()) {
                if (took(chunk.duplicate())) {
                    nextChunk();
                }
                return Optional.of(chunk);
            }
            file.truncate(ChunkFile.position(index) + length);
            file.position(file.size());
            return Optional.empty();
        } catch (IOException unreadable) {
            throw failed(unreadable);
        }
    }

    /** The chunk being written has these bytes too. Returns true if they make it whole. */
    private boolean took(ByteBuffer bytes) {
        length += bytes.remaining();
        checksum.update(bytes);
        return length == CHUNK;
    }

    @Override
    public void append(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                ByteBuffer piece = bytes.slice(bytes.position(), Math.min(bytes.remaining(), CHUNK - length));
                bytes.position(bytes.position() + piece.remaining());
                write(piece.duplicate());
                if (took(piece)) {
                    finishChunk();
                }
            }
        } catch (IOException full) {
            throw failed(full);
        }
    }

    private void finishChunk() throws IOException {
        write(ChunkFile.bytes(checksum));
        nextChunk();
        if (unsynced >= STRIDE) {
            file.force(false);
            unsynced = 0;
        }
    }

    private void nextChunk() {
        index++;
        length = 0;
        checksum = ChunkFile.checksum(number, index);
    }

    private void write(ByteBuffer bytes) throws IOException {
        unsynced += bytes.remaining();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void sync() {
        try {
            if (length > 0) {
                finishChunk();
            }
            file.force(true);
            FileMedium.force(folder);
        } catch (IOException lost) {
            throw failed(lost);
        }
    }

    private StoreException failed(IOException why) {
        return new StoreException("an upload cannot be kept in " + path + ": " + why.getMessage(), why);
    }

    @Override
    public void close() {
        FileMedium.close(file);
    }
}

package io.hawser.store.nats;

import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.StoredObjects;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The content of an upload: whole chunks are in the stream, what is behind them is here. Owner: the objects' thread. */
final class ChunkDraft implements ObjectDraft {
    private final Chunks chunks;
    private final long number;
    private final ByteBuffer tail = ByteBuffer.allocate(StoredObjects.CHUNK);
    private int index;

    ChunkDraft(Chunks chunks, long number) {
        this.chunks = chunks;
        this.number = number;
    }

    /** The whole chunks, and the last one if it was finished, which then goes on. */
    @Override
    public Optional<ByteBuffer> restored() {
        Optional<ByteBuffer> chunk = tail.position() == 0 ? chunks.get(number, index) : Optional.empty();
        chunk.ifPresent(bytes -> append(bytes.duplicate(), true));
        return chunk;
    }

    @Override
    public void append(ByteBuffer bytes) {
        append(bytes, false);
    }

    private void append(ByteBuffer bytes, boolean there) {
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), tail.remaining());
            tail.put(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
            if (!tail.hasRemaining()) {
                finish(there);
            }
        }
    }

    private void finish(boolean there) {
        tail.flip();
        if (!there) {
            chunks.put(number, index, tail);
        }
        tail.clear();
        index++;
    }

    @Override
    public void sync() {
        if (tail.position() > 0) {
            finish(false);
        }
    }

    @Override
    public void close() {}
}

package io.hawser.core.store.object;

import io.hawser.core.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reader in the hands of one client. Owner of all but {@code reading}: the catalog's thread. */
final class HeldReader implements ObjectReader {
    private final ObjectThread thread;
    private final Set<HeldReader> readers;
    private final ObjectInfo info;
    private final ObjectContent content;
    /** Set by whoever asks, taken back on the thread. */
    private final AtomicBoolean reading = new AtomicBoolean();

    /**
     * A reader.
     *
     * @param readers all that are open; it leaves them when it is closed
     */
    HeldReader(ObjectThread thread, Set<HeldReader> readers, ObjectInfo info, ObjectContent content) {
        this.thread = thread;
        this.readers = readers;
        this.info = info;
        this.content = content;
    }

    @Override
    public ObjectInfo info() {
        return info;
    }

    @Override
    public CompletableFuture<ByteBuffer> read(long offset, int length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("cannot read " + length + " bytes at " + offset);
        }
        if (!reading.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(
                    new StoreException("a read of object " + info.name() + " is under way; wait until it is done"));
        }
        return thread.submit(done -> {
            ByteBuffer bytes;
            try {
                bytes = bytes(offset, length);
            } finally {
                reading.set(false);
            }
            done.complete(bytes);
        });
    }

    private ByteBuffer bytes(long offset, int length) {
        if (!readers.contains(this)) {
            throw new StoreException("the reader of object " + info.name() + " is closed; open another");
        }
        if (offset >= info.size()) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer chunk = content.chunk((int) (offset / StoredObjects.CHUNK));
        int start = (int) (offset % StoredObjects.CHUNK);
        return chunk.slice(start, Math.min(length, chunk.limit() - start));
    }

    @Override
    public void close() {
        thread.run(new CompletableFuture<>(), this::end);
    }

    void end() {
        if (readers.remove(this)) {
            content.close();
        }
    }
}

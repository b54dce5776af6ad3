package io.hawser.iot.gateway.storage;

import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.net.http.HttpSource;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A part of a file on its way out of the store. One piece at a time is read, and all of it belongs to whoever has that. */
final class FileDownload implements HttpSource {
    private final ObjectReader reader;
    private final Runnable closed;
    private long offset;
    private long end;

    /**
     * The whole.
     *
     * @param closed hears of the end
     */
    FileDownload(ObjectReader reader, Runnable closed) {
        this.reader = reader;
        this.closed = closed;
        this.end = reader.info().size();
    }

    ObjectReader reader() {
        return reader;
    }

    ObjectInfo file() {
        return reader.info();
    }

    /** Only {@code range} of it. */
    void keep(ByteRange range) {
        offset = range.from();
        end = range.end();
    }

    @Override
    public CompletableFuture<ByteBuffer> next() {
        if (offset == end) {
            return CompletableFuture.completedFuture(ByteBuffer.allocate(0));
        }
        int length = (int) Math.min(StoredObjects.CHUNK, end - offset);
        return reader.read(offset, length).thenApply(this::given);
    }

    private ByteBuffer given(ByteBuffer piece) {
        offset += piece.remaining();
        return piece;
    }

    @Override
    public void close() {
        reader.close();
        closed.run();
    }
}

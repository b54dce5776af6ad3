package io.hawser.core.store.object;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one object as it was when the reader was opened, whatever becomes of it meanwhile. Callable from any thread; one read
 * at a time.
 */
public interface ObjectReader extends AutoCloseable {
    /** What is read. */
    ObjectInfo info();

    /**
     * Completes with bytes from {@code offset} on: at least one and at most {@code length}, none beyond the chunk of
     * {@value StoredObjects#CHUNK} bytes in which {@code offset} lies, none at all from the end of the object on. Each read
     * checks its whole chunk: reading chunk by chunk is the cheapest.
     *
     * <p>Fails if the content is damaged, with a text that names the object and the chunk, or if the read before is not
     * done.
     *
     * @param length positive
     */
    CompletableFuture<ByteBuffer> read(long offset, int length);

    /** Lets go of the object; harmless after the end. */
    @Override
    void close();
}

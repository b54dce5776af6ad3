package io.hawser.core.store.object;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * An object on its way into the store; nobody sees it before it is committed. Callable from any thread, takes effect in the
 * order of the calls.
 *
 * <p>After a call has failed all others do: {@link StoredObjects#resume} says where to go on.
 */
public interface Upload extends AutoCloseable {
    /** How many bytes may be given to {@link #write} before the first of them are done; each call counts 4 KiB at least. */
    int WINDOW = 512 * 1024;

    /** What it is called in {@link StoredObjects#resume}; never used again for another upload. */
    String id();

    /** How many bytes the store had when this upload was begun or resumed: what is written first comes after them. */
    long offset();

    /**
     * Completes with the length that the store has once {@code bytes} are written, which is not yet on stable storage.
     * Fails, and takes nothing, if the window is overrun, the object grows longer than promised or allowed, or there is no
     * room.
     *
     * @param bytes must not change until then
     */
    CompletableFuture<Long> write(ByteBuffer bytes);

    /**
     * Completes with what appeared when it is on stable storage and has replaced an older object of its name. If its length or
     * hash are not what was promised, nothing appears, and the upload is gone.
     */
    CompletableFuture<ObjectInfo> commit();

    /** As {@link #commit()}, for content that must have this SHA-256: 64 lower-case hexadecimal digits. */
    CompletableFuture<ObjectInfo> commit(String sha256);

    /** As {@link #commit()}, with {@code metadata} in place of what the request said: some is known only when all is there. */
    CompletableFuture<ObjectInfo> commit(ObjectMetadata metadata);

    /** Completes when the upload and its bytes are gone. */
    CompletableFuture<Void> abort();

    /** Leaves the upload to whoever resumes it; harmless after the end. */
    @Override
    void close();
}

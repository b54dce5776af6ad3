package io.hawser.core.store.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The objects of a store. Every method may be called from any thread and returns at once.
 *
 * <p>Futures complete on the store's own thread, exceptionally with a {@link io.hawser.core.store.StoreException}: whoever
 * waits continues on its owner ({@code whenCompleteAsync(..., owner)}), never there.
 */
public interface StoredObjects {
    /** Objects are kept and checked in chunks of so many bytes. */
    int CHUNK = 256 * 1024;

    /** Completes with an empty upload when it would survive a restart; fails if there is no room for it. */
    CompletableFuture<Upload> begin(UploadRequest request);

    /**
     * Completes with the upload {@code id}, to go on where the store's bytes end; whoever had it cannot write any more. Empty
     * if it is unknown: never begun, committed, aborted or given up. After a restart up to one chunk is missing of what
     * {@link Upload#write} had completed, or more if the operating system went down too.
     */
    CompletableFuture<Optional<Upload>> resume(String id);

    /** Completes with a reader of the object {@code name}; empty if there is none. */
    CompletableFuture<Optional<ObjectReader>> open(ObjectName name);

    /** Completes with what is known of the object {@code name}; empty if there is none. */
    CompletableFuture<Optional<ObjectInfo>> info(ObjectName name);

    /**
     * Completes with objects of {@code owner} in the order of their names.
     *
     * @param prefix what their names begin with; may be empty
     * @param after they come after this name; may be empty
     * @param limit at most so many
     */
    CompletableFuture<List<ObjectInfo>> list(String owner, String prefix, String after, int limit);

    /** Completes when the object {@code name} is gone for good: true, or false if there was none. */
    CompletableFuture<Boolean> delete(ObjectName name);

    /** Completes with the bytes that objects and uploads of each owner take. */
    CompletableFuture<Map<String, Long>> usage();

    /** From now on {@code listener} hears what happens to objects, on {@code owner}, as long as that takes tasks. */
    void listen(Executor owner, ObjectListener listener);
}

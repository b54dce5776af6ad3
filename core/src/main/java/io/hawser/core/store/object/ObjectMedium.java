package io.hawser.core.store.object;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where an engine keeps objects: a record of each, and its content under a number. Called on the catalog's thread only; every
 * method throws {@link io.hawser.core.store.StoreException}, or completes with it, when the medium fails. Futures complete on
 * any thread, in the order of the calls.
 */
public interface ObjectMedium {
    /**
     * What was kept before.
     *
     * @param last the highest number ever given out
     * @param objects every object
     * @param uploads every upload that was neither committed nor ended
     */
    record Kept(long last, List<ObjectManifest> objects, List<KeptUpload> uploads) {
        /** Copies the lists. */
        public Kept {
            objects = List.copyOf(objects);
            uploads = List.copyOf(uploads);
        }
    }

    /**
     * An upload that was interrupted.
     *
     * @param number of its content
     * @param request what it was begun with
     * @param length about how many bytes there are
     * @param touched when it was written to last, milliseconds since the epoch
     */
    record KeptUpload(long number, UploadRequest request, long length, long touched) {}

    /** What was kept before; called once, at the start, on whatever thread makes the catalog. */
    Kept kept();

    /**
     * So many bytes are about to be written into contents.
     *
     * @throws io.hawser.core.store.StoreException with a text for the user while there is no room for anything more
     */
    void room(long bytes);

    /** An empty content. */
    ObjectDraft create(long number);

    /** The content of an interrupted upload, at its beginning. */
    ObjectDraft reopen(long number);

    /** Completes when it would be known after a restart that {@code number} is an upload. */
    CompletableFuture<Void> begin(long number, UploadRequest request);

    /** Completes when {@code object} is on stable storage in the place of an older one, and no upload any more. */
    CompletableFuture<Void> commit(ObjectManifest object);

    /** Completes when it would be known after a restart that {@code number} is no upload any more. */
    CompletableFuture<Void> end(long number);

    /** Completes when it would be known after a restart that there is no object {@code name}. */
    CompletableFuture<Void> delete(ObjectName name);

    /** The content of {@code object}, which can be read even when it is discarded meanwhile. */
    ObjectContent open(ObjectManifest object);

    /** Frees the space of a content that no record names any more; never fails: what stays is found at the next start. */
    void discard(long number);
}

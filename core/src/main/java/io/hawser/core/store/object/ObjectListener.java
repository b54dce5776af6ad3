package io.hawser.core.store.object;

/** What somebody hears who listens to all objects, on the executor that was named, in order. */
public interface ObjectListener {
    /** An object of a new name is on stable storage. */
    void appeared(ObjectInfo object);

    /** An object is on stable storage in the place of an older one of its name. */
    void replaced(ObjectInfo older, ObjectInfo newer);

    /** An object is gone. */
    void deleted(ObjectInfo object);

    /** An upload has grown: told once a chunk, and when it has all its bytes. */
    void progress(UploadProgress upload);
}

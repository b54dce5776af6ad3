package io.hawser.iot.storage;

/** Hears how transfers get on. */
@FunctionalInterface
public interface ProgressCallback {
    /**
     * Called in the thread that moves the bytes, so never wait here.
     *
     * @param bytes how many bytes of the content have been moved
     */
    void progress(StorageObject object, TransferState state, long bytes);
}

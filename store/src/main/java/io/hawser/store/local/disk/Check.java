package io.hawser.store.local.disk;

/** What one part knows to check of what it keeps: each thing against its checksum, and against the others. Offline. */
public interface Check {
    /** Reads everything of this part in {@code disk}; {@link io.hawser.core.store.StoreException} if it cannot be read. */
    void run(Disk disk, Findings findings);
}

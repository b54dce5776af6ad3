package io.hawser.store.local;

import io.hawser.core.store.StoreException;
import io.hawser.store.local.disk.Level;

/** Hears how a store's disk does, on the store's thread: no call may take long. */
public interface StoreListener {
    /** The disk failed: from now on nothing is acknowledged. Told once. */
    void failed(StoreException why);

    /** The room on the disk is another than before; it is ample in the beginning. {@code text} is for people. */
    void room(Level level, String text);
}

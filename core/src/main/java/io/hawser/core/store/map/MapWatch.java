package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import java.util.List;

/**
 * Somebody who hears the changes of a map. Callable from any thread, takes effect in the order of the calls.
 *
 * <p>Nothing is told beyond the credit given by {@link #request}. Whoever has credit hears every change; whoever has none
 * is held at its revision, takes no memory, and hears of each key the newest change only when it has credit again.
 */
public interface MapWatch {
    /** Allows {@code changes} more to be told. */
    void request(int changes);

    /** Nothing more is told after what is on its way. */
    void close();

    /** What a watch tells, on the executor it was given, in order. */
    interface Listener {
        /** Changes in the order of their revisions, at most as many as were requested. */
        void changed(List<MapEntry> changes);

        /**
         * Forget every key: the map was dropped, or removals were forgotten that this watch has missed. What is there now
         * follows.
         */
        void restarted();

        /**
         * There are too many watches, or the store cannot read what changed; nothing more comes, and {@link MapWatch#close} is
         * not needed.
         */
        void failed(StoreException why);
    }
}

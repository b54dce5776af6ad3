package io.hawser.core.store.map;

import io.hawser.core.value.Fields;

/**
 * One revision of one key.
 *
 * @param key the key
 * @param revision positive; grows with every change of any map of the store, also across restarts and removals
 * @param time when it was made, milliseconds since the epoch
 * @param kind what was done
 * @param value what was set; without fields if it was removed
 */
public record MapEntry(String key, long revision, long time, Kind kind, Fields value) {
    /** How a revision came about. */
    public enum Kind {
        /** Somebody set the value. */
        SET,
        /** Somebody removed the key. */
        REMOVED,
        /** The time to live ended. */
        EXPIRED
    }
}

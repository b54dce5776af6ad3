package io.hawser.core.store.engine;

import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.map.MapLimits;
import io.hawser.core.store.object.ObjectLimits;

/**
 * What each part of a store may hold.
 *
 * @param durables each durable
 * @param maps the key-value maps
 * @param objects the files
 */
public record StoreLimits(DurableLimits durables, MapLimits maps, ObjectLimits objects) {
    /** The defaults of every part on a disk, with other limits for durables. */
    public static StoreLimits of(DurableLimits durables) {
        return new StoreLimits(durables, MapLimits.DEFAULT, ObjectLimits.DEFAULT);
    }

    /** The defaults of every part in memory, with other limits for durables. */
    public static StoreLimits inMemory(DurableLimits durables) {
        return new StoreLimits(durables, MapLimits.DEFAULT, ObjectLimits.IN_MEMORY);
    }
}

package io.hawser.core.store.engine;

import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.map.MapLimits;

/**
 * What each part of a store may hold.
 *
 * @param durables each durable
 * @param maps the key-value maps
 */
public record StoreLimits(DurableLimits durables, MapLimits maps) {
    /** The defaults of every part, with other limits for durables. */
    public static StoreLimits of(DurableLimits durables) {
        return new StoreLimits(durables, MapLimits.DEFAULT);
    }
}

package io.hawser.core.store.engine;

import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.map.MapLimits;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.record.RecordLimits;

/**
 * What each part of a store may hold.
 *
 * @param durables each durable
 * @param maps the key-value maps
 * @param objects the files
 * @param records the tables and logs
 */
public record StoreLimits(DurableLimits durables, MapLimits maps, ObjectLimits objects, RecordLimits records) {
    /** The defaults of every part on a disk, with other limits for durables. */
    public static StoreLimits of(DurableLimits durables) {
        return new StoreLimits(durables, MapLimits.DEFAULT, ObjectLimits.DEFAULT, RecordLimits.DEFAULT);
    }

    /** The defaults of every part in memory, with other limits for durables. */
    public static StoreLimits inMemory(DurableLimits durables) {
        return of(durables).withObjects(ObjectLimits.IN_MEMORY);
    }

    /** These limits with others for maps. */
    public StoreLimits withMaps(MapLimits newMaps) {
        return new StoreLimits(durables, newMaps, objects, records);
    }

    /** These limits with others for objects. */
    public StoreLimits withObjects(ObjectLimits newObjects) {
        return new StoreLimits(durables, maps, newObjects, records);
    }

    /** These limits with others for records. */
    public StoreLimits withRecords(RecordLimits newRecords) {
        return new StoreLimits(durables, maps, objects, newRecords);
    }
}

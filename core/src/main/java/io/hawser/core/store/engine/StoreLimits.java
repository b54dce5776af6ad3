package io.hawser.core.store.engine;

import io.hawser.core.store.map.MapLimits;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.record.RecordLimits;

/**
 * What each part of a store may hold; each durable has settings of its own.
 *
 * @param maps the key-value maps
 * @param objects the files
 * @param records the tables and logs
 */
public record StoreLimits(MapLimits maps, ObjectLimits objects, RecordLimits records) {
    /** The defaults of every part on a disk. */
    public static final StoreLimits ON_DISK =
            new StoreLimits(MapLimits.DEFAULT, ObjectLimits.DEFAULT, RecordLimits.DEFAULT);

    /** The defaults of every part in memory. */
    public static final StoreLimits IN_MEMORY = ON_DISK.withObjects(ObjectLimits.IN_MEMORY);

    /** These limits with others for maps. */
    public StoreLimits withMaps(MapLimits newMaps) {
        return new StoreLimits(newMaps, objects, records);
    }

    /** These limits with others for objects. */
    public StoreLimits withObjects(ObjectLimits newObjects) {
        return new StoreLimits(maps, newObjects, records);
    }

    /** These limits with others for records. */
    public StoreLimits withRecords(RecordLimits newRecords) {
        return new StoreLimits(maps, objects, newRecords);
    }
}

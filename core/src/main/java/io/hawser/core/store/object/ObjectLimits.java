package io.hawser.core.store.object;

import io.hawser.core.store.StoreException;
import java.time.Duration;

/**
 * How much objects may take; policy when full: whoever would go beyond is refused. Uploads count as soon as their bytes are
 * promised or written, and an object counts until the one that replaces it has appeared.
 *
 * @param objectBytes the most bytes of one object
 * @param ownerBytes the most bytes of all objects and uploads of one owner
 * @param totalBytes the most bytes of all objects and uploads
 * @param objects the most objects and uploads; about 1 KiB of memory each
 * @param uploads the most uploads that are open or interrupted
 * @param readers the most readers that are open
 * @param uploadAge after so long without a sign of its client an upload is given up
 */
public record ObjectLimits(
        long objectBytes, long ownerBytes, long totalBytes, int objects, int uploads, int readers, Duration uploadAge) {
    /** 1 GiB an object, 4 GiB an owner, 16 GiB in all, 100,000 objects, 256 uploads, 256 readers, a day. */
    public static final ObjectLimits DEFAULT =
            new ObjectLimits(1L << 30, 4L << 30, 16L << 30, 100_000, 256, 256, Duration.ofDays(1));

    /** For an engine in memory: 16 MiB an object, 32 MiB an owner, 64 MiB in all. */
    public static final ObjectLimits IN_MEMORY =
            new ObjectLimits(16 << 20, 32 << 20, 64 << 20, 10_000, 64, 256, Duration.ofDays(1));

    /** Of each the less. */
    public ObjectLimits atMost(ObjectLimits other) {
        return new ObjectLimits(
                Math.min(objectBytes, other.objectBytes),
                Math.min(ownerBytes, other.ownerBytes),
                Math.min(totalBytes, other.totalBytes),
                Math.min(objects, other.objects),
                Math.min(uploads, other.uploads),
                Math.min(readers, other.readers),
                uploadAge.compareTo(other.uploadAge) < 0 ? uploadAge : other.uploadAge);
    }

    StoreException tooLong(ObjectName name) {
        return StoreException.limit(
                "objects.object-bytes",
                "object " + name + " is longer than the limit of " + objectBytes
                        + " bytes; split it, or raise the limit of one object");
    }

    StoreException tooManyObjects() {
        return StoreException.limit(
                "objects.count",
                "there are " + objects + " objects and uploads, the limit; delete some, or raise the limit");
    }

    StoreException tooManyUploads() {
        return StoreException.limit(
                "objects.uploads",
                "there are " + uploads + " uploads, the limit; finish or abort some, wait until they are"
                        + " given up, or raise the limit");
    }

    StoreException tooManyReaders() {
        return StoreException.limit(
                "objects.readers", "there are " + readers + " readers of objects, the limit; try again later");
    }
}

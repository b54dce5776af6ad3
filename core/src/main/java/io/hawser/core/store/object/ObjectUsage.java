package io.hawser.core.store.object;

import io.hawser.core.store.StoreException;
import java.util.HashMap;
import java.util.Map;

/** How many bytes objects and uploads take, by owner and in all. Owner: the catalog's thread. */
final class ObjectUsage {
    private final ObjectLimits limits;
    private final Map<String, Long> owners = new HashMap<>();
    private long total;

    ObjectUsage(ObjectLimits limits) {
        this.limits = limits;
    }

    /** Takes {@code bytes} for {@code owner}, or nothing if that is more than the limits allow. */
    void charge(String owner, long bytes) {
        if (bytes > limits.ownerBytes() - of(owner)) {
            throw full("objects.owner-bytes", "of " + owner, of(owner), bytes, limits.ownerBytes());
        }
        if (bytes > limits.totalBytes() - total) {
            throw full("objects.total-bytes", "in all", total, bytes, limits.totalBytes());
        }
        add(owner, bytes);
    }

    /** Takes {@code bytes} that are there already, or gives them back where they are negative. */
    void add(String owner, long bytes) {
        total += bytes;
        if (owners.merge(owner, bytes, Long::sum) == 0) {
            owners.remove(owner);
        }
    }

    Map<String, Long> byOwner() {
        return Map.copyOf(owners);
    }

    private long of(String owner) {
        return owners.getOrDefault(owner, 0L);
    }

    private static StoreException full(String name, String whose, long used, long bytes, long limit) {
        return StoreException.limit(
                name,
                "no room for " + bytes + " bytes more: objects and uploads " + whose + " take " + used + " of " + limit
                        + "; delete some, or raise the limit");
    }
}

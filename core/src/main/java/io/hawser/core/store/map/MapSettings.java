package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import java.time.Duration;

/**
 * What one map keeps; policy when full: the writer is refused, readers and removals go on.
 *
 * @param history how many older revisions are kept for each key
 * @param ttl so long after it was set an entry is removed, in milliseconds at the finest; zero: never
 * @param entries the most entries
 * @param bytes the most bytes of keys and newest values; older revisions do not count
 */
public record MapSettings(int history, Duration ttl, int entries, long bytes) {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** No older revisions, no expiry, 100,000 entries and 64 MiB: what a map has that nobody defined. */
    public static final MapSettings DEFAULT = new MapSettings(0, Duration.ZERO, 100_000, 64L << 20);

    /** Refuses what makes no sense, with an {@link IllegalArgumentException}. */
    public MapSettings {
        if (history < 0 || ttl.isNegative() || entries < 0 || bytes < 0) {
            throw new IllegalArgumentException("the settings of a map must not be negative: history " + history
                    + ", ttl " + ttl + ", entries " + entries + ", bytes " + bytes);
        }
        if (ttl.compareTo(LONGEST) > 0 || (!ttl.isZero() && ttl.toMillis() == 0)) {
            throw new IllegalArgumentException(
                    "the ttl of a map must be from a millisecond to 100 years, or zero for never: " + ttl);
        }
    }

    /** These settings with another depth of history. */
    public MapSettings withHistory(int depth) {
        return new MapSettings(depth, ttl, entries, bytes);
    }

    /** These settings with another time to live. */
    public MapSettings withTtl(Duration newTtl) {
        return new MapSettings(history, newTtl, entries, bytes);
    }

    /** These settings with other bounds. */
    public MapSettings withRoom(int newEntries, long newBytes) {
        return new MapSettings(history, ttl, newEntries, newBytes);
    }

    /** What a writer hears for whose entry the map {@code name} has no room, of keys or of bytes. */
    StoreException full(MapName name, boolean keys) {
        String full = keys ? "maps.keys" : "maps.bytes";
        return StoreException.limit(
                full,
                "map " + name + " is full (" + entries + " entries or " + bytes
                        + " bytes); remove entries, or raise its limit");
    }
}

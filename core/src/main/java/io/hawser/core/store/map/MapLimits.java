package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.KeyText;

/**
 * What maps may hold, whatever their settings; beyond it the caller is refused, except where it says otherwise.
 *
 * @param maps the most maps
 * @param keyBytes the longest key, in bytes of UTF-8
 * @param valueBytes the longest value, in bytes as it is kept
 * @param history the most older revisions of a key
 * @param page the most keys in one page
 * @param removed how many removed keys each map remembers for watchers that are behind; beyond it the oldest is forgotten,
 *     and a watcher that missed it starts afresh
 * @param watches the most watches at a time, of all maps together
 * @param first what a map has that nobody defined: one that comes to be with its first value
 */
public record MapLimits(
        int maps, int keyBytes, int valueBytes, int history, int page, int removed, int watches, MapSettings first) {
    /**
     * 10,000 maps, keys of 512 bytes, values of 1 MiB, 64 older revisions, pages of 1,000, 10,000 removed keys, 10,000 watches.
     */
    public static final MapLimits DEFAULT =
            new MapLimits(10_000, 512, 1 << 20, 64, 1_000, 10_000, 10_000, MapSettings.DEFAULT);

    /** These limits, with maps that begin with {@code settings}. */
    public MapLimits withFirst(MapSettings settings) {
        return new MapLimits(maps, keyBytes, valueBytes, history, page, removed, watches, settings);
    }

    /** The bytes of {@code key}, which is refused if it is empty, too long, or has a character that sorts nowhere. */
    byte[] key(String key) {
        return KeyText.key("a map", key, keyBytes, "maps.key-bytes");
    }

    /** The bytes of a key's beginning. */
    byte[] prefix(String prefix) {
        return KeyText.prefix("a map", prefix, keyBytes, "maps.key-bytes");
    }

    void checkValue(int length) {
        if (length > valueBytes) {
            throw StoreException.limit(
                    "maps.value-bytes",
                    "a value of " + length + " bytes is too long for a map; the limit is " + valueBytes);
        }
    }

    void checkHistory(int depth) {
        if (depth > history) {
            throw StoreException.limit(
                    "maps.max-history", "a map cannot keep " + depth + " older revisions; the limit is " + history);
        }
    }

    StoreException tooManyWatches() {
        return StoreException.limit(
                "maps.watches", "there are " + watches + " watches of maps, the limit; end one, or raise the limit");
    }

    void checkPage(int keys) {
        if (keys < 1 || keys > page) {
            throw new StoreException("a page of " + keys + " keys cannot be had; ask for 1 to " + page);
        }
    }
}

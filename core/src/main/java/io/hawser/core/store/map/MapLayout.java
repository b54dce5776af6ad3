package io.hawser.core.store.map;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * What the shelf of the maps holds. Numbers are big-endian, so that keys sort like numbers; a map is known by a number; keys
 * are UTF-8 without NUL.
 *
 * <pre>
 *   key                          value
 *   'r'                          8 the highest revision given out
 *   'm' 4 map                    text scope, text name, count history, count ttl in ms, count entries, count bytes
 *   'c' 4 map                    8 entries, 8 bytes, 8 removed keys, 8 floor, 8 revision of the latest change
 *   'g' 4 map                    nothing: the map was dropped, the rest of it is being removed
 *   'e' 4 map, key               {@link Leaf}: the newest revision of the key, a removal perhaps
 *   'h' 4 map, key, 0, 8 revision  {@link Leaf}: an older one
 *   'w' 4 map, 8 revision        key: its newest revision is this one
 *   'x' 4 map, 8 revision        key: its newest revision is this one and a removal
 *   't' 8 time, 4 map, key       nothing: the key expires then
 * </pre>
 *
 * Removals up to the floor may be forgotten: no entry tells of them.
 */
final class MapLayout {
    static final byte[] REVISION = {'r'};
    static final byte SETTINGS = 'm';
    static final byte COUNTS = 'c';
    static final byte GONE = 'g';
    static final byte ENTRY = 'e';
    static final byte OLDER = 'h';
    static final byte CHANGE = 'w';
    static final byte REMOVAL = 'x';
    static final byte EXPIRY = 't';

    /** How many bytes stand before the key in an entry. */
    static final int HEAD = 5;

    private MapLayout() {}

    static byte[] key(byte kind, int map) {
        return ByteBuffer.allocate(HEAD).put(kind).putInt(map).array();
    }

    static byte[] entry(int map, byte[] key) {
        return ByteBuffer.allocate(HEAD + key.length)
                .put(ENTRY)
                .putInt(map)
                .put(key)
                .array();
    }

    /** Where the older revisions of a key begin. */
    static byte[] older(int map, byte[] key) {
        return ByteBuffer.allocate(HEAD + key.length + 1)
                .put(OLDER)
                .putInt(map)
                .put(key)
                .put((byte) 0)
                .array();
    }

    static byte[] older(int map, byte[] key, long revision) {
        byte[] start = older(map, key);
        return ByteBuffer.allocate(start.length + 8)
                .put(start)
                .putLong(revision)
                .array();
    }

    /** The key of a change or a removal. */
    static byte[] at(byte kind, int map, long revision) {
        return ByteBuffer.allocate(HEAD + 8)
                .put(kind)
                .putInt(map)
                .putLong(revision)
                .array();
    }

    static long revision(byte[] change) {
        return ByteBuffer.wrap(change, HEAD, 8).getLong();
    }

    static byte[] expiry(long time, int map, byte[] key) {
        return ByteBuffer.allocate(13 + key.length)
                .put(EXPIRY)
                .putLong(time)
                .putInt(map)
                .put(key)
                .array();
    }

    /** Where the expiries from {@code time} on begin. */
    static byte[] expiries(long time) {
        return ByteBuffer.allocate(9).put(EXPIRY).putLong(time).array();
    }

    /** What is behind the first {@code head} bytes. */
    static byte[] rest(byte[] key, int head) {
        return Arrays.copyOfRange(key, head, key.length);
    }

    static byte[] numbers(long... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length);
        for (long value : values) {
            out.putLong(value);
        }
        return out.array();
    }

    static byte[] settings(MapName name, MapSettings settings) {
        return new ByteWriter()
                .text(name.scope())
                .text(name.name())
                .count(settings.history())
                .count(settings.ttl().toMillis())
                .count(settings.entries())
                .count(settings.bytes())
                .toByteArray();
    }

    /** The name and the settings. */
    static Map.Entry<MapName, MapSettings> settings(byte[] value) {
        try {
            ByteReader in = new ByteReader(value, BytesLimits.DEFAULT);
            MapName name = new MapName(in.text(), in.text());
            MapSettings settings =
                    new MapSettings((int) in.count(), Duration.ofMillis(in.count()), (int) in.count(), in.count());
            in.end();
            return Map.entry(name, settings);
        } catch (BytesException | IllegalArgumentException damaged) {
            throw new StoreException("the settings of a map are damaged: " + damaged.getMessage(), damaged);
        }
    }
}

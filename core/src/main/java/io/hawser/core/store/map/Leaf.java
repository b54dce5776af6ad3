package io.hawser.core.store.map;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.value.Fields;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One revision of a key as it is kept; its value is decoded when somebody asks. Immutable.
 *
 * <pre>
 *   4      CRC32C of the key it is kept under and the rest
 *   octet  1 set | 2 removed | 3 expired
 *   number revision
 *   number time
 *   count  when it expires, milliseconds since the epoch; 0 never
 *   count  how many older revisions are kept
 *   fields, if it was set
 * </pre>
 */
final class Leaf {
    private static final BytesLimits TRUSTED = BytesLimits.DEFAULT;
    private static final ValueBytes VALUES = new ValueBytes(TRUSTED);
    private static final byte[] NOTHING = {};

    private final MapEntry.Kind kind;
    private final long revision;
    private final long time;
    private final long expires;
    private final int older;
    private final byte[] body;

    private Leaf(MapEntry.Kind kind, long revision, long time, long expires, int older, byte[] body) {
        this.kind = kind;
        this.revision = revision;
        this.time = time;
        this.expires = expires;
        this.older = older;
        this.body = body;
    }

    /** A value that was set. */
    static Leaf set(long revision, long time, long expires, int older, byte[] body) {
        return new Leaf(MapEntry.Kind.SET, revision, time, expires, older, body);
    }

    /** A value that went, by {@code kind}. */
    static Leaf gone(MapEntry.Kind kind, long revision, long time, int older) {
        return new Leaf(kind, revision, time, 0, older, NOTHING);
    }

    /** The bytes of a value. */
    static byte[] body(Fields value) {
        try {
            ByteWriter out = new ByteWriter();
            VALUES.write(out, value);
            return out.toByteArray();
        } catch (BytesException unsayable) {
            throw new StoreException("the value cannot be kept: " + unsayable.getMessage(), unsayable);
        }
    }

    /**
     * What {@link #write} wrote.
     *
     * @param place what the caller is told if it is damaged: the map and the key
     * @throws Refusal if it is not as it was written
     */
    static Leaf read(String place, byte[] key, byte[] record) {
        if (record.length < 4 || ByteBuffer.wrap(record).getInt() != checksum(key, record)) {
            throw damaged(place, "its checksum is wrong");
        }
        try {
            ByteReader in = new ByteReader(record, TRUSTED);
            in.skip(4);
            MapEntry.Kind kind =
                    switch (in.octet()) {
                        case 1 -> MapEntry.Kind.SET;
                        case 2 -> MapEntry.Kind.REMOVED;
                        case 3 -> MapEntry.Kind.EXPIRED;
                        default -> throw damaged(place, "there is no such kind of change");
                    };
            return new Leaf(kind, in.number(), in.number(), in.count(), (int) in.count(), in.rest());
        } catch (BytesException cut) {
            throw damaged(place, String.valueOf(cut.getMessage()));
        }
    }

    /** The same with another count of older revisions. */
    Leaf withOlder(int count) {
        return new Leaf(kind, revision, time, expires, count, body);
    }

    /** The bytes that are kept under {@code key}. */
    byte[] write(byte[] key) {
        ByteWriter head = new ByteWriter();
        int octet =
                switch (kind) {
                    case SET -> 1;
                    case REMOVED -> 2;
                    case EXPIRED -> 3;
                };
        head.octet(octet).number(revision).number(time).count(expires).count(older);
        byte[] start = head.toByteArray();
        byte[] record = ByteBuffer.allocate(4 + start.length + body.length)
                .putInt(0)
                .put(start)
                .put(body)
                .array();
        ByteBuffer.wrap(record).putInt(checksum(key, record));
        return record;
    }

    /** What a user sees of it. */
    MapEntry entry(String place, String key) {
        try {
            Fields value = live() ? VALUES.fields(new ByteReader(body, TRUSTED)) : Fields.EMPTY;
            return new MapEntry(key, revision, time, kind, value);
        } catch (BytesException unreadable) {
            throw damaged(place, String.valueOf(unreadable.getMessage()));
        }
    }

    /** True if there is a value. */
    boolean live() {
        return kind == MapEntry.Kind.SET;
    }

    boolean expired(long now) {
        return expires > 0 && expires <= now;
    }

    long revision() {
        return revision;
    }

    long time() {
        return time;
    }

    long expires() {
        return expires;
    }

    int older() {
        return older;
    }

    int size() {
        return body.length;
    }

    private static int checksum(byte[] key, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(record, 4, record.length - 4);
        return (int) crc.getValue();
    }

    private static Refusal damaged(String place, String why) {
        return new Refusal(new StoreException(
                place + " is damaged: " + why + "; restore a backup, or drop the map and fill it again"));
    }
}

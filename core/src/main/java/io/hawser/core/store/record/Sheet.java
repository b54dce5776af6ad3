package io.hawser.core.store.record;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Refusal;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record as it is kept. Immutable.
 *
 * <pre>
 *   4      CRC32C of the key it is kept under and the rest
 *   number revision
 *   count  schema version
 *   the bytes that its type made of it
 * </pre>
 */
final class Sheet {
    private final String place;
    /** The id in a log, 0 in a table. */
    private final long id;

    private final long revision;
    private final int version;
    private final byte[] body;

    /**
     * A record.
     *
     * @param place what the caller is told if it is damaged: the table and the key or id
     * @param id the id in a log, 0 in a table
     */
    Sheet(String place, long id, long revision, int version, byte[] body) {
        this.place = place;
        this.id = id;
        this.revision = revision;
        this.version = version;
        this.body = body;
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws Refusal if it is not as it was written
     */
    static Sheet read(String place, long id, byte[] at, byte[] record) {
        if (record.length < 4 || ByteBuffer.wrap(record).getInt() != checksum(at, record)) {
            throw new Refusal(damaged(place, "its checksum is wrong"));
        }
        try {
            ByteReader in = new ByteReader(record, BytesLimits.DEFAULT);
            in.skip(4);
            return new Sheet(place, id, in.number(), (int) in.count(), in.rest());
        } catch (BytesException cut) {
            throw new Refusal(damaged(place, String.valueOf(cut.getMessage())));
        }
    }

    /** The bytes that are kept under {@code at}. */
    byte[] write(byte[] at) {
        byte[] rest = new ByteWriter().number(revision).count(version).raw(body).toByteArray();
        byte[] record = ByteBuffer.allocate(4 + rest.length).putInt(0).put(rest).array();
        ByteBuffer.wrap(record).putInt(checksum(at, record));
        return record;
    }

    /** What {@code type} reads it as. */
    <T> T value(RecordType<T> type) {
        if (version > type.version()) {
            throw tooNew(place, version, type);
        }
        try {
            return type.read(version, body);
        } catch (BytesException unreadable) {
            throw damaged(place, String.valueOf(unreadable.getMessage()));
        }
    }

    <T> StoredRecord<T> stored(RecordType<T> type) {
        return new StoredRecord<>(revision, value(type));
    }

    long id() {
        return id;
    }

    long revision() {
        return revision;
    }

    static StoreException tooNew(String place, int version, RecordType<?> type) {
        return new StoreException(place + " was written with schema version " + version + ", this program knows "
                + type.version() + "; start the version of hawser that wrote it, or a newer one");
    }

    private static StoreException damaged(String place, String why) {
        return new StoreException(place + " is damaged: " + why + "; restore a backup");
    }

    private static int checksum(byte[] at, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(at);
        crc.update(record, 4, record.length - 4);
        return (int) crc.getValue();
    }
}

package io.hawser.store.rack;

import io.hawser.core.bytes.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Changes that are made all or not at all, in the bytes that RocksDB writes into its log, so that they cross into it
 * once and not one by one; other engines read them. Not thread-safe.
 *
 * <pre>
 *   8 the sequence number, given by the database
 *   4 count of changes, the lowest byte first
 *   for each: 1 kind, count number of the family, bytes key; but for a delete, bytes value, or the key where a range ends
 * </pre>
 *
 * That is RocksDB's write batch (db/write_batch.cc), which is what its log holds and so never changes.
 */
public final class Batch {
    private static final int DELETE = 4;
    private static final int PUT = 5;
    private static final int DELETE_RANGE = 14;
    private static final int COUNT = 8;
    private static final int HEAD = 12;

    private final ByteWriter out = new ByteWriter().raw(new byte[HEAD]);
    private int count;

    Batch put(int family, byte[] key, byte[] value) {
        change(PUT, family, key).bytes(value);
        return this;
    }

    Batch delete(int family, byte[] key) {
        change(DELETE, family, key);
        return this;
    }

    /** Removes what is under the keys from {@code first} to before {@code last}. */
    Batch deleteRange(int family, byte[] first, byte[] last) {
        change(DELETE_RANGE, family, first).bytes(last);
        return this;
    }

    private ByteWriter change(int kind, int family, byte[] key) {
        count++;
        return out.octet(kind).count(family).bytes(key);
    }

    /** How many changes there are. */
    int count() {
        return count;
    }

    /** How many bytes they are. */
    int size() {
        return out.size();
    }

    /** The changes, as drawn above. */
    public byte[] toByteArray() {
        byte[] bytes = out.toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(COUNT, count);
        return bytes;
    }
}

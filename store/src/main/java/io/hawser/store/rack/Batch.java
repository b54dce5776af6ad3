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
    /** The kind of a change that removes a key. */
    public static final int DELETE = 4;

    /** The kind of a change that puts a value under a key. */
    public static final int PUT = 5;

    /** The kind of a change that removes the keys of a range. */
    public static final int DELETE_RANGE = 14;

    /** How many bytes come before the first change. */
    public static final int HEAD = 12;

    private static final int COUNT = 8;

    private final ByteWriter out = new ByteWriter().raw(new byte[HEAD]);
    private int count;

    /** Without changes. */
    public Batch() {}

    /** Keeps {@code value} under {@code key}. */
    public Batch put(int family, byte[] key, byte[] value) {
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
    public int count() {
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

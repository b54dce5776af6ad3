package io.hawser.core.store.record;

import io.hawser.core.store.shelf.KeyText;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the shelf of the records holds. Numbers are big-endian, so that keys sort like numbers; a table is known by a number;
 * keys are UTF-8.
 *
 * <pre>
 *   key               value
 *   'r'               8 the highest revision given out
 *   'd' 4 table       octet 't' for a table, 'l' for a log; count: the highest schema version written; text name
 *   'n' 4 table       8 the highest id given out in a log
 *   'e' 4 table, key  {@link Sheet}: a record of a table
 *   'l' 4 table, 8 id {@link Sheet}: a record of a log
 * </pre>
 */
final class RecordLayout {
    static final byte[] REVISION = {'r'};
    static final byte DEFINITION = 'd';
    static final byte LAST_ID = 'n';
    static final byte RECORD = 'e';
    static final byte LOGGED = 'l';

    /** How many bytes stand before the key. */
    static final int HEAD = 5;

    private RecordLayout() {}

    static byte[] key(byte kind, int table) {
        return ByteBuffer.allocate(HEAD).put(kind).putInt(table).array();
    }

    static byte[] record(int table, byte[] key) {
        return ByteBuffer.allocate(HEAD + key.length)
                .put(RECORD)
                .putInt(table)
                .put(key)
                .array();
    }

    static byte[] logged(int table, long id) {
        return ByteBuffer.allocate(HEAD + 8)
                .put(LOGGED)
                .putInt(table)
                .putLong(id)
                .array();
    }

    /** The key of a record of a table. */
    static String keyText(byte[] at) {
        return KeyText.text(Arrays.copyOfRange(at, HEAD, at.length));
    }

    static long id(byte[] at) {
        return ByteBuffer.wrap(at, HEAD, 8).getLong();
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}

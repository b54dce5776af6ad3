package io.hawser.store.local.durable;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.MessageBytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What the database holds. Numbers are big-endian, so that keys sort like numbers; a durable is known by a number.
 *
 * <pre>
 *   family    key                  value
 *   default   'i'                  8 the highest store id given out
 *   default   'd' 4 durable        text scope, text name, bytes definition
 *   default   'g' 4 durable        nothing: the durable was deleted, its entries are being removed
 *   default   'm' 4 durable        8 delivery mark: messages up to this id may have been delivered
 *   entries   4 durable, 8 id      4 weight: the durable is not done with this message
 *   messages  8 id                 4 CRC32C of id and the rest; count of durables, for each its number as count; message
 * </pre>
 *
 * A message is there as long as an entry names it.
 */
final class Layout {
    static final byte[] LAST_ID = {'i'};
    static final byte DEFINITION = 'd';
    static final byte GONE = 'g';
    static final byte MARK = 'm';

    private static final MessageBytes MESSAGES = new MessageBytes(BytesLimits.DEFAULT);

    private Layout() {}

    /** A message and the durables that it was kept for. */
    record Kept(Message message, List<Integer> durables) {
        Kept {
            durables = List.copyOf(durables);
        }
    }

    static byte[] key(byte kind, int durable) {
        return ByteBuffer.allocate(5).put(kind).putInt(durable).array();
    }

    static byte[] entry(int durable, long id) {
        return ByteBuffer.allocate(12).putInt(durable).putLong(id).array();
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static byte[] weight(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] definition(DurableName name, byte[] bytes) {
        return new ByteWriter()
                .text(name.scope())
                .text(name.name())
                .bytes(bytes)
                .toByteArray();
    }

    /** The name and the bytes. */
    static Map.Entry<DurableName, byte[]> definition(byte[] value) {
        try {
            ByteReader in = new ByteReader(value, BytesLimits.DEFAULT);
            Map.Entry<DurableName, byte[]> definition = Map.entry(new DurableName(in.text(), in.text()), in.bytes());
            in.end();
            return definition;
        } catch (BytesException damaged) {
            throw new StoreException("the definition of a durable is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** The bytes of a message without the head that is known when it has its id. */
    static byte[] body(Message message) {
        try {
            return MESSAGES.write(message);
        } catch (BytesException unsayable) {
            throw new StoreException("the message cannot be kept: " + unsayable.getMessage(), unsayable);
        }
    }

    static byte[] record(long id, List<Integer> durables, byte[] body) {
        ByteWriter head = new ByteWriter().count(durables.size());
        durables.forEach(head::count);
        byte[] start = head.toByteArray();
        ByteBuffer record = ByteBuffer.allocate(4 + start.length + body.length);
        record.putInt(0).put(start).put(body);
        return record.putInt(0, checksum(id, record.array())).array();
    }

    /**
     * What {@link #record} was made of.
     *
     * @throws StoreException that names the record if it is missing or not as it was written
     */
    static Kept kept(long id, byte[] record) {
        if (record.length < 4) {
            throw damaged(id, record.length == 0 ? "it is missing" : "it is cut off");
        }
        if (ByteBuffer.wrap(record).getInt() != checksum(id, record)) {
            throw damaged(id, "its checksum is wrong");
        }
        try {
            ByteReader in = new ByteReader(record, new BytesLimits(Integer.MAX_VALUE, 0));
            in.skip(4);
            Integer[] durables = new Integer[in.things(1)];
            for (int i = 0; i < durables.length; i++) {
                durables[i] = (int) in.count();
            }
            return new Kept(MESSAGES.read(in.rest()), List.of(durables));
        } catch (BytesException unreadable) {
            throw damaged(id, String.valueOf(unreadable.getMessage()));
        }
    }

    private static StoreException damaged(long id, String why) {
        return new StoreException("message " + id + " in the data folder is damaged: " + why);
    }

    private static int checksum(long id, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(number(id));
        crc.update(record, 4, record.length - 4);
        return (int) crc.getValue();
    }
}

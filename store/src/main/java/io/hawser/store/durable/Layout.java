package io.hawser.store.durable;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.message.Encoding;
import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.MessageBytes;
import io.hawser.core.store.durable.SettingsBytes;
import io.hawser.core.store.ledger.Entry;
import io.hawser.core.store.ledger.Kept;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What the database holds. Numbers are big-endian, so that keys sort like numbers; a durable is known by a number.
 *
 * <pre>
 *   family    key                  value
 *   default   'i'                  8 the highest store id given out
 *   default   'd' 4 durable        text scope, text name, bytes definition, bytes settings (none: the defaults)
 *   default   'g' 4 durable        nothing: the durable was deleted or purged, its messages are being removed
 *   default   'm' 4 durable        8 delivery mark: messages up to this id may have been delivered
 *   default   'u' 4 durable        8 since when it has no consumer, milliseconds since the epoch; 0: it has one
 *   default   's' text lineage, 8 block
 *                                  8 time, 128 bits: which message ids of this block of 1,024 were kept, and when the last
 *   entries   4 durable, 8 id      4 weight: the durable is not done with this message; 8 time of the append, 4 deliveries
 *                                  (0: see the mark), optional key (early entries: the weight alone)
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
    static final byte IDLE = 'u';
    static final byte SEEN = 's';

    /** The bytes of a message without the head that is known when it has its id; may throw {@link StoreException}. */
    static final Encoding BODY = Layout::body;

    private static final MessageBytes MESSAGES = new MessageBytes(BytesLimits.DEFAULT);

    private Layout() {}

    /** What a durable is, and what it is for. */
    record Definition(DurableName name, DurableSettings settings, ByteBuffer bytes) {}

    static byte[] key(byte kind, int durable) {
        return ByteBuffer.allocate(5).put(kind).putInt(durable).array();
    }

    static byte[] entry(int durable, long id) {
        return ByteBuffer.allocate(12).putInt(durable).putLong(id).array();
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static byte[] seen(String lineage, long block) {
        return new ByteWriter().octet(SEEN).text(lineage).number(block).toByteArray();
    }

    static byte[] entry(Entry entry) {
        return new ByteWriter()
                .raw(ByteBuffer.allocate(16)
                        .putInt(entry.weight())
                        .putLong(entry.time())
                        .putInt(entry.deliveries())
                        .array())
                .optional(entry.key())
                .toByteArray();
    }

    /** What {@link #entry(Entry)} was made of; {@code now} stands for a time that was not kept. */
    static Entry entry(byte[] value, long now) {
        ByteBuffer start = ByteBuffer.wrap(value);
        int weight = start.getInt();
        if (!start.hasRemaining()) {
            return new Entry(weight, now, 0, Optional.empty());
        }
        try {
            ByteReader in = new ByteReader(value, BytesLimits.DEFAULT);
            in.skip(16);
            return new Entry(weight, start.getLong(), start.getInt(), in.optional());
        } catch (BytesException damaged) {
            throw new StoreException("an entry of a durable is damaged: " + damaged.getMessage(), damaged);
        }
    }

    static byte[] definition(DurableName name, DurableSettings settings, byte[] bytes) {
        return new ByteWriter()
                .text(name.scope())
                .text(name.name())
                .bytes(bytes)
                .bytes(SettingsBytes.write(settings))
                .toByteArray();
    }

    static Definition definition(byte[] value) {
        try {
            ByteReader in = new ByteReader(value, BytesLimits.DEFAULT);
            DurableName name = new DurableName(in.text(), in.text());
            ByteBuffer bytes = ByteBuffer.wrap(in.bytes());
            DurableSettings settings = in.left() == 0 ? DurableSettings.DEFAULT : SettingsBytes.read(in.bytes());
            in.end();
            return new Definition(name, settings, bytes);
        } catch (BytesException damaged) {
            throw new StoreException("the definition of a durable is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static byte[] body(Message message) {
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
     * @throws BytesException if it is missing or not as it was written
     */
    static Kept kept(long id, byte[] record) throws BytesException {
        ByteReader in = open(id, record);
        List<Integer> durables = durables(in);
        return new Kept(MESSAGES.read(in.rest()), durables);
    }

    /** For whom a message was kept, by its {@link #record}. */
    static List<Integer> keepers(long id, byte[] record) throws BytesException {
        return durables(open(id, record));
    }

    private static ByteReader open(long id, byte[] record) throws BytesException {
        if (record.length < 4) {
            throw new BytesException("message " + id + (record.length == 0 ? " is missing" : " is cut off"));
        }
        if (ByteBuffer.wrap(record).getInt() != checksum(id, record)) {
            throw new BytesException("the checksum of message " + id + " is wrong");
        }
        ByteReader in = new ByteReader(record, new BytesLimits(Integer.MAX_VALUE, 0));
        in.skip(4);
        return in;
    }

    private static List<Integer> durables(ByteReader in) throws BytesException {
        Integer[] durables = new Integer[in.things(1)];
        for (int i = 0; i < durables.length; i++) {
            durables[i] = (int) in.count();
        }
        return List.of(durables);
    }

    private static int checksum(long id, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(number(id));
        crc.update(record, 4, record.length - 4);
        return (int) crc.getValue();
    }
}

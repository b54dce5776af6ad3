package io.hawser.store.nats;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.store.rack.Batch;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Rack;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rack whose batches are written one behind another on a {@link Tape}; where each key's value is there is known in memory.
 *
 * <p><b>Cleaning.</b> When more than half of the tape, and some, is of no use any more, each batch takes a piece of what is of use
 * at the beginning of the tape with it to the end; once that is safe the beginning is cut off. A removal is of no use when
 * everything before it is cut off, and it goes with what is behind it: the tape is only ever cut at its beginning.
 *
 * <p><b>Concurrency.</b> The writer owns the image and the order of slips; what is written and not yet on the tape is handed to
 * the committer under this object's lock.
 */
final class Journal implements Rack {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final BytesLimits LIMITS = new BytesLimits(Integer.MAX_VALUE, 0);
    /** At least so much is taken along at once. */
    private static final int PIECE = 64 << 10;

    private final Tape tape;
    private final long slack;
    private final Image image = new Image();
    private final Readings readings;
    /** What is on the tape, and then what is not yet: in order. */
    private final Deque<Slip> slips = new ArrayDeque<>();

    private long size;
    private List<Written> unwritten = new ArrayList<>();
    /** Nobody needs what is on the tape before this, once what is written now is there. */
    private long unneeded;

    /** A batch that is not on the tape yet. */
    private record Written(Slip slip, ByteBuffer batch) {}

    /**
     * Takes the store for {@code hub} and reads where everything is.
     *
     * @param slack how many useless bytes are left on the tape
     */
    Journal(Tape tape, String hub, long slack) {
        this.tape = tape;
        this.slack = slack;
        this.readings = new Readings(tape);
        tape.open(hub, this::replay);
    }

    private void replay(long sequence, int parts, byte[] entry) {
        readings.remember(sequence, entry);
        try {
            ByteReader in = new ByteReader(entry, LIMITS);
            while (in.left() > 0) {
                byte[] batch = in.bytes();
                Slip slip = take(batch);
                slip.placed(sequence, parts, entry.length - in.left() - batch.length);
            }
        } catch (BytesException damaged) {
            throw new StoreException("entry " + sequence + " of the store on NATS is damaged", damaged);
        }
    }

    private Slip take(byte[] batch) {
        Slip slip = new Slip(batch.length);
        image.apply(slip, batch);
        slips.addLast(slip);
        size += batch.length;
        return slip;
    }

    @Override
    public int number(Family family) {
        return Image.number(family);
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) {
        return Optional.ofNullable(image.family(family).get(key)).map(readings::value);
    }

    @Override
    public void scan(Family family, BiConsumer<byte[], byte[]> visitor) {
        image.family(family).forEach((key, pair) -> visitor.accept(key, readings.value(pair)));
    }

    @Override
    public void walk(Family family, byte[] from, Shelf.Visitor visitor) {
        for (Map.Entry<byte[], Pair> each :
                image.family(family).tailMap(from, true).entrySet()) {
            if (!visitor.visit(each.getKey(), readings.value(each.getValue()))) {
                return;
            }
        }
    }

    @Override
    public void write(Batch batch) {
        int length = add(batch);
        if (size > 2 * image.size() + slack) {
            clean(PIECE + 2L * length);
        }
    }

    /** Returns how many bytes it is. */
    private int add(Batch batch) {
        byte[] bytes = batch.toByteArray();
        Slip slip = take(bytes);
        synchronized (this) {
            unwritten.add(new Written(slip, ByteBuffer.wrap(bytes)));
        }
        return bytes.length;
    }

    /** Takes about {@code bytes} of what is of use at the beginning of the tape to its end. */
    private void clean(long bytes) {
        Batch copies = new Batch();
        long copied = 0;
        Slip last = null;
        while (copied < bytes && slips.size() > 1 && slips.getFirst().isSafe()) {
            last = slips.removeFirst();
            size -= last.size();
            for (Pair pair : last.pairs()) {
                if (image.holds(pair)) {
                    copies.put(Image.number(pair.family()), pair.key(), readings.value(pair));
                    copied += pair.size();
                }
            }
        }
        if (copies.count() > 0) {
            add(copies);
        }
        if (last != null) {
            Slip first = slips.getFirst();
            long before = first.isSafe() ? first.sequence() : last.sequence();
            synchronized (this) {
                unneeded = before;
            }
        }
    }

    /** What was written before is acknowledged by JetStream when this returns. */
    @Override
    public void sync() {
        List<Written> taken;
        long cut;
        synchronized (this) {
            taken = unwritten;
            unwritten = new ArrayList<>();
            cut = unneeded;
            unneeded = 0;
        }
        if (!taken.isEmpty()) {
            append(taken);
        }
        if (cut > 0) {
            tape.cut(cut);
        }
    }

    private void append(List<Written> taken) {
        ByteWriter out = new ByteWriter();
        int[] offsets = new int[taken.size()];
        for (int i = 0; i < offsets.length; i++) {
            byte[] batch = taken.get(i).batch().array();
            offsets[i] = out.bytes(batch).size() - batch.length;
        }
        byte[] entry = out.toByteArray();
        int parts = tape.parts(entry.length);
        long sequence = tape.append(entry);
        readings.remember(sequence, entry);
        for (int i = 0; i < offsets.length; i++) {
            taken.get(i).slip().placed(sequence, parts, offsets[i]);
        }
    }

    /** Room is given back by {@link #clean}. */
    @Override
    public void drop(Family family, byte[] first, byte[] last) {}

    /** Brings what nobody waited for onto the tape as well, if it still can. */
    @Override
    public void close() {
        try {
            sync();
        } catch (StoreException lost) {
            LOG.warn("store[nats] what nobody waited for is not kept: {}", lost.getMessage());
        }
    }
}

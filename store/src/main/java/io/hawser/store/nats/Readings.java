package io.hawser.store.nats;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that were let go, with the entries that were read or written last. For the writer and the committer. */
final class Readings {
    /** So many bytes are held at most, but for one entry. */
    private static final long MOST = 16 << 20;

    private final Tape tape;
    /** By their sequence, the one that was used last at the end. */
    private final Map<Long, byte[]> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long size;

    Readings(Tape tape) {
        this.tape = tape;
    }

    /** The value of {@code pair}; waits for NATS if it must be read. */
    byte[] value(Pair pair) {
        byte[] here = pair.value();
        if (here != null) {
            return here;
        }
        byte[] entry = entry(pair.slip());
        return Arrays.copyOfRange(entry, pair.offset(), pair.offset() + pair.length());
    }

    private byte[] entry(Slip slip) {
        byte[] known = known(slip.sequence());
        if (known != null) {
            return known;
        }
        byte[] read = tape.read(slip.sequence(), slip.parts());
        remember(slip.sequence(), read);
        return read;
    }

    private synchronized byte @Nullable [] known(long sequence) {
        return entries.get(sequence);
    }

    /** This is what is on the tape from {@code sequence} on. */
    synchronized void remember(long sequence, byte[] entry) {
        byte[] before = entries.put(sequence, entry);
        size += entry.length - (before == null ? 0 : before.length);
        Iterator<byte[]> oldest = entries.values().iterator();
        while (size > MOST && entries.size() > 1) {
            size -= oldest.next().length;
            oldest.remove();
        }
    }
}

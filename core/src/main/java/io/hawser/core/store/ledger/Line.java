package io.hawser.core.store.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Messages that wait in line by growing store id: id, weight and time, 16 bytes each. Owner: the ledger's.
 *
 * <p>They stand in chunks, the first of which is taken from and the last added to.
 */
final class Line {
    private static final int SMALL = 8;
    private static final int LARGE = 512;

    /** By the lowest id that was in it. */
    private final TreeMap<Long, Chunk> chunks = new TreeMap<>();

    private int size;

    /** Messages from {@code head} to {@code tail}. */
    private static final class Chunk {
        private long[] ids = new long[SMALL];
        private int[] weights = new int[SMALL];
        private int[] seconds = new int[SMALL];
        private int head;
        private int tail;

        boolean full() {
            return tail == LARGE;
        }

        void add(long id, int weight, int second) {
            if (tail == ids.length) {
                ids = Arrays.copyOf(ids, 2 * tail);
                weights = Arrays.copyOf(weights, 2 * tail);
                seconds = Arrays.copyOf(seconds, 2 * tail);
            }
            ids[tail] = id;
            weights[tail] = weight;
            seconds[tail++] = second;
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Adds a message with a larger id than all before.
     *
     * @param time milliseconds since the epoch; kept to the second, rounded up
     */
    void add(long id, int weight, long time) {
        Map.Entry<Long, Chunk> last = chunks.lastEntry();
        Chunk chunk = last == null || last.getValue().full() ? null : last.getValue();
        if (chunk == null) {
            chunk = new Chunk();
            chunks.put(id, chunk);
        }
        chunk.add(id, weight, (int) Math.floorDiv(time + 999, 1_000L));
        size++;
    }

    private Chunk first() {
        return chunks.firstEntry().getValue();
    }

    /** The lowest id; there must be one. */
    long firstId() {
        Chunk chunk = first();
        return chunk.ids[chunk.head];
    }

    /** The weight of the message with the lowest id. */
    int firstWeight() {
        Chunk chunk = first();
        return chunk.weights[chunk.head];
    }

    /** The time of the message with the lowest id, never too early. */
    long firstTime() {
        Chunk chunk = first();
        return (chunk.seconds[chunk.head] & 0xffff_ffffL) * 1_000;
    }

    /** Takes the message with the lowest id out. */
    void removeFirst() {
        Chunk chunk = first();
        chunk.head++;
        size--;
        if (chunk.head == chunk.tail) {
            Objects.requireNonNull(chunks.pollFirstEntry());
        }
    }

    boolean contains(long id) {
        Map.Entry<Long, Chunk> in = chunks.floorEntry(id);
        return in != null && Arrays.binarySearch(in.getValue().ids, in.getValue().head, in.getValue().tail, id) >= 0;
    }

    /** At most {@code count} ids, none before {@code from}. */
    List<Long> from(long from, int count) {
        List<Long> found = new ArrayList<>();
        Long start = chunks.floorKey(from);
        for (Chunk chunk : (start == null ? chunks : chunks.tailMap(start, true)).values()) {
            for (int i = chunk.head; i < chunk.tail && found.size() < count; i++) {
                if (chunk.ids[i] >= from) {
                    found.add(chunk.ids[i]);
                }
            }
            if (found.size() >= count) {
                break;
            }
        }
        return found;
    }
}

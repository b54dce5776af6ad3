package io.hawser.store.durable;

/** Growing numbers that wait in line, 8 bytes each. Owner: the writer. */
final class LongQueue {
    private long[] ring = new long[16];
    private int head;
    private int size;

    int size() {
        return size;
    }

    /** Adds {@code value}, which is larger than all before. */
    void add(long value) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = value;
    }

    /** Takes the smallest. */
    long poll() {
        long value = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        return value;
    }

    /** The largest; 0 if there is none. */
    long last() {
        return size == 0 ? 0 : ring[(head + size - 1) & (ring.length - 1)];
    }

    boolean contains(long value) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = ring[(head + middle) & (ring.length - 1)];
            if (found == value) {
                return true;
            } else if (found < value) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(ring.length, 2)];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[(head + i) & (ring.length - 1)];
        }
        ring = larger;
        head = 0;
    }
}

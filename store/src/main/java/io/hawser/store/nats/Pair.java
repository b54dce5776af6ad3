package io.hawser.store.nats;

import io.hawser.store.rack.Family;
import org.jspecify.annotations.Nullable;

/** A key with its value, which is here or on the tape. Owner: the writer, but for {@link #letGo}. */
final class Pair {
    /** Values up to this length stay here. */
    private static final int SHORT = 512;

    private final Family family;
    private final byte[] key;
    private final Slip slip;
    private final int offset;
    private final int length;
    private volatile byte @Nullable [] value;

    /** Put by {@code slip}, in which the value is {@code offset} bytes behind the start. */
    Pair(Family family, byte[] key, Slip slip, int offset, byte[] value) {
        this.family = family;
        this.key = key;
        this.slip = slip;
        this.offset = offset;
        this.length = value.length;
        this.value = value;
    }

    Family family() {
        return family;
    }

    byte[] key() {
        return key;
    }

    Slip slip() {
        return slip;
    }

    /** Where the value is in the entry on the tape. */
    int offset() {
        return slip.offset() + offset;
    }

    int length() {
        return length;
    }

    /** About what it takes on the tape. */
    int size() {
        return key.length + length + 8;
    }

    /** Null if it must be read from the tape. */
    byte @Nullable [] value() {
        return value;
    }

    /** The value can be read from the tape. */
    void letGo() {
        if (length > SHORT || family == Family.MESSAGES) {
            value = null;
        }
    }
}

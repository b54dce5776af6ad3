package io.hawser.store.nats;

import java.util.ArrayList;
import java.util.List;

/**
 * One batch on its way to the tape, then on it. Owner: the writer, but for where it is, which the committer says.
 */
final class Slip {
    private final int size;
    private final List<Pair> pairs = new ArrayList<>();
    private int parts;
    private int offset;
    /** Set last, so that whoever sees it sees where the slip is; 0 until it is safe. */
    private volatile long sequence;

    /** Of so many bytes. */
    Slip(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    void add(Pair pair) {
        pairs.add(pair);
    }

    /** What this batch put somewhere. */
    List<Pair> pairs() {
        return pairs;
    }

    /** It is on the tape, {@code newOffset} bytes behind the start of the entry there; long values need not be held any more. */
    void placed(long newSequence, int newParts, int newOffset) {
        parts = newParts;
        offset = newOffset;
        sequence = newSequence;
        pairs.forEach(Pair::letGo);
    }

    boolean isSafe() {
        return sequence > 0;
    }

    long sequence() {
        return sequence;
    }

    int parts() {
        return parts;
    }

    int offset() {
        return offset;
    }
}

package io.hawser.core.store.map;

import io.hawser.core.store.shelf.Defects;
import io.hawser.core.store.shelf.KeyText;
import io.hawser.core.store.shelf.Shelf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What an audit counts of one map, against what the shelf says of it. Belongs to the audit. */
final class MapTally {
    private final MapName name;
    private final int number;
    private long entries;
    private long bytes;
    private long removed;
    private long revision;

    MapTally(MapName name, int number) {
        this.name = name;
        this.number = number;
    }

    int number() {
        return number;
    }

    /** What a user is told of the map. */
    String text() {
        return "map " + name;
    }

    /** What a user is told of a key. */
    String place(byte[] key) {
        return text() + ", key " + KeyText.text(key);
    }

    void count(byte[] key, Leaf leaf) {
        revision = Math.max(revision, leaf.revision());
        if (leaf.live()) {
            entries++;
            bytes += key.length + leaf.size();
        } else {
            removed++;
        }
    }

    /** The highest revision of the map. */
    long highest(Shelf shelf) {
        return Math.max(revision, said(shelf).map(counts -> counts.getLong(32)).orElse(0L));
    }

    private Optional<ByteBuffer> said(Shelf shelf) {
        return shelf.get(at()).filter(counts -> counts.length == 40).map(ByteBuffer::wrap);
    }

    private byte[] at() {
        return MapLayout.key(MapLayout.COUNTS, number);
    }

    /**
     * Tells what is not as it was counted.
     *
     * @param given the highest revision of all maps
     */
    void check(Shelf shelf, Defects defects, long given) {
        Optional<ByteBuffer> said = said(shelf);
        byte[] right = MapLayout.numbers(entries, bytes, removed, given, highest(shelf));
        if (said.isEmpty()) {
            defects.replace(text() + ": its counts are missing or damaged", at(), right);
        } else if (!Arrays.equals(said.get().array(), 0, 24, right, 0, 24)
                || said.get().getLong(32) < revision) {
            String text = text() + " is said to have " + counted(said.get()) + ", there are "
                    + counted(ByteBuffer.wrap(right));
            defects.replace(text, at(), right);
        }
    }

    private static String counted(ByteBuffer counts) {
        return counts.getLong(0) + " entries of " + counts.getLong(8) + " bytes and " + counts.getLong(16)
                + " removals";
    }
}

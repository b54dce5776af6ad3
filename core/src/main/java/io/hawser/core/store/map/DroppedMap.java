package io.hawser.core.store.map;

import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.store.shelf.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A map that was dropped: what is left of it is removed piece by piece. Owner: the store's thread. */
final class DroppedMap {
    /** So many keys, and about so many bytes, are removed in one turn. */
    private static final int PIECE = 1024;

    private static final long PIECE_BYTES = 4 << 20;
    private static final byte[] KINDS = {
        MapLayout.ENTRY, MapLayout.OLDER, MapLayout.CHANGE, MapLayout.REMOVAL, MapLayout.GONE
    };

    private final int number;
    private int kind;
    /** Where to go on, so that nobody walks over what was removed. */
    private byte[] from;

    private long size;

    DroppedMap(int number) {
        this.number = number;
        this.from = MapLayout.key(KINDS[0], number);
    }

    /** Removes a piece. Returns true when nothing is left. */
    boolean shed(Turn turn) {
        List<byte[]> found = new ArrayList<>();
        List<byte[]> expiries = new ArrayList<>();
        size = 0;
        turn.walk(MapLayout.key(KINDS[kind], number), from, (at, value) -> {
            found.add(at);
            size += value.length;
            if (KINDS[kind] == MapLayout.ENTRY) {
                expiry(at, value, expiries);
            }
            return found.size() < PIECE && size < PIECE_BYTES;
        });
        found.forEach(turn::delete);
        expiries.forEach(turn::delete);
        if (found.size() < PIECE && size < PIECE_BYTES) {
            kind++;
            from = kind < KINDS.length ? MapLayout.key(KINDS[kind], number) : from;
        } else {
            byte[] last = found.get(found.size() - 1);
            from = Arrays.copyOf(last, last.length + 1);
        }
        return kind == KINDS.length;
    }

    private void expiry(byte[] at, byte[] record, List<byte[]> expiries) {
        try {
            Leaf leaf = Leaf.read("", at, record);
            if (leaf.expires() > 0) {
                expiries.add(MapLayout.expiry(leaf.expires(), number, MapLayout.rest(at, MapLayout.HEAD)));
            }
        } catch (Refusal damaged) {
            // its place in the time index goes when its time has come
        }
    }
}

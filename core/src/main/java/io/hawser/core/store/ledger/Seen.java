package io.hawser.core.store.ledger;

import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.MessageId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which message ids were kept lately: a bit each, in blocks of {@value #BLOCK} consecutive numbers of one lineage. Bounded by
 * {@value #MOST} blocks (16 million ids, if they are consecutive; 4 MiB); beyond, what was used longest ago is forgotten
 * before its time. Owner: the ledger's.
 */
public final class Seen {
    /** How many ids one block is for. */
    public static final int BLOCK = 1_024;

    private static final int MOST = 16_384;
    private static final long WINDOW = Durables.DUPLICATE_WINDOW.toMillis();

    /** The one used longest ago first. */
    private final Map<Place, Block> blocks = new LinkedHashMap<>();

    private final Set<Place> changed = new HashSet<>();

    private record Place(String lineage, long block) {
        static Place of(MessageId id) {
            return new Place(id.lineage(), Math.floorDiv(id.seq(), (long) BLOCK));
        }
    }

    private static final class Block {
        private final long[] bits;
        private long time;

        Block(long[] bits, long time) {
            this.bits = bits;
            this.time = time;
        }
    }

    Seen() {}

    private static int bit(MessageId id) {
        return (int) Math.floorMod(id.seq(), (long) BLOCK);
    }

    boolean has(MessageId id) {
        Block block = blocks.get(Place.of(id));
        return block != null && (block.bits[bit(id) / Long.SIZE] >>> bit(id) & 1) != 0;
    }

    void add(MessageId id, long now) {
        Place place = Place.of(id);
        Block known = blocks.remove(place);
        Block block = known == null ? new Block(new long[BLOCK / Long.SIZE], now) : known;
        block.bits[bit(id) / Long.SIZE] |= 1L << bit(id);
        block.time = now;
        blocks.put(place, block);
        changed.add(place);
    }

    /** Takes in what was written before. */
    void restore(String lineage, long number, long[] bits, long time) {
        blocks.put(new Place(lineage, number), new Block(bits.clone(), time));
    }

    /** Everything is restored. */
    void opened() {
        List<Map.Entry<Place, Block>> all = blocks.entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getValue().time))
                .toList();
        blocks.clear();
        all.forEach(each -> blocks.put(each.getKey(), each.getValue()));
    }

    /** Writes what is new, and forgets what is old. */
    void turn(Turn turn) {
        for (Place place : changed) {
            Block block = blocks.get(place);
            if (block != null) {
                turn.seen(place.lineage(), place.block(), block.bits, block.time);
            }
        }
        changed.clear();
        var each = blocks.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Place, Block> eldest = each.next();
            if (blocks.size() <= MOST && eldest.getValue().time + WINDOW > turn.now()) {
                return;
            }
            turn.unseen(eldest.getKey().lineage(), eldest.getKey().block());
            each.remove();
        }
    }
}

package io.hawser.store.nats;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.StoreException;
import io.hawser.store.rack.Batch;
import io.hawser.store.rack.Family;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which key is where: what all batches on the tape come to. Owner: whoever opens the store, then the writer. */
final class Image {
    /** By the numbers that batches know them by; never changes, new ones at the end. */
    private static final List<Family> NUMBERS =
            List.of(Family.FACTS, Family.ENTRIES, Family.MESSAGES, Family.MAPS, Family.OBJECTS, Family.RECORDS);

    private static final BytesLimits LIMITS = new BytesLimits(Integer.MAX_VALUE, 0);

    private final Map<Family, NavigableMap<byte[], Pair>> families = new EnumMap<>(Family.class);
    private long size;

    Image() {
        NUMBERS.forEach(family -> families.put(family, new TreeMap<>(Arrays::compareUnsigned)));
    }

    static int number(Family family) {
        return NUMBERS.indexOf(family);
    }

    NavigableMap<byte[], Pair> family(Family family) {
        return families.getOrDefault(family, new TreeMap<>(Arrays::compareUnsigned));
    }

    /** About what everything would take on the tape. */
    long size() {
        return size;
    }

    /** True if {@code pair} is what is under its key. */
    boolean holds(Pair pair) {
        return family(pair.family()).get(pair.key()) == pair;
    }

    /** Makes the changes of {@code slip}, whose bytes these are. */
    void apply(Slip slip, byte[] batch) {
        try {
            ByteReader in = new ByteReader(batch, LIMITS);
            in.skip(Batch.HEAD);
            while (in.left() > 0) {
                change(slip, in, batch.length);
            }
        } catch (BytesException | IndexOutOfBoundsException unknown) {
            throw new StoreException("the store on NATS holds a change that this program does not know", unknown);
        }
    }

    private void change(Slip slip, ByteReader in, int length) throws BytesException {
        int kind = in.octet();
        Family family = NUMBERS.get((int) in.count());
        NavigableMap<byte[], Pair> pairs = family(family);
        byte[] key = in.bytes();
        switch (kind) {
            case Batch.PUT -> {
                byte[] value = in.bytes();
                Pair pair = new Pair(family, key, slip, length - in.left() - value.length, value);
                slip.add(pair);
                size += pair.size();
                // a key that stays would belong to an older pair
                forget(pairs.remove(key));
                pairs.put(key, pair);
            }
            case Batch.DELETE -> forget(pairs.remove(key));
            case Batch.DELETE_RANGE -> {
                NavigableMap<byte[], Pair> range = pairs.subMap(key, true, in.bytes(), false);
                range.values().forEach(this::forget);
                range.clear();
            }
            default -> throw new BytesException("a change of kind " + kind);
        }
    }

    private void forget(@Nullable Pair pair) {
        size -= pair == null ? 0 : pair.size();
    }
}

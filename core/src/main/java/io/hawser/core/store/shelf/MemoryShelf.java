package io.hawser.core.store.shelf;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A shelf in memory. Owner: the store's thread. */
public final class MemoryShelf implements Shelf {
    private final NavigableMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);

    /** An empty shelf. */
    public MemoryShelf() {}

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(pairs.get(key));
    }

    @Override
    public void walk(byte[] from, Visitor visitor) {
        for (Map.Entry<byte[], byte[]> pair : pairs.tailMap(from, true).entrySet()) {
            if (!visitor.visit(pair.getKey(), pair.getValue())) {
                return;
            }
        }
    }

    void put(byte[] key, byte[] value) {
        pairs.put(key, value);
    }

    void delete(byte[] key) {
        pairs.remove(key);
    }
}

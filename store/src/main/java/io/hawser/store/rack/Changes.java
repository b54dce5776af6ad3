package io.hawser.store.rack;

import io.hawser.core.store.shelf.Shelf;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a round changes in one family, laid over what is on the rack. Owner: the writer. */
final class Changes {
    /** New values; empty: removed. */
    private final NavigableMap<byte[], Optional<byte[]>> pairs = new TreeMap<>(Arrays::compareUnsigned);

    void put(byte[] key, Optional<byte[]> value) {
        pairs.put(key, value);
    }

    Optional<byte[]> get(Rack rack, Family family, byte[] key) {
        Optional<byte[]> mine = pairs.get(key);
        return mine == null ? rack.get(family, key) : mine;
    }

    void walk(Rack rack, Family family, byte[] from, Shelf.Visitor visitor) {
        Overlaid overlaid = new Overlaid(pairs.tailMap(from, true), visitor);
        rack.walk(family, from, overlaid);
        overlaid.rest();
    }

    /** Shows what is on the rack and what was changed in one order. */
    private static final class Overlaid implements Shelf.Visitor {
        private final Iterator<Map.Entry<byte[], Optional<byte[]>>> changes;
        private final Shelf.Visitor visitor;
        private Map.@Nullable Entry<byte[], Optional<byte[]>> next;
        private boolean more = true;

        Overlaid(NavigableMap<byte[], Optional<byte[]>> changes, Shelf.Visitor visitor) {
            this.changes = changes.entrySet().iterator();
            this.visitor = visitor;
            step();
        }

        private void step() {
            next = changes.hasNext() ? changes.next() : null;
        }

        @Override
        public boolean visit(byte[] key, byte[] value) {
            int order = next == null ? 1 : Arrays.compareUnsigned(next.getKey(), key);
            while (more && next != null && order < 0) {
                show(next);
                order = next == null ? 1 : Arrays.compareUnsigned(next.getKey(), key);
            }
            if (more && next != null && order == 0) {
                show(next);
            } else if (more) {
                more = visitor.visit(key, value);
            }
            return more;
        }

        private void show(Map.Entry<byte[], Optional<byte[]>> change) {
            if (change.getValue().isPresent()) {
                more = visitor.visit(change.getKey(), change.getValue().get());
            }
            step();
        }

        /** Shows what is behind the last key on the rack. */
        void rest() {
            while (more && next != null) {
                show(next);
            }
        }
    }
}

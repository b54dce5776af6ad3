package io.hawser.verify.crash;

import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.Maps;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlKVMap;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Changes keys of its own over all lives of the hub, one operation a key at a time: it sets growing numbers, reads each back,
 * and removes the key at every fifth. So after a kill a key has the newest acknowledged change or the one that was under way.
 */
final class MapWriter {
    private static final MapName MAP = new MapName("eftl/channel", "crash");
    private static final int KEYS = 8;
    private static final int REMOVAL = 5;
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final List<Key> keys;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();

    MapWriter(String name) {
        this.name = name;
        this.keys =
                IntStream.range(0, KEYS).mapToObj(i -> new Key(name + "/" + i)).toList();
    }

    /** Looks what a restarted hub has, and then changes it as fast as the hub acknowledges, until the connection ends. */
    void write(HubProcess hub) {
        EftlKVMap map = hub.client(name).createKVMap(MAP.name());
        keys.forEach(key -> key.recover(map));
        keys.forEach(key -> key.change(map));
    }

    /** Looks at the store of a hub that was killed: what changed has a higher revision, and nothing else has. */
    void look(Maps maps) {
        keys.forEach(key -> key.look(maps));
    }

    /** How many changes were acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    List<String> wrong() {
        return wrong;
    }

    private void check(boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }

    /** What the change {@code number} leaves behind; 0 is before the first. */
    private static Optional<Long> after(long number) {
        return number % REMOVAL == 0 ? Optional.empty() : Optional.of(number);
    }

    private static Optional<Long> number(Optional<EftlMessage> value) {
        return value.map(message -> message.getLong("n").orElseThrow());
    }

    /** One key and what is known of it. */
    private final class Key {
        private final String id;
        /** The newest change that is known to stand. */
        private long standing;
        /** The newest change that was asked for. */
        private long asked;

        /** The map as this life of the hub has it; what another life's still tells must not begin anything. */
        private @Nullable EftlKVMap current;

        private long seenNumber;
        private long seenRevision;

        Key(String id) {
            this.id = id;
        }

        synchronized void recover(EftlKVMap map) {
            Optional<Long> found = number(
                    map.get(id).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
            recovered(found, "after the kill");
            current = map;
        }

        private void recovered(Optional<Long> found, String when) {
            String states = id + " has " + found + " " + when + ", acknowledged " + standing + ", under way " + asked;
            check(found.equals(after(standing)) || found.equals(after(asked)), states);
            if (found.equals(after(asked))) {
                standing = asked;
            }
        }

        synchronized void change(EftlKVMap map) {
            if (!map.equals(current)) {
                return;
            }
            long mine = ++asked;
            Optional<Long> value = after(mine);
            var done = value.isEmpty()
                    ? map.remove(id)
                    : map.set(id, EftlMessage.builder().setLong("n", mine).build());
            done.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    changed(map, mine);
                } else {
                    ended(failure);
                }
            });
        }

        private synchronized void changed(EftlKVMap map, long mine) {
            standing = Math.max(standing, mine);
            acknowledged.incrementAndGet();
            map.get(id).whenComplete((value, failure) -> {
                if (failure == null) {
                    check(number(value).equals(after(mine)), id + " reads " + number(value) + " after change " + mine);
                    change(map);
                } else {
                    ended(failure);
                }
            });
        }

        /** A connection that was lost is no news here, a refusal is. */
        private void ended(Throwable failure) {
            check(!(failure instanceof EftlRefusedException), id + ": " + failure);
        }

        synchronized void look(Maps maps) {
            Optional<MapEntry> entry = maps.get(MAP, id).join();
            Optional<Long> found =
                    entry.map(kept -> ((Value.Int) kept.value().get("n").orElseThrow()).value());
            recovered(found, "on disk");
            if (entry.isEmpty()) {
                return;
            }
            long revision = entry.get().revision();
            String history = id + " has revision " + revision + " with " + found.orElseThrow() + ", before "
                    + seenRevision + " with " + seenNumber;
            boolean same = found.orElseThrow() == seenNumber;
            check(same ? revision == seenRevision : revision > seenRevision, history);
            seenNumber = found.orElseThrow();
            seenRevision = revision;
        }
    }
}

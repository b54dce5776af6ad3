package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Book;
import io.hawser.core.store.shelf.KeyText;
import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.core.store.shelf.Turn;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The maps of one shelf: which there are, who watches them, what expires when. Owner: whoever opens the store, then the
 * store's thread.
 */
public final class MapBook implements Book {
    /** So many keys expire, and so many removals are forgotten in each map, in one turn. */
    private static final int PIECE = 4096;

    private final MapLimits limits;
    private final Map<MapName, KeptMap> maps = new HashMap<>();
    private final Map<Integer, KeptMap> numbered = new TreeMap<>();
    private final Map<MapName, Set<Watch>> watches = new HashMap<>();
    private int watching;
    /** Those that may have missed something. */
    private final Set<Watch> hungry = new LinkedHashSet<>();

    private final Deque<DroppedMap> dropped = new ArrayDeque<>();
    /** What this turn changed. */
    private final Set<MapName> changed = new HashSet<>();

    private long revision;
    private long writtenRevision;
    private int lastNumber;
    /** No key is left that expires up to here. */
    private long expiredUpTo;

    private long nextExpiry = Long.MAX_VALUE;

    /** The maps that {@code shelf} holds: reads how they are, no entry. */
    public MapBook(Shelf shelf, MapLimits limits) {
        this.limits = limits;
        revision = shelf.get(MapLayout.REVISION)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
        writtenRevision = revision;
        each(shelf, MapLayout.SETTINGS, (number, value) -> {
            Map.Entry<MapName, MapSettings> settings = MapLayout.settings(value);
            open(new KeptMap(this, settings.getKey(), number, settings.getValue(), 0));
        });
        each(shelf, MapLayout.COUNTS, (number, value) -> known(number).count(value));
        each(shelf, MapLayout.GONE, (number, value) -> {
            dropped.add(new DroppedMap(number));
            lastNumber = Math.max(lastNumber, number);
        });
        findExpiry(shelf);
    }

    private static void each(Shelf shelf, byte kind, BiConsumer<Integer, byte[]> visitor) {
        byte[] start = {kind};
        shelf.walk(start, start, (at, value) -> {
            visitor.accept(ByteBuffer.wrap(at, 1, 4).getInt(), value);
            return true;
        });
    }

    private KeptMap known(int number) {
        KeptMap map = numbered.get(number);
        if (map == null) {
            throw new StoreException("the data folder counts the entries of map " + number + ", which is not defined");
        }
        return map;
    }

    private KeptMap open(KeptMap map) {
        maps.put(map.name(), map);
        numbered.put(map.number(), map);
        lastNumber = Math.max(lastNumber, map.number());
        return map;
    }

    MapLimits limits() {
        return limits;
    }

    @Nullable
    KeptMap find(MapName name) {
        return maps.get(name);
    }

    /** The map {@code name}, made if there is none. */
    KeptMap make(Turn turn, MapName name) {
        KeptMap map = maps.get(name);
        return map == null ? define(turn, name, limits.first()) : map;
    }

    KeptMap define(Turn turn, MapName name, MapSettings settings) {
        KeptMap map = maps.get(name);
        if (map == null) {
            if (maps.size() >= limits.maps()) {
                throw new Refusal(StoreException.limit(
                        "maps.count",
                        "there are " + maps.size() + " maps, and map " + name
                                + " would be one too many; drop one, or raise the limit"));
            }
            map = open(new KeptMap(this, name, lastNumber + 1, settings, revision));
        }
        map.define(settings);
        changed.add(name);
        turn.put(MapLayout.key(MapLayout.SETTINGS, map.number()), MapLayout.settings(name, settings));
        return map;
    }

    Map<MapName, MapSettings> list() {
        Map<MapName, MapSettings> all = new HashMap<>();
        maps.forEach((name, map) -> all.put(name, map.settings()));
        return all;
    }

    /** With this turn the map is gone; its entries go in the next ones. Returns whether there was one. */
    boolean drop(Turn turn, MapName name) {
        KeptMap map = maps.remove(name);
        if (map == null) {
            return false;
        }
        changed.add(name);
        numbered.remove(map.number());
        dropped.add(new DroppedMap(map.number()));
        turn.delete(MapLayout.key(MapLayout.SETTINGS, map.number()));
        turn.delete(MapLayout.key(MapLayout.COUNTS, map.number()));
        turn.put(MapLayout.key(MapLayout.GONE, map.number()), new byte[0]);
        for (Watch watch : watchers(name)) {
            watch.restart(turn, revision);
            feedSoon(watch);
        }
        return true;
    }

    /** The number of a change that {@code map} makes. */
    long nextRevision(KeptMap map) {
        changed.add(map.name());
        return ++revision;
    }

    /** Something expires at {@code time}. */
    void expires(long time) {
        nextExpiry = Math.min(nextExpiry, time);
    }

    void watch(Turn turn, Watch watch, MapStart start) {
        if (watching >= limits.watches()) {
            watch.refuse(turn, limits.tooManyWatches());
            return;
        }
        watching++;
        watches.computeIfAbsent(watch.name(), name -> new LinkedHashSet<>()).add(watch);
        watch.begin(turn, start, revision);
    }

    void end(Watch watch) {
        Set<Watch> others = watches.get(watch.name());
        if (others != null && others.remove(watch)) {
            watching--;
            if (others.isEmpty()) {
                watches.remove(watch.name());
            }
        }
        hungry.remove(watch);
    }

    void feedSoon(Watch watch) {
        if (watchers(watch.name()).contains(watch)) {
            hungry.add(watch);
        }
    }

    private Set<Watch> watchers(MapName name) {
        return watches.getOrDefault(name, Set.of());
    }

    /** Tells those who watch {@code map} of a change made just now. */
    void tell(KeptMap map, byte[] key, Leaf leaf) {
        Set<Watch> all = watchers(map.name());
        if (!all.isEmpty()) {
            MapEntry change = leaf.entry(map.place(key), KeyText.text(key));
            all.forEach(watch -> watch.hear(change));
        }
    }

    @Override
    public void turn(Turn turn) {
        if (nextExpiry <= turn.now()) {
            expire(turn);
        }
        for (Watch watch : List.copyOf(hungry)) {
            watch.feed(turn, maps.get(watch.name()), revision);
            watch.flush(turn);
        }
        hungry.removeIf(watch -> !watch.hungry());
        if (!dropped.isEmpty() && dropped.element().shed(turn)) {
            dropped.remove();
        }
        for (MapName name : changed) {
            watchers(name).forEach(watch -> watch.flush(turn));
            KeptMap map = maps.get(name);
            if (map != null) {
                map.forget(turn, limits.removed(), PIECE);
                turn.put(MapLayout.key(MapLayout.COUNTS, map.number()), map.counts());
            }
        }
        changed.clear();
        if (revision > writtenRevision) {
            turn.put(MapLayout.REVISION, MapLayout.numbers(revision));
            writtenRevision = revision;
        }
    }

    @Override
    public long due() {
        return hungry.isEmpty() && dropped.isEmpty() ? nextExpiry : 0;
    }

    private void expire(Turn turn) {
        List<byte[]> places = new ArrayList<>();
        byte[] kind = {MapLayout.EXPIRY};
        turn.walk(kind, MapLayout.expiries(expiredUpTo), (at, nothing) -> {
            boolean now = time(at) <= turn.now() && places.size() < PIECE;
            if (now) {
                places.add(at);
            }
            return now;
        });
        for (byte[] at : places) {
            long time = time(at);
            KeptMap map = numbered.get(ByteBuffer.wrap(at, 9, 4).getInt());
            try {
                if (map == null) {
                    turn.delete(at);
                } else {
                    map.expire(turn, MapLayout.rest(at, 13), time);
                }
            } catch (Refusal damaged) {
                // told to whoever reads the key
                turn.delete(at);
            }
            expiredUpTo = time;
        }
        findExpiry(turn);
    }

    private void findExpiry(Shelf shelf) {
        nextExpiry = Long.MAX_VALUE;
        byte[] kind = {MapLayout.EXPIRY};
        shelf.walk(kind, MapLayout.expiries(expiredUpTo), (at, nothing) -> {
            nextExpiry = time(at);
            return false;
        });
    }

    private static long time(byte[] expiry) {
        return ByteBuffer.wrap(expiry, 1, 8).getLong();
    }
}

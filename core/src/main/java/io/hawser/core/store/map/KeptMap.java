package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.KeyText;
import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.core.store.shelf.Turn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One map: how it is counted, and how a change of a key is written. Entries are on the shelf alone. Owner: the store's
 * thread.
 */
final class KeptMap {
    /** What stands for "whatever its revision is". */
    static final long ANY = -1;

    /** So many bytes are looked at for one page of keys. */
    private static final long PAGE_BYTES = 4 << 20;

    private static final int PAGE_ENTRIES = 4096;

    private final MapBook book;
    private final MapName name;
    private final int number;
    private MapSettings settings;
    private long entries;
    private long bytes;
    private long removed;
    private long floor;
    private long revision;

    /** A map without entries, which knows nothing of removals up to {@code floor}. */
    KeptMap(MapBook book, MapName name, int number, MapSettings settings, long floor) {
        this.book = book;
        this.name = name;
        this.number = number;
        this.settings = settings;
        this.floor = floor;
    }

    MapName name() {
        return name;
    }

    int number() {
        return number;
    }

    MapSettings settings() {
        return settings;
    }

    void define(MapSettings newSettings) {
        settings = newSettings;
    }

    /** Removals after this revision are remembered. */
    long floor() {
        return floor;
    }

    MapInfo info() {
        return new MapInfo(settings, entries, bytes, revision);
    }

    byte[] counts() {
        return MapLayout.numbers(entries, bytes, removed, floor, revision);
    }

    /** Takes over what {@link #counts} said. */
    void count(byte[] counts) {
        ByteBuffer in = ByteBuffer.wrap(counts);
        entries = in.getLong();
        bytes = in.getLong();
        removed = in.getLong();
        floor = in.getLong();
        revision = in.getLong();
    }

    /** What a user is told of a key. */
    String place(byte[] key) {
        return "map " + name + ", key " + KeyText.text(key);
    }

    /** What is told when a change names {@code key}, and nothing is there. */
    StoreException lost(byte[] key) {
        return new StoreException(place(key) + " is damaged: it is missing; restore a backup, or set it again");
    }

    /** The newest revision of {@code key} as it is kept; null if there is none. */
    @Nullable
    Leaf load(Shelf shelf, byte[] key) {
        byte[] at = MapLayout.entry(number, key);
        Optional<byte[]> record = shelf.get(at);
        return record.isPresent() ? Leaf.read(place(key), at, record.get()) : null;
    }

    /** As {@link #load}; what has expired by now is removed first. */
    @Nullable
    private Leaf newest(Turn turn, byte[] key) {
        Leaf leaf = load(turn, key);
        return leaf != null && leaf.expired(turn.now()) ? change(turn, key, leaf, MapEntry.Kind.EXPIRED, null) : leaf;
    }

    Optional<MapEntry> get(Turn turn, byte[] key) {
        Leaf leaf = newest(turn, key);
        return leaf == null || !leaf.live() ? Optional.empty() : Optional.of(leaf.entry(place(key), KeyText.text(key)));
    }

    /** Sets {@code key} if {@code expected} is its revision. */
    MapOutcome set(Turn turn, byte[] key, long expected, byte[] body) {
        Leaf before = newest(turn, key);
        long current = before != null && before.live() ? before.revision() : 0;
        if (expected != ANY && expected != current) {
            return new MapOutcome(false, current);
        }
        checkRoom(current > 0, body.length + (current > 0 && before != null ? -before.size() : key.length));
        return new MapOutcome(
                true, change(turn, key, before, MapEntry.Kind.SET, body).revision());
    }

    private void checkRoom(boolean replaces, long more) {
        boolean tooMany = !replaces && entries >= settings.entries();
        if (tooMany || (more > 0 && bytes + more > settings.bytes())) {
            throw new Refusal(settings.full(name, tooMany));
        }
    }

    /** Removes {@code key} if {@code expected} is its revision; done with revision 0 if there is nothing to remove. */
    MapOutcome remove(Turn turn, byte[] key, long expected) {
        Leaf before = newest(turn, key);
        long current = before != null && before.live() ? before.revision() : 0;
        if (before == null || current == 0 || (expected != ANY && expected != current)) {
            return new MapOutcome(expected == ANY || expected == current, current);
        }
        return new MapOutcome(
                true, change(turn, key, before, MapEntry.Kind.REMOVED, null).revision());
    }

    /** The time index says that {@code key} expires at {@code time}, which has come. */
    void expire(Turn turn, byte[] key, long time) {
        Leaf leaf = load(turn, key);
        if (leaf != null && leaf.expires() == time) {
            change(turn, key, leaf, MapEntry.Kind.EXPIRED, null);
        } else {
            turn.delete(MapLayout.expiry(time, number, key));
        }
    }

    private Leaf change(Turn turn, byte[] key, @Nullable Leaf before, MapEntry.Kind kind, byte @Nullable [] body) {
        int older = 0;
        if (before != null) {
            older = shelve(turn, key, before);
            unlist(turn, key, before);
        }
        revision = book.nextRevision(this);
        long now = turn.now();
        long ttl = settings.ttl().toMillis();
        Leaf after = body == null
                ? Leaf.gone(kind, revision, now, older)
                : Leaf.set(revision, now, ttl == 0 ? 0 : now + ttl, older, body);
        byte[] at = MapLayout.entry(number, key);
        turn.put(at, after.write(at));
        list(turn, key, after);
        book.tell(this, key, after);
        return after;
    }

    /** Keeps {@code before} as an older revision, or not, and drops those beyond the depth. Returns how many are kept. */
    private int shelve(Turn turn, byte[] key, Leaf before) {
        int keep = settings.history();
        int excess = before.older();
        if (keep > 0) {
            byte[] at = MapLayout.older(number, key, before.revision());
            turn.put(at, before.write(at));
            excess = before.older() + 1 - keep;
        }
        if (excess > 0) {
            dropOldest(turn, key, excess);
        }
        return Math.min(before.older() + 1, keep);
    }

    private void dropOldest(Turn turn, byte[] key, int count) {
        byte[] start = MapLayout.older(number, key);
        List<byte[]> oldest = new ArrayList<>();
        turn.walk(start, start, (at, record) -> {
            oldest.add(at);
            return oldest.size() < count;
        });
        oldest.forEach(turn::delete);
    }

    private void list(Turn turn, byte[] key, Leaf leaf) {
        turn.put(MapLayout.at(MapLayout.CHANGE, number, leaf.revision()), key);
        if (!leaf.live()) {
            removed++;
            turn.put(MapLayout.at(MapLayout.REMOVAL, number, leaf.revision()), key);
            return;
        }
        entries++;
        bytes += key.length + leaf.size();
        if (leaf.expires() > 0) {
            turn.put(MapLayout.expiry(leaf.expires(), number, key), new byte[0]);
            book.expires(leaf.expires());
        }
    }

    private void unlist(Turn turn, byte[] key, Leaf leaf) {
        turn.delete(MapLayout.at(MapLayout.CHANGE, number, leaf.revision()));
        if (!leaf.live()) {
            removed--;
            turn.delete(MapLayout.at(MapLayout.REMOVAL, number, leaf.revision()));
            return;
        }
        entries--;
        bytes -= key.length + leaf.size();
        if (leaf.expires() > 0) {
            turn.delete(MapLayout.expiry(leaf.expires(), number, key));
        }
    }

    /** Forgets the oldest removals where there are more than {@code limit}, {@code piece} of them at most. */
    void forget(Turn turn, int limit, int piece) {
        long excess = Math.min(removed - limit, piece);
        if (excess <= 0) {
            return;
        }
        List<byte[]> places = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        turn.walk(
                MapLayout.key(MapLayout.REMOVAL, number),
                MapLayout.at(MapLayout.REMOVAL, number, floor + 1),
                (at, key) -> {
                    places.add(at);
                    keys.add(key);
                    return places.size() < excess;
                });
        for (int i = 0; i < places.size(); i++) {
            floor = MapLayout.revision(places.get(i));
            turn.delete(places.get(i));
            turn.delete(MapLayout.at(MapLayout.CHANGE, number, floor));
            turn.delete(MapLayout.entry(number, keys.get(i)));
            dropOldest(turn, keys.get(i), Integer.MAX_VALUE);
            removed--;
        }
    }

    List<MapEntry> history(Turn turn, byte[] key) {
        Leaf newest = newest(turn, key);
        if (newest == null) {
            return List.of();
        }
        String place = place(key);
        String text = KeyText.text(key);
        List<MapEntry> all = new ArrayList<>();
        byte[] start = MapLayout.older(number, key);
        turn.walk(start, start, (at, record) -> {
            all.add(Leaf.read(place, at, record).entry(place, text));
            return true;
        });
        all.add(newest.entry(place, text));
        Collections.reverse(all);
        return all;
    }

    MapPage keys(Turn turn, byte[] prefix, byte[] after, int limit) {
        byte[] start = MapLayout.entry(number, prefix);
        byte[] behind = MapLayout.entry(number, after);
        Page page = new Page(turn.now(), limit);
        // NUL sorts before every other character, and stands in no key
        turn.walk(start, later(start, Arrays.copyOf(behind, behind.length + 1)), page);
        return page.end();
    }

    private static byte[] later(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) > 0 ? one : other;
    }

    /** Collects the keys of one page. */
    private final class Page implements Shelf.Visitor {
        private final long now;
        private final int limit;
        private final List<MapKey> keys = new ArrayList<>();
        private String last = "";
        private int seen;
        private long size;
        private boolean cut;

        Page(long now, int limit) {
            this.now = now;
            this.limit = limit;
        }

        @Override
        public boolean visit(byte[] at, byte[] record) {
            cut = keys.size() == limit || seen == PAGE_ENTRIES || size >= PAGE_BYTES;
            if (cut) {
                return false;
            }
            seen++;
            size += record.length;
            byte[] key = MapLayout.rest(at, MapLayout.HEAD);
            last = KeyText.text(key);
            Leaf leaf = Leaf.read(place(key), at, record);
            if (leaf.live() && !leaf.expired(now)) {
                keys.add(new MapKey(last, leaf.revision(), leaf.time(), leaf.size()));
            }
            return true;
        }

        MapPage end() {
            return new MapPage(keys, cut ? Optional.of(last) : Optional.empty());
        }
    }
}

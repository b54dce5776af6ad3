package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Defects;
import io.hawser.core.store.shelf.KeyText;
import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.store.shelf.Shelf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks the shelf of the maps while nobody changes it: each entry against its checksum, every index against the entries, the
 * counts of each map. Where these are wrong a removal may be lost: the floor is raised, so that who watches begins anew.
 */
public final class MapAudit {
    /** Which kinds of rows name a map behind the first octet. */
    private static final String NUMBERED = "cehwx";

    private final Shelf shelf;
    private final Defects defects;
    private final Map<Integer, MapTally> maps = new TreeMap<>();
    private final Set<Integer> gone = new HashSet<>();
    /** The keys of index rows that were missing or wrong, and are put right. */
    private final Set<ByteBuffer> righted = new HashSet<>();

    private MapAudit(Shelf shelf, Defects defects) {
        this.shelf = shelf;
        this.defects = defects;
    }

    /** Tells {@code defects} what is damaged on {@code shelf}. */
    public static void run(Shelf shelf, Defects defects) {
        MapAudit audit = new MapAudit(shelf, defects);
        audit.each(MapLayout.GONE, (at, value) -> audit.gone.add(number(at)));
        audit.each(MapLayout.SETTINGS, audit::settings);
        byte[] start = {};
        shelf.walk(start, (at, value) -> {
            audit.row(at, value);
            return true;
        });
        long revision = audit.revision();
        audit.maps.values().forEach(map -> map.check(shelf, defects, revision));
    }

    /** Whom rows are shown to. */
    private interface Rows {
        void row(byte[] at, byte[] value);
    }

    private void each(byte kind, Rows rows) {
        byte[] start = {kind};
        shelf.walk(start, start, (at, value) -> {
            if (at.length == MapLayout.HEAD) {
                rows.row(at, value);
            } else {
                defects.drop("a row of the maps of kind " + (char) kind + " under a key of a wrong length", at);
            }
            return true;
        });
    }

    private static int number(byte[] at) {
        return ByteBuffer.wrap(at, 1, 4).getInt();
    }

    private void settings(byte[] at, byte[] value) {
        try {
            Map.Entry<MapName, MapSettings> settings = MapLayout.settings(value);
            maps.put(number(at), new MapTally(settings.getKey(), number(at)));
        } catch (StoreException damaged) {
            defects.drop("map " + number(at) + ": " + damaged.getMessage(), at);
        }
    }

    private void row(byte[] at, byte[] value) {
        char kind = at.length == 0 ? 0 : (char) at[0];
        if (NUMBERED.indexOf(kind) < 0) {
            // the time index may hold more than there is: a row of it is dropped when its time has come
            if ("rmgt".indexOf(kind) < 0 || (kind == MapLayout.EXPIRY && at.length < 14)) {
                defects.drop("a row of the maps that is unknown, of kind " + (int) kind, at);
            }
        } else if (at.length < least(kind)) {
            defects.drop("a row of the maps of kind " + kind + " under a key that is too short", at);
        } else {
            MapTally map = maps.get(number(at));
            if (map != null) {
                row(map, at, value);
            } else if (!gone.contains(number(at))) {
                defects.drop("a row of map " + number(at) + " of kind " + kind + ": the map is not defined", at);
            }
        }
    }

    private static int least(char kind) {
        return MapLayout.HEAD
                + switch (kind) {
                    case MapLayout.COUNTS -> 0;
                    case MapLayout.ENTRY -> 1;
                    case MapLayout.OLDER -> 10;
                    default -> 8;
                };
    }

    private void row(MapTally map, byte[] at, byte[] value) {
        switch (at[0]) {
            case MapLayout.ENTRY -> entry(map, at, value);
            case MapLayout.OLDER -> older(map, at, value);
            case MapLayout.CHANGE -> index(map, at, value, false);
            case MapLayout.REMOVAL -> index(map, at, value, true);
            default -> {}
        }
    }

    private void entry(MapTally map, byte[] at, byte[] record) {
        byte[] key = MapLayout.rest(at, MapLayout.HEAD);
        String place = map.place(key);
        Leaf leaf;
        try {
            leaf = read(place, at, record);
        } catch (Refusal damaged) {
            defects.drop(String.valueOf(damaged.getMessage()), at);
            return;
        }
        map.count(key, leaf);
        int older = countOlder(map, key);
        if (older != leaf.older()) {
            String text = place + " is said to have " + leaf.older() + " older revisions, there are " + older;
            defects.replace(text, at, leaf.withOlder(older).write(at));
        }
        listed(place, MapLayout.at(MapLayout.CHANGE, map.number(), leaf.revision()), key);
        if (!leaf.live()) {
            listed(place, MapLayout.at(MapLayout.REMOVAL, map.number(), leaf.revision()), key);
        } else if (leaf.expires() > 0) {
            listed(place, MapLayout.expiry(leaf.expires(), map.number(), key), new byte[0]);
        }
    }

    private static Leaf read(String place, byte[] at, byte[] record) {
        Leaf leaf = Leaf.read(place, at, record);
        leaf.entry(place, "");
        return leaf;
    }

    private static Optional<Leaf> sound(byte[] at, byte[] record) {
        try {
            return Optional.of(read("", at, record));
        } catch (Refusal damaged) {
            return Optional.empty();
        }
    }

    /** The newest revision of {@code key}, if it is sound. */
    private Optional<Leaf> newest(MapTally map, byte[] key) {
        byte[] at = MapLayout.entry(map.number(), key);
        return shelf.get(at).flatMap(record -> sound(at, record));
    }

    private int countOlder(MapTally map, byte[] key) {
        int[] count = {0};
        byte[] start = MapLayout.older(map.number(), key);
        shelf.walk(start, start, (at, record) -> {
            count[0] += sound(at, record).isPresent() ? 1 : 0;
            return true;
        });
        return count[0];
    }

    private void listed(String place, byte[] index, byte[] value) {
        if (shelf.get(index).filter(there -> Arrays.equals(there, value)).isEmpty()) {
            righted.add(ByteBuffer.wrap(index));
            defects.replace(place + " is not listed in the index of kind " + (char) index[0], index, value);
        }
    }

    private void older(MapTally map, byte[] at, byte[] record) {
        byte[] key = Arrays.copyOfRange(at, MapLayout.HEAD, at.length - 9);
        String place = map.place(key) + ", revision "
                + ByteBuffer.wrap(at, at.length - 8, 8).getLong();
        try {
            read(place, at, record);
        } catch (Refusal damaged) {
            defects.drop(String.valueOf(damaged.getMessage()), at);
            return;
        }
        if (newest(map, key).isEmpty()) {
            defects.drop(place + ": the newest revision is missing or damaged", at);
        }
    }

    private void index(MapTally map, byte[] at, byte[] key, boolean removal) {
        long revision = MapLayout.revision(at);
        boolean right = newest(map, key)
                .filter(leaf -> leaf.revision() == revision && !(removal && leaf.live()))
                .isPresent();
        if (!right && !righted.contains(ByteBuffer.wrap(at))) {
            String what = removal ? ", removal " : ", change ";
            defects.drop(
                    map.text() + what + revision + ": it is not that of key " + KeyText.text(key)
                            + ", which is missing, damaged, or has changed since",
                    at);
        }
    }

    /** The highest revision that was given out. */
    private long revision() {
        long highest = maps.values().stream()
                .mapToLong(map -> map.highest(shelf))
                .max()
                .orElse(0);
        Optional<byte[]> kept = shelf.get(MapLayout.REVISION);
        long said = kept.filter(value -> value.length == 8)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
        if (said < highest || kept.filter(value -> value.length != 8).isPresent()) {
            String text = "the highest revision of the maps is said to be " + said + ", but there is " + highest;
            defects.replace(text, MapLayout.REVISION, MapLayout.numbers(highest));
        }
        return Math.max(said, highest);
    }
}

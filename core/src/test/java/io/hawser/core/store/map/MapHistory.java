package io.hawser.core.store.map;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What several parties did to a map at once, and whether one after the other could have done it.
 *
 * <p>Revisions give the writes of a key their order. So the history of a key is linearizable if each write was made on the
 * revision it expected, and if nothing that had ended before something else began has seen a later revision than that.
 */
public final class MapHistory {
    private final AtomicLong ticks = new AtomicLong();
    private final Collection<Deed> deeds = new ConcurrentLinkedQueue<>();

    /** Nothing was done yet. */
    public MapHistory() {}

    /**
     * Something that was done.
     *
     * @param before the revision that a write replaced; that of a read is the same as {@code after}
     * @param after the revision that the key had then
     */
    private record Deed(String key, long began, long ended, long before, long after) {
        boolean wrote() {
            return before != after;
        }
    }

    /** Something begins: returns when. */
    public long begin() {
        return ticks.incrementAndGet();
    }

    /** What began at {@code began} replaced the revision {@code before} of {@code key} by {@code after}. */
    public void wrote(String key, long began, long before, long after) {
        deeds.add(new Deed(key, began, ticks.incrementAndGet(), before, after));
    }

    /** What began at {@code began} saw that {@code key} had {@code revision}. */
    public void saw(String key, long began, long revision) {
        deeds.add(new Deed(key, began, ticks.incrementAndGet(), revision, revision));
    }

    /** How much was done. */
    public int size() {
        return deeds.size();
    }

    /** What cannot be; nothing if the history is linearizable. */
    public List<String> contradictions() {
        Map<String, List<Deed>> keys = new HashMap<>();
        deeds.forEach(deed ->
                keys.computeIfAbsent(deed.key(), key -> new ArrayList<>()).add(deed));
        List<String> wrong = new ArrayList<>();
        keys.values().forEach(history -> {
            checkChain(history, wrong);
            checkTime(history, wrong);
        });
        return wrong;
    }

    private static void checkChain(List<Deed> history, List<String> wrong) {
        long revision = 0;
        for (Deed write : history.stream()
                .filter(Deed::wrote)
                .sorted(Comparator.comparingLong(Deed::after))
                .toList()) {
            if (write.before() != revision) {
                wrong.add(write + " replaced another revision than " + revision);
            }
            revision = write.after();
        }
    }

    private static void checkTime(List<Deed> history, List<String> wrong) {
        for (Deed first : history) {
            for (Deed second : history) {
                boolean back = second.wrote() ? second.after() <= first.after() : second.after() < first.after();
                if (first.ended() < second.began() && back) {
                    wrong.add(second + " came after " + first);
                }
            }
        }
    }
}

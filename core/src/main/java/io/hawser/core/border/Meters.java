package io.hawser.core.border;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number for each topic that was heard lately. Bounded: with {@value #MOST} topics those not heard since half as many
 * others came are forgotten, and begin anew. Thread-safe, without locks.
 */
final class Meters {
    /** So many topics are known at most. */
    static final int MOST = 20_000;

    /** Written by whoever finds it full. Two at once may lose what one of them has just begun: it begins once more. */
    private volatile Ages ages = new Ages(new ConcurrentHashMap<>());

    /** What was heard since the last change of ages, and what only before. */
    private record Ages(ConcurrentMap<String, AtomicLong> young, ConcurrentMap<String, AtomicLong> old) {
        Ages(ConcurrentMap<String, AtomicLong> old) {
            this(new ConcurrentHashMap<>(), old);
        }
    }

    /** The number of {@code topic}, 0 if it was not heard lately. */
    AtomicLong of(String topic) {
        Ages now = ages;
        AtomicLong known = now.young().get(topic);
        if (known != null) {
            return known;
        }
        if (now.young().size() >= MOST / 2) {
            now = new Ages(now.young());
            ages = now;
        }
        AtomicLong older = now.old().get(topic);
        AtomicLong mine = older == null ? new AtomicLong() : older;
        AtomicLong others = now.young().putIfAbsent(topic, mine);
        return others == null ? mine : others;
    }

    /** How many are known. */
    int size() {
        Ages now = ages;
        return now.young().size() + now.old().size();
    }
}

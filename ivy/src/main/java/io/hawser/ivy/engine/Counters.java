package io.hawser.ivy.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Holds a number for each {@link IvyCount}. Written by the mesh's loop, read by any thread. */
final class Counters {
    private final Map<IvyCount, LongAdder> numbers = new EnumMap<>(IvyCount.class);

    Counters() {
        for (IvyCount what : IvyCount.values()) {
            numbers.put(what, new LongAdder());
        }
    }

    void add(IvyCount what) {
        of(what).increment();
    }

    long get(IvyCount what) {
        return of(what).sum();
    }

    private LongAdder of(IvyCount what) {
        return Objects.requireNonNull(numbers.get(what));
    }
}

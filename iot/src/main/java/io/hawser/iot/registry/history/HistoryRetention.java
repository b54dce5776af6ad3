package io.hawser.iot.registry.history;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has been kept long enough: by the number of messages of each device, by age, and by what there is in all. Owner: the registry's. */
final class HistoryRetention {
    /** How many chunks go at once. */
    private static final int MOST = 5_000;

    private final InstantSource clock;
    private final HistoryLimits limits;
    private final HistoryIndex index;
    private final Set<String> touched = new HashSet<>();
    private boolean going;
    private long crowdedOut;

    HistoryRetention(InstantSource clock, HistoryLimits limits, HistoryIndex index) {
        this.clock = clock;
        this.limits = limits;
        this.index = index;
    }

    /** Something came from {@code device}. */
    void touched(String device) {
        touched.add(device);
    }

    /** What can go; then nothing more can until that has {@link #ended}. */
    List<ChunkHead> old() {
        if (going) {
            return List.of();
        }
        Set<ChunkHead> old = new LinkedHashSet<>();
        for (String device : List.copyOf(touched)) {
            if (old.size() < MOST) {
                touched.remove(device);
                old.addAll(index.beyond(device, limits.messages()));
            }
        }
        long oldest = clock.millis() - limits.keep().toMillis();
        for (ChunkHead head : index.beyond(limits.chunks(), limits.bytes(), oldest, MOST)) {
            boolean early = old.add(head) && head.received() >= oldest;
            crowdedOut += early ? head.count() : 0;
        }
        going = !old.isEmpty();
        return List.copyOf(old);
    }

    void ended() {
        going = false;
    }

    long crowdedOut() {
        return crowdedOut;
    }
}

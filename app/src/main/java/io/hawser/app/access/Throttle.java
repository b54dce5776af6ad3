package io.hawser.app.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lets one a minute of each through; at most 10,000 are remembered, the oldest goes first. Belongs to one thread at a time. */
public final class Throttle {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST = 10_000;

    private final Map<String, Long> passed = new LinkedHashMap<>();

    /** True if none of {@code who} has passed within the minute before {@code now}, in milliseconds. */
    public boolean lets(String who, long now) {
        Long before = passed.get(who);
        if (before != null && now - before < MINUTE_MILLIS) {
            return false;
        }
        passed.remove(who);
        passed.put(who, now);
        if (passed.size() > MOST) {
            passed.remove(passed.keySet().iterator().next());
        }
        return true;
    }
}

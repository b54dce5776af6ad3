package io.hawser.core.count;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often somebody wanted more than one limit of the hub allows, and was refused, put off or cut short; docs/limits.md has all of
 * them. Any thread counts, any thread reads.
 */
public final class Limit {
    private final String name;
    private final LongAdder times = new LongAdder();

    Limit(String name) {
        this.name = name;
    }

    /** Where it is configured, without {@code hawser.}; of what is not configured a name of that kind. */
    public String name() {
        return name;
    }

    /** It happened once more. */
    public void reached() {
        times.increment();
    }

    /** How often so far. */
    public long times() {
        return times.sum();
    }
}

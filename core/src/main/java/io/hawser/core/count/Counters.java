package io.hawser.core.count;

import io.hawser.core.trace.Tracer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** The hub's counters. Any thread adds, any thread reads. */
public final class Counters {
    private final Map<Counter, LongAdder> sums = new EnumMap<>(Counter.class);
    private final Map<String, Limit> limits = new ConcurrentSkipListMap<>();
    private final Traffic traffic = new Traffic();
    private final Tracer tracer = new Tracer();

    /** All at zero. */
    public Counters() {
        for (Counter counter : Counter.values()) {
            sums.put(counter, new LongAdder());
        }
    }

    /** Adds one. */
    public void add(Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount}. */
    public void add(Counter counter, long amount) {
        sum(counter).add(amount);
    }

    /** The sum so far. */
    public long get(Counter counter) {
        return sum(counter).sum();
    }

    /** What came and left, by protocol. */
    public Traffic traffic() {
        return traffic;
    }

    /** How often the limit {@code name}, a constant of the program, was reached. */
    public Limit limit(String name) {
        return limits.computeIfAbsent(name, Limit::new);
    }

    /** All that have been asked for, by name. */
    public List<Limit> limits() {
        return List.copyOf(limits.values());
    }

    /** Who wants to know more of single messages than that they were counted. */
    public Tracer tracer() {
        return tracer;
    }

    private LongAdder sum(Counter counter) {
        return Objects.requireNonNull(sums.get(counter), "every counter has a sum");
    }
}

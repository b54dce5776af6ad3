package io.hawser.app.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What was said and what was heard on each way, and how long it took. Any thread counts, any thread reads. */
public final class Tally {
    private static final String ROW = "%-22s%6s%7s%11s%11s";

    private final LongSupplier nanos;
    private final Map<Way, Count> counts = new EnumMap<>(Way.class);

    /**
     * Nothing yet.
     *
     * @param nanos a clock that only goes forward
     */
    Tally(LongSupplier nanos) {
        this.nanos = nanos;
        for (Way way : Way.values()) {
            counts.put(way, new Count());
        }
    }

    /** Of one way. Its monitor guards its fields. */
    private static final class Count {
        /** More would be messages that nobody hears any more. */
        private static final int MOST_OPEN = 1_000;

        private final Map<String, Long> open = new LinkedHashMap<>();
        private long said;
        private long heard;
        private long total;
        private long longest;

        synchronized void said(String key, long now) {
            said++;
            open.put(key, now);
            if (open.size() > MOST_OPEN) {
                open.remove(open.keySet().iterator().next());
            }
        }

        synchronized Optional<Duration> heard(String key, long now) {
            Long then = open.remove(key);
            if (then == null) {
                return Optional.empty();
            }
            heard++;
            total += now - then;
            longest = Math.max(longest, now - then);
            return Optional.of(Duration.ofNanos(now - then));
        }

        synchronized boolean settled() {
            return heard >= said;
        }

        synchronized long heard() {
            return heard;
        }

        synchronized String row(Way way) {
            return String.format(
                    Locale.ROOT,
                    ROW,
                    way,
                    said,
                    heard,
                    heard == 0 ? "-" : shown(Duration.ofNanos(total / heard)),
                    heard == 0 ? "-" : shown(Duration.ofNanos(longest)));
        }

        synchronized String missing(Way way) {
            return way + (said == 0 ? " (nothing was said)" : " (" + said + " said, none heard)");
        }
    }

    /** {@code key}, by which it is known again, was said to those at the end of {@code way}. */
    void said(Way way, String key) {
        of(way).said(key, nanos.getAsLong());
    }

    /** {@code key} was heard there; how long that took, empty if nobody here said it. */
    Optional<Duration> heard(Way way, String key) {
        return of(way).heard(key, nanos.getAsLong());
    }

    /** How many were heard. */
    long heard(Way way) {
        return of(way).heard();
    }

    /** True if everything that was said has been heard. */
    boolean settled() {
        return counts.values().stream().allMatch(Count::settled);
    }

    /** The ways on which nothing was heard; none if all is well. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        counts.forEach((way, count) -> {
            if (count.heard() == 0) {
                missing.add(count.missing(way));
            }
        });
        return missing;
    }

    /** A table: for each way how many were said and heard, and how long they took. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(Locale.ROOT, ROW, "", "said", "heard", "on average", "at most"));
        counts.forEach((way, count) -> rows.add(count.row(way)));
        return rows;
    }

    /** {@code time} as it is shown, such as {@code 1.3 ms}. */
    static String shown(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    private Count of(Way way) {
        return Objects.requireNonNull(counts.get(way), "every way has a count");
    }
}

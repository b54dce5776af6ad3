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

/** What was said and what was heard at each crossing, and how long it took. Any thread counts, any thread reads. */
public final class Tally {
    private static final String ROW = "%-22s%6s%7s%11s%11s";

    private final LongSupplier nanos;
    private final Map<Crossing, Count> counts = new EnumMap<>(Crossing.class);

    /**
     * Nothing yet.
     *
     * @param nanos a clock that only goes forward
     */
    Tally(LongSupplier nanos) {
        this.nanos = nanos;
        for (Crossing crossing : Crossing.values()) {
            counts.put(crossing, new Count());
        }
    }

    /** Of one crossing. Its monitor guards its fields. */
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

        synchronized String row(Crossing crossing) {
            return String.format(
                    Locale.ROOT,
                    ROW,
                    crossing,
                    said,
                    heard,
                    heard == 0 ? "-" : shown(Duration.ofNanos(total / heard)),
                    heard == 0 ? "-" : shown(Duration.ofNanos(longest)));
        }

        synchronized String missing(Crossing crossing) {
            return crossing + (said == 0 ? " (nothing was said)" : " (" + said + " said, none heard)");
        }
    }

    /** {@code key}, by which it is known again, was said to those beyond {@code crossing}. */
    void said(Crossing crossing, String key) {
        of(crossing).said(key, nanos.getAsLong());
    }

    /** {@code key} was heard there; how long that took, empty if nobody here said it. */
    Optional<Duration> heard(Crossing crossing, String key) {
        return of(crossing).heard(key, nanos.getAsLong());
    }

    /** How many were heard. */
    long heard(Crossing crossing) {
        return of(crossing).heard();
    }

    /** True if everything that was said has been heard. */
    boolean settled() {
        return counts.values().stream().allMatch(Count::settled);
    }

    /** The crossings at which nothing was heard; none if all is well. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        counts.forEach((crossing, count) -> {
            if (count.heard() == 0) {
                missing.add(count.missing(crossing));
            }
        });
        return missing;
    }

    /** A table: for each crossing how many were said and heard, and how long they took. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(Locale.ROOT, ROW, "", "said", "heard", "on average", "at most"));
        counts.forEach((crossing, count) -> rows.add(count.row(crossing)));
        return rows;
    }

    /** {@code time} as it is shown, such as {@code 1.3 ms}. */
    static String shown(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    private Count of(Crossing crossing) {
        return Objects.requireNonNull(counts.get(crossing), "every crossing has a count");
    }
}

package io.hawser.app.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What a hub was like: five minutes second by second, an hour in steps of ten seconds, a day in steps of two minutes. Bounded: each
 * takes the place of the oldest. Belongs to one thread at a time.
 */
final class Series {
    /** How the values of some seconds become one. */
    enum Kind {
        /** By their mean. */
        MEAN,
        /** By the highest. */
        PEAK
    }

    /** A span that is known. */
    enum Span {
        /** Five minutes. */
        MINUTES("5m", 1, 300),
        /** An hour. */
        HOUR("1h", 10, 360),
        /** A day. */
        DAY("24h", 120, 720);

        private final String label;
        private final int seconds;
        private final int points;

        Span(String label, int seconds, int points) {
            this.label = label;
            this.seconds = seconds;
            this.points = points;
        }

        /** What it is called. */
        String label() {
            return label;
        }

        /** How many seconds a point stands for. */
        int seconds() {
            return seconds;
        }
    }

    /** One span of each column; {@code sums} gathers the point that is not complete yet. */
    private static final class Ring {
        private final Span span;
        private final double[][] points;
        private final double[] sums;
        private int gathered;
        private long written;

        Ring(Span span, int columns) {
            this.span = span;
            this.points = new double[columns][span.points];
            this.sums = new double[columns];
        }
    }

    private final List<Kind> kinds;
    private final List<Ring> rings = new ArrayList<>();

    /** Nothing yet of so many columns as there are {@code kinds}. */
    Series(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
        for (Span span : Span.values()) {
            rings.add(new Ring(span, kinds.size()));
        }
    }

    /** One second was like this. */
    void add(List<Double> values) {
        for (Ring ring : rings) {
            for (int i = 0; i < kinds.size(); i++) {
                double value = values.get(i);
                boolean first = ring.gathered == 0;
                ring.sums[i] = kinds.get(i) == Kind.MEAN
                        ? (first ? 0 : ring.sums[i]) + value
                        : first ? value : Math.max(ring.sums[i], value);
            }
            ring.gathered++;
            if (ring.gathered == ring.span.seconds) {
                write(ring);
            }
        }
    }

    private void write(Ring ring) {
        int at = (int) (ring.written % ring.span.points);
        for (int i = 0; i < kinds.size(); i++) {
            ring.points[i][at] = kinds.get(i) == Kind.MEAN ? ring.sums[i] / ring.gathered : ring.sums[i];
        }
        ring.written++;
        ring.gathered = 0;
    }

    /** What is known of a column in {@code span}, the oldest first. */
    List<Double> of(Span span, int column) {
        Ring ring = rings.stream().filter(each -> each.span == span).findFirst().orElseThrow();
        int count = (int) Math.min(ring.written, span.points);
        List<Double> values = new ArrayList<>(count);
        for (long n = ring.written - count; n < ring.written; n++) {
            values.add(ring.points[column][(int) (n % span.points)]);
        }
        return values;
    }
}

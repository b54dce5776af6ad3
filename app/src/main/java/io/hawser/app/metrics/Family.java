package io.hawser.app.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** One metric with the values that it has at one moment, by its labels. Belongs to whoever makes it. */
public final class Family {
    private static final String PREFIX = "hawser_";

    private final String name;
    private final String help;
    private final boolean counts;
    private final List<Point> points = new ArrayList<>();

    private record Point(Labels labels, double value) {}

    private Family(String name, String help, boolean counts) {
        this.name = PREFIX + name;
        this.help = help;
        this.counts = counts;
    }

    /** What only grows; {@code name} without {@code hawser_} and {@code _total}. */
    public static Family counter(String name, String help) {
        return new Family(name, help, true);
    }

    /** What goes up and down; {@code name} without {@code hawser_}. */
    public static Family gauge(String name, String help) {
        return new Family(name, help, false);
    }

    /** Adds a value; {@code labels} are names and values in turns, and few: never a client, a topic or a durable. */
    public Family with(double value, String... labels) {
        points.add(new Point(Labels.of(labels), value));
        return this;
    }

    /** The same for what is counted; from 2^53 on the last digits are lost, as in all of Prometheus. */
    public Family with(long value, String... labels) {
        return with((double) value, labels);
    }

    /** The name that everybody sees, without what the kind of metric adds. */
    String name() {
        return name;
    }

    MetricSnapshot snapshot() {
        if (counts) {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(name).help(help);
            points.forEach(point -> counter.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(point.labels())
                    .value(point.value())
                    .build()));
            return counter.build();
        }
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(point.labels())
                .value(point.value())
                .build()));
        return gauge.build();
    }
}

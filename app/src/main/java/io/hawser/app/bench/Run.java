package io.hawser.app.bench;

import io.hawser.app.terminal.Shutdown;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Does what a {@link BenchPlan} says. With a rate, each is due at its time whether or not the hub keeps up, and its time counts from there: a
 * hub that stands still for a second is seen by all that were due in it (no coordinated omission).
 */
final class Run {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double MICROS_A_MILLI = 1e3;

    private final BenchPlan plan;
    private final Measure measure;
    private final Load load;
    private final long start = System.nanoTime();
    private long begun;

    Run(BenchPlan plan, Measure measure, Load load) {
        this.plan = plan;
        this.measure = measure;
        this.load = load;
    }

    /** Returns when all is done, the time is over, nothing ends any more, or somebody wants it to end. */
    void through(Shutdown shutdown) {
        while (begun < plan.messages() && !shutdown.asked(Duration.ofNanos(Math.max(0, due() - System.nanoTime())))) {
            long due = due();
            if (due - start >= plan.duration().toNanos() || !measure.begins(load.endings(), plan.patience())) {
                break;
            }
            load.begin(begun++, plan.paced() ? due : System.nanoTime());
        }
        boolean unused = measure.ends(plan.patience());
    }

    private long due() {
        return plan.paced() ? start + (long) (begun * NANOS_A_SECOND / plan.rate()) : System.nanoTime();
    }

    /** How many have not ended. */
    long lost() {
        return begun * load.endings() - measure.ended();
    }

    /** How far it is, for people. */
    String progress() {
        long done = measure.done();
        return done + " done, " + measure.failed() + " failed, " + Math.round(done / seconds(System.nanoTime())) + "/s";
    }

    private double seconds(long until) {
        return Math.max(1, until - start) / NANOS_A_SECOND;
    }

    /** What is known of it now; times are milliseconds. */
    Fields row() {
        Histogram times = measure.times();
        double seconds = seconds(measure.last());
        return Fields.builder()
                .put("begun", begun)
                .put("done", measure.done())
                .put("failed", measure.failed())
                .put("lost", lost())
                .put("seconds", rounded(seconds))
                .put("per_second", Math.round(measure.done() / seconds))
                .put("p50_ms", at(times, 50))
                .put("p99_ms", at(times, 99))
                .put("p99_9_ms", at(times, 99.9))
                .put("max_ms", millis(times.getMaxValue()))
                .put("corrected", Value.of(plan.paced()))
                .build();
    }

    private static double at(Histogram times, double percentile) {
        return millis(times.getValueAtPercentile(percentile));
    }

    private static double millis(long nanos) {
        return rounded(nanos / NANOS_A_MILLI);
    }

    private static double rounded(double number) {
        return Math.round(number * MICROS_A_MILLI) / MICROS_A_MILLI;
    }
}

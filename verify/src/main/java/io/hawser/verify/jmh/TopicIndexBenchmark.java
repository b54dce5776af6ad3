package io.hawser.verify.jmh;

import io.hawser.core.match.TopicIndex;
import io.hawser.core.match.TopicPattern;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** How many topics a second find their patterns, two or three each, and what a change of interest costs. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TopicIndexBenchmark {
    private static final int TOPICS = 1024;

    /** How many patterns there are. */
    @Param({"10", "1000", "10000"})
    public int patterns;

    private TopicIndex<Integer> index = TopicIndex.empty();
    private final String[] topics = new String[TOPICS];
    private int next;

    /** Fills the index: most patterns name a device, one wants everything of a format, one everything. */
    @Setup
    public void fill() {
        for (int i = 0; i < patterns; i++) {
            index = index.with(pattern(i), i);
        }
        index = index.with(TopicPattern.parse("iot/*/data/climate"), -1).with(TopicPattern.parse("iot/>"), -1);
        for (int i = 0; i < TOPICS; i++) {
            topics[i] = "iot/device-" + i % patterns + "/data/climate";
        }
    }

    /** One topic finds its patterns. */
    @Benchmark
    public void match(Blackhole hole) {
        index.match(topics[next++ & (TOPICS - 1)], hole::consume);
    }

    /** One pattern comes and goes. */
    @Benchmark
    public TopicIndex<Integer> change() {
        TopicPattern pattern = pattern(next++ & 0xffff);
        return index.with(pattern, -1).without(pattern, -1);
    }

    private static TopicPattern pattern(int number) {
        return TopicPattern.parse("iot/device-" + number + (number % 2 == 0 ? "/>" : "/data/*"));
    }
}

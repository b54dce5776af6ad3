package io.hawser.verify.jmh;

import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpIndex;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How many texts a second find their regexp among 10,000 that stand, while others come and go on another thread, and how long
 * those changes took.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RegexpChurnBenchmark {
    private static final int STANDING = 10_000;
    private static final String TEXT = "bench 1234 WORLD_ENV7 " + "x".repeat(96);

    /** How many regexps come, and as many go, each second. */
    @Param({"0", "1000"})
    public int changes;

    private final ScheduledExecutorService changing = Executors.newSingleThreadScheduledExecutor();
    private volatile RegexpIndex<Integer> index = RegexpIndex.empty();
    private final long[] nanos = new long[1 << 20];
    private int came;

    /** Fills the index and lets others come and go. */
    @Setup
    public void start() {
        index = index.with(Regexp.compile("^bench (\\S+) (.*)"), -1);
        for (int i = 0; i < STANDING; i++) {
            index = index.with(regexp(i), i);
        }
        if (changes > 0) {
            changing.scheduleAtFixedRate(this::change, 0, 1_000_000_000L / changes, TimeUnit.NANOSECONDS);
        }
    }

    /** One regexp comes and the oldest goes. Compiling counts, too. */
    private void change() {
        long start = System.nanoTime();
        index = index.with(regexp(STANDING + came), STANDING + came).without(regexp(came), came);
        nanos[came++ % nanos.length] = System.nanoTime() - start;
    }

    private static Regexp regexp(int number) {
        return Regexp.compile(number % 2 == 0 ? "^other" + number + " ([0-9]+) (.*)" : "(\\S+) ENV" + number + " (.*)");
    }

    /** Says how the changes went. */
    @TearDown
    public void stop() throws InterruptedException {
        changing.shutdownNow();
        if (changing.awaitTermination(1, TimeUnit.SECONDS)) {
            long[] sorted = Arrays.stream(nanos).limit(came).sorted().toArray();
            System.out.printf(Locale.ROOT, "%n%,d came and went", came);
            if (came > 0) {
                System.out.printf(
                        Locale.ROOT,
                        ": p50 %,d us, p99 %,d us, slowest %,d us%n",
                        sorted[came / 2] / 1_000,
                        sorted[(int) (came * 0.99)] / 1_000,
                        sorted[came - 1] / 1_000);
            }
        }
    }

    /** One text finds its regexp. */
    @Benchmark
    public void match(Blackhole hole) {
        index.match(TEXT, (entry, captures) -> hole.consume(captures));
    }
}

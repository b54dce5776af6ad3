package io.hawser.verify.jmh;

import io.hawser.core.match.ContentIndex;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
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

/** How many messages a second find their content matchers, about 14 each, and what a change of interest costs. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ContentIndexBenchmark {
    private static final int MATCHES = 14;
    private static final int MESSAGES = 1024;

    /** How many matchers there are. */
    @Param({"10", "1000", "10000"})
    public int matchers;

    private ContentIndex<Integer> index = ContentIndex.empty();
    private final Fields[] messages = new Fields[MESSAGES];
    private int next;

    /** Fills the index: 14 matchers want each symbol, and one thing more; two thirds of them are equal to others. */
    @Setup
    public void fill() {
        int symbols = Math.max(1, matchers / MATCHES);
        for (int i = 0; i < matchers; i++) {
            index = index.with(matcher(i, symbols), i);
        }
        for (int i = 0; i < MESSAGES; i++) {
            messages[i] = Fields.builder()
                    .put("symbol", "S" + i % symbols)
                    .put("kind", "trade")
                    .put("price", 101.25 + i)
                    .put("size", i)
                    .put("venue", "XETR")
                    .put("text", "the quick brown fox " + i)
                    .build();
        }
    }

    /** One message finds its matchers. */
    @Benchmark
    public void match(Blackhole hole) {
        index.match(messages[next++ & (MESSAGES - 1)], hole::consume);
    }

    /** One matcher comes and goes. */
    @Benchmark
    public ContentIndex<Integer> change() {
        ContentMatcher matcher = matcher(next++ & 0xffff, Math.max(1, matchers / MATCHES));
        return index.with(matcher, -1).without(matcher, -1);
    }

    private static ContentMatcher matcher(int number, int symbols) {
        ContentMatcher.Predicate second =
                switch (number / symbols % 3) {
                    case 0 -> new ContentMatcher.Equal("kind", Value.of("trade"));
                    case 1 -> new ContentMatcher.Present("venue");
                    default -> new ContentMatcher.Absent("only-" + number);
                };
        return new ContentMatcher(
                List.of(new ContentMatcher.Equal("symbol", Value.of("S" + number % symbols)), second));
    }
}

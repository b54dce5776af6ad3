package io.hawser.verify.jmh;

import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpIndex;
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

/** How many texts a second find the one regexp that matches, among many that do not. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RegexpIndexBenchmark {
    private static final Regexp LATE = Regexp.compile("^late ([0-9]+) (.*)");

    /** How many regexps do not match. */
    @Param({"10", "1000", "10000"})
    public int others;

    private RegexpIndex<Integer> index = RegexpIndex.empty();

    /** Fills the index. */
    @Setup
    public void fill() {
        index = index.with(Regexp.compile("^bench (\\S+) (.*)"), -1);
        for (int i = 0; i < others; i++) {
            index = index.with(Regexp.compile("^other" + i + " ([0-9]+) (.*)"), i);
        }
    }

    /** One text finds its regexp. */
    @Benchmark
    public void match(Blackhole hole) {
        index.match("bench 1234 some text that is as long as most", (entry, captures) -> hole.consume(captures));
    }

    /** One regexp comes and goes. */
    @Benchmark
    public RegexpIndex<Integer> change() {
        return index.with(LATE, -1).without(LATE, -1);
    }
}

package io.hawser.verify.jmh;

import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpIndex;
import java.util.Locale;
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

/** How many texts a second find the one regexp that matches, among many that do not, and what a change costs. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RegexpIndexBenchmark {
    /** A text of 118 chars that starts as the regexps of each shape do. */
    private static final String TEXT = "bench 1234 WORLD_ENV7 " + "x".repeat(96);

    /** What the regexps are like. */
    public enum Shape {
        /** Each starts the text with a literal of its own. */
        START("^bench (\\S+) (.*)", "^other%d ([0-9]+) (.*)"),
        /** Each has a literal of its own, wherever. */
        PART("^(\\S*) 1234 (\\S*)", "^(\\S*) OTHER_ENV%d (\\S*)"),
        /** All start the text alike; what tells them apart stands behind. */
        SHARED("^bench (\\S+) (.*)", "^bench (\\S+) OTHER_ENV%d (.*)"),
        /** Each can start the text in two ways. */
        EITHER("^(bench|nothing) (\\S+) (.*)", "^(other|else)%d ([0-9]+) (.*)");

        private final String matching;
        private final String others;

        Shape(String matching, String others) {
            this.matching = matching;
            this.others = others;
        }

        private Regexp other(int number) {
            return Regexp.compile(String.format(Locale.ROOT, others, number));
        }
    }

    /** How many regexps do not match. */
    @Param({"10", "1000", "10000"})
    public int others;

    /** What they are like. */
    @Param({"START", "PART", "SHARED", "EITHER"})
    public Shape shape = Shape.START;

    private RegexpIndex<Integer> index = RegexpIndex.empty();
    private final Regexp[] coming = new Regexp[1024];
    private int next;

    /** Fills the index. */
    @Setup
    public void fill() {
        index = index.with(Regexp.compile(shape.matching), -1);
        for (int i = 0; i < others; i++) {
            index = index.with(shape.other(i), i);
        }
        for (int i = 0; i < coming.length; i++) {
            coming[i] = shape.other(others + i);
        }
    }

    /** One text finds its regexp. */
    @Benchmark
    public void match(Blackhole hole) {
        index.match(TEXT, (entry, captures) -> hole.consume(captures));
    }

    /** One text that no regexp matches. */
    @Benchmark
    public void matchNothing(Blackhole hole) {
        index.match("nobody wants " + next++ + " this text here", (entry, captures) -> hole.consume(captures));
    }

    /** One regexp comes, and the one goes that came 512 before it. */
    @Benchmark
    public RegexpIndex<Integer> change() {
        int comes = next++ & (coming.length - 1);
        int goes = comes ^ (coming.length >> 1);
        index = index.with(coming[comes], -1).without(coming[goes], -1);
        return index;
    }
}

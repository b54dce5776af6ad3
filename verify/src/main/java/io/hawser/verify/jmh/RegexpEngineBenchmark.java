package io.hawser.verify.jmh;

import io.hawser.core.match.Captures;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpLimits;
import java.nio.CharBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

/** What one text that matches costs: under the step budget, in java.util.regex without it, and in RE2/J. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RegexpEngineBenchmark {
    private static final RegexpLimits NO_STEPS = new RegexpLimits(1024, 50, 64, 0, 0, 1 << 18, 1_000_000, 3);

    /** A regexp of the field, and a text that it matches. */
    public enum Sample {
        /** The scenario P7. */
        BENCH("^bench (\\S+) (.*)", "bench 123456 " + "x".repeat(100)),
        /** As Paparazzi's agents ask. */
        WORLD("^(\\S*) WORLD_ENV_REQ (\\S*)", "17 WORLD_ENV_REQ 43.1,1.4,203.5"),
        /** Numbers one after the other. */
        FLIGHT(
                "^ground FLIGHT_PARAM (\\S+) (\\S+) (\\S+) (\\S+)$",
                "ground FLIGHT_PARAM 12 0.12345 43.123456 1.234567"),
        /** Everything. */
        ALL("(.*)", "x".repeat(100));

        private final String regexp;
        private final String text;

        Sample(String regexp, String text) {
            this.regexp = regexp;
            this.text = text;
        }
    }

    /** What is matched. */
    @Param({"BENCH", "WORLD", "FLIGHT", "ALL"})
    public Sample sample = Sample.ALL;

    private Regexp metered = Regexp.compile("");
    private Pattern java = Pattern.compile("");
    private Regexp re2 = Regexp.compile("");

    /** Compiles, and shows java.util.regex more kinds of text than one, as any program of some size does. */
    @Setup
    public void compile() {
        metered = Regexp.compile(sample.regexp);
        java = Pattern.compile(sample.regexp, Pattern.UNIX_LINES);
        re2 = Regexp.compile(sample.regexp, NO_STEPS, regexp -> {});
        for (int i = 0; i < 20_000; i++) {
            Objects.requireNonNull(metered());
            Objects.requireNonNull(unmetered(sample.text));
            Objects.requireNonNull(unmetered(CharBuffer.wrap(sample.text)));
        }
    }

    /** As the hub does. */
    @Benchmark
    public @Nullable Captures metered() {
        return metered.match(sample.text);
    }

    /** The engine alone. */
    @Benchmark
    public String[] unmetered() {
        return unmetered(sample.text);
    }

    /** RE2/J, to which a regexp moves that has no steps. */
    @Benchmark
    public @Nullable Captures re2() {
        return re2.match(sample.text);
    }

    private String[] unmetered(CharSequence text) {
        Matcher matcher = java.matcher(text);
        String[] groups = new String[matcher.find() ? matcher.groupCount() : 0];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = matcher.group(i + 1);
        }
        return groups;
    }
}

package io.hawser.iot.policy;

import static io.hawser.iot.policy.Rig.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Random windows and slides against an oracle that keeps every number, on random clocks whose timers are late at random. */
class WindowModelTest {
    private static final int RUNS = 600;
    private static final List<String> FUNCTIONS = List.of("mean", "min", "max", "standardDeviation");

    /** What a window comes to, told by its moment. */
    private static final class Oracle {
        private final SortedMap<Long, List<Double>> numbers = new TreeMap<>();

        void add(long time, double number) {
            numbers.computeIfAbsent(time, at -> new ArrayList<>()).add(number);
        }

        /** All that is due after {@code from} and up to {@code to}. */
        SortedMap<Long, Double> values(String function, long first, long window, long slide, long from, long to) {
            SortedMap<Long, Double> values = new TreeMap<>();
            for (long moment = first; moment <= to; moment += slide) {
                double[] inside = numbers.subMap(moment - window, moment).values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(number -> number)
                        .toArray();
                if (moment > from && inside.length > 0) {
                    values.put(moment, value(function, inside));
                }
            }
            return values;
        }

        private static double value(String function, double[] inside) {
            double mean = DoubleStream.of(inside).average().orElseThrow();
            return switch (function) {
                case "mean" -> mean;
                case "min" -> DoubleStream.of(inside).min().orElseThrow();
                case "max" -> DoubleStream.of(inside).max().orElseThrow();
                default ->
                    Math.sqrt(DoubleStream.of(inside)
                            .map(number -> (number - mean) * (number - mean))
                            .average()
                            .orElseThrow());
            };
        }
    }

    @Test
    void windowsComeToWhatAnOracleSays() {
        long first = new Random().nextLong();
        int values = 0;
        for (int run = 0; run < RUNS; run++) {
            try {
                values += run(new Random(first + run));
            } catch (AssertionError | RuntimeException different) {
                throw new AssertionError("seed " + (first + run), different);
            }
        }
        assertThat(values).as("values compared, seed %d", first).isGreaterThan(RUNS);
    }

    private static int run(Random random) {
        String function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
        long window = 1L + random.nextInt(200);
        long slide = random.nextInt(4) == 0 ? window : 1L + random.nextInt(200);
        Rig rig = new Rig(PolicyLimits.DEFAULT, new MemoryHeldMessages());
        rig.now += random.nextInt(10);
        long moment = (rig.now + window) / 10 * 10;
        rig.follow(pipeline("t", String.format(Locale.ROOT, "%s 'window':%d,'slide':%d", function, window, slide)));
        Oracle oracle = new Oracle();
        SortedMap<Long, Double> found = new TreeMap<>();
        long start = rig.now;
        for (int step = 0; step < 60; step++) {
            rig.now += random.nextInt(5) == 0 ? random.nextInt(600) : random.nextInt(30);
            if (random.nextInt(4) == 0) {
                collect(rig.engine.due(rig.now), found);
            } else {
                double number = random.nextInt(2_000) / 10.0 - 100;
                collect(rig.engine.offer(Fields.of("t", Value.of(number)), rig.now), found);
                oracle.add(rig.now, number);
            }
        }
        rig.now += 1_000;
        collect(rig.engine.due(rig.now), found);
        SortedMap<Long, Double> expected =
                oracle.values(function, moment, window, slide, moment <= start ? start - 1 : start, rig.now);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((at, value) -> assertThat(found.get(at)).isCloseTo(value, Offset.offset(1e-9)));
        assertThat(rig.engine.nextDue()).isEmpty();
        return expected.size();
    }

    private static void collect(PolicyResult result, SortedMap<Long, Double> found) {
        for (IotMessage message : result.messages()) {
            Value value = ((IotMessage.Data) message).items().get("t").orElseThrow();
            found.put(message.head().eventTime().orElseThrow(), ((Value.Real) value).value());
        }
    }
}

package io.hawser.core.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private final AtomicLong meter = new AtomicLong();

    @Test
    void soManyPassAtOnceAndThenSoManyAPeriod() {
        Rate rate = Rate.parse("a/> 10/s");
        long start = 1_000 * SECOND;
        assertThat(passed(rate, start, 0, 100)).isEqualTo(10);
        assertThat(passed(rate, start + SECOND / 2, 0, 100)).isEqualTo(5);
        assertThat(passed(rate, start + SECOND, SECOND / 50, 500)).isEqualTo(5 + 99);
        assertThat(passed(rate, start + 100 * SECOND, 0, 100)).isEqualTo(10);
    }

    @Test
    void telemetryThatComesAsOftenAsItMayIsNotThinnedByItsJitter() {
        Rate rate = Rate.parse("a/> 10/s");
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            assertThat(rate.takes(meter, 1_000 * SECOND + i * SECOND / 10 + random.nextInt(50_000_000)))
                    .isTrue();
        }
    }

    @Test
    void aClockThatIsSetBackStopsNothingForLong() {
        Rate rate = Rate.parse("a/> 1/m");
        assertThat(passed(rate, 100_000 * SECOND, 0, 3)).isEqualTo(1);
        assertThat(passed(rate, 50_000 * SECOND, 0, 3)).isEqualTo(1);
        assertThat(passed(rate, 50_059 * SECOND, 0, 3)).isZero();
        assertThat(passed(rate, 50_060 * SECOND, 0, 3)).isEqualTo(1);
    }

    @Test
    void theFirstOfSoManyPasses() {
        Rate rate = Rate.parse("a/> 1:5");
        assertThat(rate.takes(meter, 0)).isTrue();
        assertThat(passed(rate, 0, 0, 4)).isZero();
        assertThat(rate.takes(meter, 0)).isTrue();
        assertThat(passed(rate, 0, 0, 100)).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a/> 10             | must be topics and how many of each pass",
                "a/> 10/d           | must be topics and how many of each pass",
                "10/s               | must be topics and how many of each pass",
                "a/> 2:5            | must be topics and how many of each pass",
                "a/> 0/s            | must be a number from 1 to 1000000; to let none of a topic pass, say so in 'not'",
                "a/> 1000001/s      | must be a number from 1 to 1000000",
                "a/> 1:0            | must be a number from 1 to 1000000",
                "a>/b 1:5           | '*' and '>' must stand for a whole segment"
            })
    void garbageIsRefused(String line, String why) {
        assertThatThrownBy(() -> Rate.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private int passed(Rate rate, long nanos, long step, int times) {
        int passed = 0;
        for (int i = 0; i < times; i++) {
            passed += rate.takes(meter, nanos + i * step) ? 1 : 0;
        }
        return passed;
    }
}

package io.hawser.iot.policy;

import static io.hawser.iot.policy.Rig.following;
import static io.hawser.iot.policy.Rig.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the policies of the original Java library ({@code specs/iot.md} 4.2), and right here. LIKE is in {@code FormulaTest}. */
class PolicyDefectsTest {
    /** There max starts at the smallest positive double. */
    @Test
    void theMaximumOfNegativeNumbersIsNegative() {
        Rig rig = following(pipeline("t", "max 'window':1000"));
        rig.offers("t", -7, -3, -5);
        assertThat(rig.pass(1_000)).containsExactly("data {t=-3.0}");
    }

    /** There min starts at the largest double. */
    @Test
    void theMinimumIsOneOfTheNumbers() {
        Rig rig = following(pipeline("t", "min 'window':1000,'slide':500"));
        rig.offers("t", 7, 3, 5);
        assertThat(rig.pass(1_500)).containsExactly("data {t=3.0}");
    }

    /** There all but mean emit 0 when nothing more is measured. */
    @ParameterizedTest
    @ValueSource(strings = {"mean", "min", "max", "standardDeviation"})
    void aWindowWithoutNumbersEmitsNothing(String function) {
        Rig rig = following(pipeline("t", function + " 'window':1000,'slide':250"));
        assertThat(rig.pass(5_000)).isEmpty();
        rig.offer("t", 4);
        String only = function.equals("standardDeviation") ? "data {t=0.0}" : "data {t=4.0}";
        assertThat(rig.pass(60_000)).containsExactly(only, only, only, only);
        assertThat(rig.engine.nextDue()).isEmpty();
    }

    /** There a mean of 0 is taken for an empty window. */
    @Test
    void aMeanOfExactlyZeroIsSent() {
        Rig rig = following(pipeline("t", "mean 'window':1000"));
        rig.offers("t", -2, 2);
        assertThat(rig.pass(1_000)).containsExactly("data {t=0.0}");
    }

    /** There the number of buckets comes from the lesser of slide and window. */
    @ParameterizedTest
    @CsvSource({"1000, 1000", "1000, 250", "1000, 300", "700, 300", "300, 1000"})
    void theStandardDeviationIsThatOfTheWholeWindow(int window, int slide) {
        Rig rig = following(pipeline("t", "standardDeviation 'window':" + window + ",'slide':" + slide));
        double[] numbers = new double[window / 10];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 7 == 0 ? 100 : i;
            assertThat(rig.offer("t", numbers[i])).isEmpty();
            if (i < numbers.length - 1) {
                assertThat(rig.pass(10)).isEmpty();
            }
        }
        double mean = DoubleStream.of(numbers).average().orElseThrow();
        double variance = DoubleStream.of(numbers)
                .map(number -> (number - mean) * (number - mean))
                .average()
                .orElseThrow();
        assertThat(rig.pass(10)).hasSize(1);
        assertThat(rig.device.get("t")).isInstanceOfSatisfying(Value.Real.class, value -> assertThat(value.value())
                .isCloseTo(Math.sqrt(variance), Offset.offset(1e-9)));
    }

    /** There the size and the count are compared as objects, which are other ones above 127. */
    @Test
    void aBatchOfMoreThan127IsReleased() {
        Rig rig = following(pipeline("*", "batchBySize 'batchSize':200"));
        for (int i = 1; i < 200; i++) {
            assertThat(rig.offer("h", i)).isEmpty();
        }
        assertThat(rig.offer("h", 200)).hasSize(200);
    }

    /** Likewise. */
    @Test
    void aRateAbove127PassesEveryNthValue() {
        Rig rig = following(pipeline("h", "sampleQuality 'rate':200"));
        for (int i = 1; i <= 1_000; i++) {
            assertThat(rig.offer("h", i)).hasSize(i % 200 == 0 ? 1 : 0);
        }
    }

    /** There batches stay where they are when the device closes, and windows are forgotten. */
    @Test
    void whatIsHeldGoesWhenTheDeviceCloses() {
        Rig rig = following(
                pipeline("t", "mean 'window':1000,'slide':500"), pipeline("*", "batchByTime 'delayLimit':5000"));
        rig.offers("h", 1, 2);
        rig.offer("t", 4);
        assertThat(rig.pass(600)).isEmpty();
        rig.offer("t", 8);
        assertThat(rig.show(rig.engine.flush(rig.now))).containsExactly("data {h=1}", "data {h=2}", "data {t=6.0}");
        assertThat(rig.held.load()).isEmpty();
        assertThat(rig.show(rig.engine.flush(rig.now))).as("but once").isEmpty();
        assertThat(rig.engine.nextDue()).isEmpty();
    }

    /** A window that has been told whole is not told again. */
    @Test
    void whatWasSentIsNotSentAgainWhenTheDeviceCloses() {
        Rig rig = following(pipeline("t", "mean 'window':1000,'slide':500"));
        rig.offer("t", 4);
        assertThat(rig.pass(1_000)).containsExactly("data {t=4.0}");
        assertThat(rig.show(rig.engine.flush(rig.now))).isEmpty();
    }

    /** There it stays held. */
    @Test
    void whatIsHeldGoesWhenThePolicyIsTakenAway() {
        Rig rig = following(pipeline("t", "min 'window':1000"), pipeline("*", "batchBySize 'batchSize':9"));
        rig.offer("h", 1);
        rig.offer("t", 4);
        assertThat(rig.show(rig.engine.unassign(rig.now))).containsExactly("data {h=1}", "data {t=4.0}");
        assertThat(rig.offer("t", 5)).containsExactly("data {t=5.0}");
    }
}

package io.hawser.iot.policy;

import static io.hawser.iot.policy.Rig.following;
import static io.hawser.iot.policy.Rig.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed from which values, and with which message it goes ({@code specs/iot.md} 4.2, 4.3). */
class ComputedMetricTest {
    @Test
    void computedMetricReplacesAValue() {
        Rig rig = following(pipeline("t", "computedMetric 'formula':'$(t) * 9 / 5 + 32'"));
        assertThat(rig.offer("t", 100)).containsExactly("data {t=212.0}");
    }

    @Test
    void computedMetricJoinsTheMessageOfWhatItIsComputedFrom() {
        Rig rig = following(
                pipeline("max", "computedMetric 'formula':'$(t) + $(h) + $$(max)'"),
                pipeline("h", "filterCondition 'condition':'$(h) < 0'"));
        assertThat(rig.offer("t", 1)).as("only one of two").containsExactly("data {t=1.0}");
        assertThat(rig.offer(both(2, 3))).containsExactly("data {t=2.0, h=3, max=85}");
        assertThat(rig.offer(both(2, -3))).as("one is withheld").containsExactly("data {t=2.0}");
        assertThat(rig.offer(both(2, 4))).containsExactly("data {t=2.0, h=4, max=91}");
    }

    @Test
    void computedMetricsCanBuildOnMetrics() {
        Rig rig = following(
                pipeline("max", "computedMetric 'formula':'$(h) * 2'"),
                pipeline("h", "computedMetric 'formula':'$(t) + 1'"),
                pipeline("t", "computedMetric 'formula':'$(t) + $(max) * 0'"));
        assertThat(rig.offer("t", 1)).containsExactly("data {t=1.0, h=2, max=4}");
    }

    @Test
    void computedMetricsFollowWindowsThatEndTogether() {
        Rig rig = following(
                pipeline("max", "computedMetric 'formula':'$(t) + $(h)'"),
                pipeline("t", "mean 'window':1000"),
                pipeline("h", "mean 'window':500"));
        rig.offer(both(10, 20));
        assertThat(rig.pass(500)).containsExactly("data {h=20}");
        rig.offer(both(20, 30));
        assertThat(rig.pass(500)).containsExactly("data {t=15.0, h=30, max=45}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 / 0", "0 / 0", "$(nobody)", "\\\"x\\\" - 1"})
    void computedMetricThatIsNoNumberIsWithheld(String formula) {
        Rig rig = following(pipeline("t", "computedMetric 'formula':'" + formula + "'"));
        assertThat(rig.offer("t", 1)).isEmpty();
    }

    @Test
    void computedMetricOutOfRangeIsAProblem() {
        Rig rig = following(pipeline("max", "computedMetric 'formula':'$(t)'"));
        assertThat(rig.offer("t", 101))
                .containsExactly("data {t=101.0}", "problem max must be within 0,100, and is 101");
    }

    @Test
    void aBoolIsANumberInFormulasAndBack() {
        Rig rig = following(pipeline("on", "computedMetric 'formula':'NOT $(on)'"));
        assertThat(rig.offer("on", Value.of(true))).containsExactly("data {on=FALSE}");
        assertThat(rig.offer("on", Value.of(false))).containsExactly("data {on=TRUE}");
    }

    @Test
    void formulasReadWhatIsOnItsWayElseWhatIsCurrent() {
        Rig rig = following(
                pipeline("t", "computedMetric 'formula':'$(t) + 1'", "computedMetric 'formula':'$(t) * 10 + $$(t)'"));
        rig.device.put("t", Value.of(5.0));
        assertThat(rig.offer("t", 1)).containsExactly("data {t=25.0}");
        rig.follow(pipeline("name", "computedMetric 'formula':'$(t) > 20 ? UPPER($(name)) : $$(name)'"));
        rig.device.put("name", Value.of("old"));
        assertThat(rig.offer("name", "new")).containsExactly("data {name=\"NEW\"}");
        rig.device.put("t", Value.of(20.0));
        assertThat(rig.offer("name", "newer")).containsExactly("data {name=\"NEW\"}");
        rig.follow(pipeline("h", "computedMetric 'formula':'$(max) + $(temperature)'"));
        assertThat(rig.offer("h", 0)).as("the default, and an alias").containsExactly("data {h=100}");
    }

    private static Fields both(double t, int h) {
        return Fields.builder().put("t", t).put("h", h).build();
    }
}

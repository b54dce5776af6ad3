package io.hawser.iot.policy;

import static io.hawser.iot.policy.Rig.following;
import static io.hawser.iot.policy.Rig.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What windows come to and when, on a clock that is turned by hand ({@code specs/iot.md} 4.2). */
class WindowTest {
    @ParameterizedTest
    @CsvSource({"mean, 3.0", "min, 1.0", "max, 8.0", "standardDeviation, 2.9154759474226504"})
    void aWindowPassesOneValueForAll(String function, double expected) {
        Rig rig = following(pipeline("t", function + " 'window':1000"));
        for (double value : new double[] {1, 1, 2, 8}) {
            assertThat(rig.pass(100)).isEmpty();
            assertThat(rig.offer("t", value)).isEmpty();
        }
        assertThat(rig.engine.nextDue()).isEqualTo(OptionalLong.of(1_001_000));
        assertThat(rig.pass(600)).containsExactly("data {t=" + expected + "}");
        assertThat(rig.device).containsEntry("t", Value.of(expected));
    }

    @Test
    void aWindowSlides() {
        Rig rig = following(pipeline("h", "max 'window':1000,'slide':250"));
        rig.offer("h", 9);
        rig.pass(500);
        rig.offer("h", 5);
        assertThat(rig.pass(500)).containsExactly("data {h=9}");
        assertThat(rig.pass(250)).containsExactly("data {h=5}");
        assertThat(rig.pass(10_000)).containsExactly("data {h=5}");
    }

    @Test
    void aWindowMayBeShorterThanItsSlide() {
        Rig rig = following(pipeline("h", "min 'window':100,'slide':1000"));
        rig.offer("h", 1);
        assertThat(rig.pass(100)).containsExactly("data {h=1}");
        rig.offer("h", 2);
        rig.pass(900);
        rig.offer("h", 3);
        assertThat(rig.pass(1_000)).containsExactly("data {h=3}");
    }

    @Test
    void aWindowFirstEndsAtAMultipleOfTenMilliseconds() {
        Rig rig = new Rig();
        rig.now = 1_000_009;
        rig.follow(pipeline("t", "mean 'window':1000"));
        rig.offer("t", 1);
        assertThat(rig.engine.nextDue()).isEqualTo(OptionalLong.of(1_001_000));
        rig.pass(1_000);
        rig.offer("t", 1);
        assertThat(rig.engine.nextDue()).isEqualTo(OptionalLong.of(1_002_000));
    }

    @Test
    void aTimerThatIsLateMixesNoWindows() {
        Rig rig = following(pipeline("h", "mean 'window':1000"));
        rig.offer("h", 1);
        rig.now += 1_500;
        assertThat(rig.offer("h", 100)).containsExactly("data {h=1}");
        rig.now += 7_000;
        PolicyResult late = rig.engine.due(rig.now);
        assertThat(late.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.head().eventTime()).hasValue(1_002_000));
        assertThat(rig.engine.nextDue()).isEmpty();
    }

    @Test
    void whatFollowsAWindowWorksOnWhatItPasses() {
        Rig rig = following(
                pipeline("t", "mean 'window':1000", "filterCondition 'condition':'$(t) > 5'", "max 'window':3000"));
        for (double value : new double[] {3, 9, 4, 1}) {
            rig.offer("t", value);
            assertThat(rig.pass(1_000)).isEqualTo(value == 4 ? List.of("data {t=4.0}") : List.of());
        }
        assertThat(rig.pass(2_000)).containsExactly("data {t=1.0}");
    }

    @Test
    void aWindowOverTimesPassesATime() {
        Rig rig = following(pipeline("at", "mean 'window':10"));
        rig.offer("at", new Value.DateTime(1_000));
        rig.offer("at", new Value.DateTime(1_003));
        assertThat(rig.pass(10)).containsExactly("data {at=DateTime[epochMillis=1002]}");
    }

    @Test
    void aTimeThatGoesBackwardsIsTheNewestOne() {
        Rig rig = following(pipeline("t", "mean 'window':1000"));
        rig.now += 500;
        rig.offer("t", 1);
        rig.now -= 5_000;
        assertThat(rig.offer("t", 3)).isEmpty();
        rig.now = 1_001_000;
        assertThat(rig.show(rig.engine.due(rig.now))).containsExactly("data {t=2.0}");
    }
}

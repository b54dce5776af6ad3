package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps a copter on the ground. */
class PreflightTest {
    private static final long NOW = 1_800_000_000_000L;

    private final Fields good = Fields.builder()
            .put("git_version", "f5e7528")
            .put("animation_info", list(Value.of("basic"), Value.of("OK")))
            .put("battery", list(Value.of(12.2), Value.of(0.81)))
            .put("fcu_status", "STANDBY")
            .put("calibration_status", "OK")
            .put("mode", "MANUAL")
            .put("selfcheck", "OK")
            .put("current_position", list(Value.of(0.5), Value.of(0.5), Value.of(0.1), Value.of(0.0), Value.of("map")))
            .put("start_position", list(Value.of(0L), Value.of(0.0), Value.of(1.0), Value.of(0.0), Value.of("fly")))
            .build();

    @Test
    void aGoodCopterMayTakeOff() {
        assertThat(problems(copter(good))).isEmpty();
    }

    @Test
    void eachProblemIsTold() {
        assertThat(problems(with("battery", list(Value.of(11.0), Value.of(0.4)))))
                .containsExactly("its battery holds 40 %, and 50 are wanted");
        assertThat(problems(with("battery", list(Value.of(Double.NaN), Value.of(Double.NaN)))))
                .containsExactly("its battery is not known");
        assertThat(problems(with("current_position", Value.of("NO_POS"))))
                .containsExactly("its position, or where it shall start, is not known");
        assertThat(problems(with("current_position", list(Value.of(3.0), Value.of(4.0), Value.of(0.0)))))
                .containsExactly("it stands 5.00 m from where it shall start, and 1.00 are allowed");
        assertThat(problems(with("selfcheck", list(Value.of("NO_FCU")))))
                .containsExactly("its selfcheck is [\"NO_FCU\"]");
        assertThat(problems(with("calibration_status", Value.Null.NULL)))
                .containsExactly("it does not say its calibration_status");
        assertThat(problems(with("mode", Value.of("CMODE(0)")))).containsExactly("its mode is CMODE(0)");
        assertThat(problems(with("animation_info", list(Value.of("a"), Value.of("No animation")))))
                .containsExactly("its animation is not OK: No animation");
    }

    @Test
    void clocksAndSilenceCount() {
        Copter late = new Copter("c", "a", true, 0, "", good, NOW, Optional.of(-1.5), 0.001);
        assertThat(problems(late)).containsExactly("its clock is off by -1.500 s, and 1.000 are allowed");
        Copter unknown = new Copter("c", "a", true, 0, "", good, NOW, Optional.empty(), 0);
        assertThat(problems(unknown)).containsExactly("its clock is not known");
        Copter silent = new Copter("c", "a", true, 0, "", good, NOW - 6_000, Optional.of(0.0), 0);
        assertThat(problems(silent)).containsExactly("it has said nothing of itself for 5 s");
        Copter gone = new Copter("c", "a", false, 0, "", good, NOW, Optional.of(0.0), 0);
        assertThat(problems(gone)).containsExactly("it is offline");
    }

    @Test
    void whoRunsAnotherVersionThanTheOthersIsNamed() {
        Copter other = with("git_version", Value.of("other"));

        List<Preflight> all = Preflight.of(List.of(copter(good), other, copter(good)), Preflight.Limits.DEFAULT, NOW);

        assertThat(all)
                .extracting(Preflight::problems)
                .containsExactly(List.of(), List.of("it runs version other, others f5e7528"), List.of());
    }

    private Copter with(String field, Value value) {
        return copter(good.toBuilder().put(field, value).build());
    }

    private static Copter copter(Fields telemetry) {
        return new Copter("c", "127.0.0.1:1", true, 0, "", telemetry, NOW, Optional.of(0.01), 0.001);
    }

    private static List<String> problems(Copter copter) {
        return Preflight.of(List.of(copter), Preflight.Limits.DEFAULT, NOW)
                .get(0)
                .problems();
    }

    private static Value list(Value... values) {
        return new Value.Sequence(List.of(values));
    }
}

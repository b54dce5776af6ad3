package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.wire.CleverFrame;
import io.hawser.core.message.Message;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The telemetry that the original sent ({@code specs/clever.md} 2.5), with a field for each thing. */
class TelemetryTest {
    private static final Value NAN = Value.of(Double.NaN);

    private static final Fields SAID = Fields.builder()
            .put("fcu_status", "NO_FCU")
            .put("current_position", list(Value.of(1.23), Value.of(-0.5), Value.of(0), Value.of(90), Value.of("map")))
            .put("selfcheck", list(Value.of("WAIT_ROS"), Value.of("NO_FCU")))
            .put("battery", list(Value.of(12.2), NAN))
            .put("git_version", Value.Null.NULL)
            .put("animation_info", list(Value.Null.NULL, Value.of("No animation")))
            .put(
                    "start_position",
                    list(Value.of(0.0), Value.of(0.0), Value.of(1.0), NAN, Value.of("fly"), Value.of(0.2)))
            .put("mode", "MANUAL")
            .put("time_delta", 1795223540.52162)
            .put("armed", Value.of(false))
            .put("something_new", 5)
            .build();

    @Test
    void eachThingHasAFieldOfOneTypeAndWhatIsNotKnownNone() {
        assertThat(said(TelemetryForm.FIELDS, Fields.of("value", new Value.Nested(SAID)))
                        .fields())
                .isEqualTo(Fields.builder()
                        .put("fcu_status", "NO_FCU")
                        .put("x", 1.23)
                        .put("y", -0.5)
                        .put("z", 0.0)
                        .put("yaw", 90.0)
                        .put("frame", "map")
                        .put("selfcheck", "WAIT_ROS; NO_FCU")
                        .put("battery_volts", 12.2)
                        .put("animation_state", "No animation")
                        .put("start_x", 0.0)
                        .put("start_y", 0.0)
                        .put("start_z", 1.0)
                        .put("start_action", "fly")
                        .put("start_delay", 0.2)
                        .put("mode", "MANUAL")
                        .put("copter_time", 1795223540.52162)
                        .put("armed", Value.of(false))
                        .put("something_new", 5)
                        .build());
    }

    @Test
    void aCopterWithoutPositionAndBatterySaysWhatItKnows() {
        Fields little = Fields.builder()
                .put("current_position", "NO_POS")
                .put("battery", Value.Null.NULL)
                .put("selfcheck", "OK")
                .build();
        assertThat(said(TelemetryForm.FIELDS, Fields.of("value", new Value.Nested(little)))
                        .fields())
                .isEqualTo(Fields.of("selfcheck", Value.of("OK")));
    }

    @Test
    void itIsAsItWasSaidUnlessTheUserWantsFieldsAndSoIsWhatIsNoTelemetry() {
        Fields kwargs = Fields.of("value", new Value.Nested(SAID));
        assertThat(said(TelemetryForm.AS_SENT, kwargs).fields()).isEqualTo(kwargs);
        assertThat(said(TelemetryForm.FIELDS, Fields.of("value", Value.of(1))).fields())
                .isEqualTo(Fields.of("value", Value.of(1)));
        CleverFrame.Action other = new CleverFrame.Action("other", List.of(), kwargs, Optional.empty());
        assertThat(CleverMapping.said("c 1", other, 7, TelemetryForm.FIELDS).fields())
                .isEqualTo(kwargs);
    }

    @Test
    void agentsHearItAsOneLine() {
        Telemetry telemetry = new Telemetry();
        Message spread = said(TelemetryForm.FIELDS, Fields.of("value", new Value.Nested(SAID)));
        assertThat(telemetry.text(spread)).contains("c_1 TELEMETRY MANUAL 0 12.2 nan 1.23 -0.5 0.0 90.0");
        Message little = said(TelemetryForm.FIELDS, Fields.of("value", new Value.Nested(Fields.EMPTY)));
        assertThat(telemetry.text(little)).contains("c_1 TELEMETRY - - nan nan nan nan nan nan");
        assertThat(telemetry.text(said(TelemetryForm.AS_SENT, Fields.of("value", new Value.Nested(SAID)))))
                .isEmpty();
    }

    private static Message said(TelemetryForm form, Fields kwargs) {
        return CleverMapping.said(
                "c 1", new CleverFrame.Action("telemetry", List.of(), kwargs, Optional.empty()), 7, form);
    }

    private static Value list(Value... values) {
        return new Value.Sequence(List.of(values));
    }
}

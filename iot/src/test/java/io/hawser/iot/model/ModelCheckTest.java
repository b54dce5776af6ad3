package io.hawser.iot.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.Vectors;
import io.hawser.iot.wire.Vectors.Exchange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCheckTest {
    private static final String URN = "urn:com:oracle:iot:device:humidity_sensor";
    private ModelCheck check;

    @BeforeEach
    void readModel() throws Exception {
        check = new ModelCheck(DeviceModel.read(DeviceModelTest.humiditySensor()));
    }

    @Test
    void whatOriginalDevicesSentFitsTheirModel() throws Exception {
        IotCodec codec = new IotCodec(IotLimits.DEFAULT);
        int data = 0;
        int alerts = 0;
        for (Exchange call : Vectors.calls("/messages").toList()) {
            for (IotMessage message : codec.read(call.body().getBytes(UTF_8))) {
                if (message instanceof IotMessage.Data said) {
                    Fields typed = check.data(said.format(), said.items());
                    assertThat(Json.write(typed)).isEqualTo(Json.write(said.items()));
                    data++;
                } else if (message instanceof IotMessage.Alert said) {
                    assertThat(Json.write(check.alert(said.format(), said.items())))
                            .isEqualTo(Json.write(said.items()));
                    alerts++;
                }
            }
        }
        assertThat(data).isGreaterThan(50);
        assertThat(alerts).isGreaterThan(5);
    }

    @Test
    void typesAreThoseOfTheModel() throws Exception {
        assertThat(check.data(URN + ":attributes", Fields.of("humidity", Value.of(42.0))))
                .isEqualTo(Fields.of("humidity", Value.of(42)));
        assertThat(check.data(
                        URN + ":report",
                        Fields.builder().put("humidity", 12).put("note", "hi").build()))
                .isEqualTo(
                        Fields.builder().put("humidity", 12.0).put("note", "hi").build());
        assertThat(check.data(URN + ":attributes", Fields.of("hum", Value.of(1)))
                        .names())
                .containsExactly("humidity");
    }

    @Test
    void saysEverythingThatDoesNotFit() {
        Fields items = Fields.builder()
                .put("humidity", 101)
                .put("maxThreshold", "x")
                .put("no\nsuch", 1)
                .build();

        ModelException refused =
                catchThrowableOfType(ModelException.class, () -> check.data(URN + ":attributes", items));

        assertThat(refused.problems())
                .containsExactly(
                        "humidity must be within 0,100, and is 101",
                        "maxThreshold must be of type INTEGER, and is a string",
                        "the model " + URN + " has no attribute no?such");
    }

    @Test
    void aFormatWantsItsFieldsAndNoOthers() {
        ModelException refused = catchThrowableOfType(
                ModelException.class, () -> check.data(URN + ":report", Fields.of("hum", Value.of(7))));

        assertThat(refused.problems())
                .containsExactly("humidity is missing", "the format " + URN + ":report has no field hum");
        assertThatThrownBy(() -> check.data(URN + ":too_humid", Fields.of("humidity", Value.of(7))))
                .hasMessage("the format " + URN + ":too_humid is one of ALERT, not of DATA");
        assertThatThrownBy(() -> check.alert(URN + ":report", Fields.of("humidity", Value.of(7))))
                .hasMessage("the format " + URN + ":report is one of DATA, not of ALERT");
        assertThatThrownBy(() -> check.data("urn:x", Fields.EMPTY))
                .hasMessage("the model " + URN + " has no format urn:x");
    }

    @Test
    void anOperatorWritesWhatIsWritable() throws Exception {
        assertThat(check.write("maxThreshold", Value.of(70.0))).isEqualTo(Value.of(70));
        assertThatThrownBy(() -> check.write("humidity", Value.of(70))).hasMessage("humidity is not writable");
        assertThatThrownBy(() -> check.write("hum", Value.of(70))).hasMessage("humidity is not writable");
        assertThatThrownBy(() -> check.write("maxThreshold", Value.of(59)))
                .hasMessage("maxThreshold must be within 60,100, and is 59");
        assertThat(check.attribute("humidity", Value.of(70))).isEqualTo(Value.of(70));
        ModelException refused = catchThrowableOfType(
                ModelException.class,
                () -> check.write(Fields.builder()
                        .put("maxThreshold", 1)
                        .put("humidity", 1)
                        .build()));
        assertThat(refused.problems()).hasSize(2);
    }

    @Test
    void anActionTakesItsArgument() throws Exception {
        assertThat(check.argument("calibrate", Optional.of(Value.of(2)))).contains(Value.of(2.0));
        assertThat(check.argument("reset", Optional.empty())).isEmpty();
        assertThat(check.argument("reset", Optional.of(Value.Null.NULL))).isEmpty();
        assertThatThrownBy(() -> check.argument("reset", Optional.of(Value.of(1))))
                .hasMessage("reset takes no argument");
        assertThatThrownBy(() -> check.argument("calibrate", Optional.empty()))
                .hasMessage("calibrate takes an argument of type NUMBER");
        assertThatThrownBy(() -> check.argument("calibrate", Optional.of(Value.of("2"))))
                .hasMessage("calibrate must be of type NUMBER, and is a string");
        assertThatThrownBy(() -> check.argument("explode", Optional.empty()))
                .hasMessage("the model " + URN + " has no action explode");
    }

    /** From the bus and from JSON alike; what comes out is of one kind for each type. */
    @Test
    void eachTypeTakesWhatMeansTheSame() throws Exception {
        assertThat(ValueType.NUMBER.fit(Value.of(7))).isEqualTo(Value.of(7.0));
        assertThat(ValueType.NUMBER.fit(Value.of(0.5))).isEqualTo(Value.of(0.5));
        assertThat(ValueType.INTEGER.fit(Value.of(7.0))).isEqualTo(Value.of(7));
        assertThat(ValueType.STRING.fit(Value.of(""))).isEqualTo(Value.of(""));
        assertThat(ValueType.BOOLEAN.fit(Value.of(true))).isEqualTo(Value.Bool.TRUE);
        assertThat(ValueType.BOOLEAN.fit(Value.of(1))).isEqualTo(Value.Bool.TRUE);
        assertThat(ValueType.BOOLEAN.fit(Value.of(0))).isEqualTo(Value.Bool.FALSE);
        assertThat(ValueType.DATETIME.fit(Value.of(5))).isEqualTo(new Value.DateTime(5));
        assertThat(ValueType.DATETIME.fit(Value.of(5.0))).isEqualTo(new Value.DateTime(5));
        assertThat(ValueType.DATETIME.fit(new Value.DateTime(5))).isEqualTo(new Value.DateTime(5));
        assertThat(ValueType.URI.fit(Value.of("http://x"))).isEqualTo(Value.of("http://x"));
    }

    @ParameterizedTest
    @EnumSource
    void noTypeTakesWhatIsSomethingElse(ValueType type) {
        for (Value value : List.of(
                Value.Null.NULL,
                new Value.Opaque(new byte[1]),
                new Value.Nested(Fields.EMPTY),
                new Value.Sequence(List.of()),
                Value.of(Double.NaN),
                Value.of(Double.POSITIVE_INFINITY))) {
            assertThatThrownBy(() -> type.fit(value))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("must be of type " + type + ", and is a ");
        }
        if (type != ValueType.STRING && type != ValueType.URI) {
            assertThatThrownBy(() -> type.fit(Value.of("1"))).isInstanceOf(ModelException.class);
        }
        if (type != ValueType.NUMBER) {
            assertThatThrownBy(() -> type.fit(Value.of(0.5))).isInstanceOf(ModelException.class);
            assertThatThrownBy(() -> type.fit(Value.of(1e300))).isInstanceOf(ModelException.class);
        }
        assertThatThrownBy(() -> ValueType.BOOLEAN.fit(Value.of(2)))
                .hasMessage("must be of type BOOLEAN, and is a long 2");
    }
}

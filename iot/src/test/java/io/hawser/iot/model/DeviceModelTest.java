package io.hawser.iot.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.Vectors;
import io.hawser.iot.wire.Vectors.Exchange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceModelTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String HUMIDITY = "urn:com:oracle:iot:device:humidity_sensor";

    /** The model that original clients were given, and read. */
    static Fields humiditySensor() throws Exception {
        Exchange call = Vectors.calls("/deviceModels/" + HUMIDITY).findFirst().orElseThrow();
        return JSON.object(call.answer().getBytes(UTF_8));
    }

    @Test
    void readsTheModelOfTheTranscriptsAndSaysItAgain() throws Exception {
        DeviceModel model = DeviceModel.read(humiditySensor());

        assertThat(model.urn()).isEqualTo(HUMIDITY);
        assertThat(model.attribute("hum"))
                .isEqualTo(model.attribute("humidity"))
                .isPresent();
        assertThat(model.attribute("maxThreshold").orElseThrow())
                .isEqualTo(new Attribute(
                        "maxThreshold",
                        "",
                        "max",
                        ValueType.INTEGER,
                        Optional.of(new Range(BigDecimal.valueOf(60), BigDecimal.valueOf(100))),
                        true,
                        Optional.of(Value.of(80))));
        assertThat(model.action("reset").orElseThrow().argType()).isEmpty();
        assertThat(model.action("calibrate").orElseThrow().argType()).contains(ValueType.NUMBER);
        Format alert = model.format(HUMIDITY + ":too_humid").orElseThrow();
        assertThat(alert.kind()).isEqualTo(Format.Kind.ALERT);
        assertThat(alert.field("humidity")).contains(new Format.Field("humidity", "", ValueType.NUMBER, false));
        assertThat(model.attribute("")).isEmpty();
        assertThat(model.fields()).isEqualTo(humiditySensor());
        assertThat(new String(Json.write(model.fields()), UTF_8)).doesNotContain("null");
    }

    @Test
    void readsNullsAsAbsentAndNeverSaysThem() throws Exception {
        DeviceModel model =
                DeviceModel.read(json("{\"urn\":\"urn:x\",\"name\":\"X\",\"description\":null,\"created\":null,"
                        + "\"attributes\":[{\"name\":\"a\",\"alias\":null,\"type\":\"URI\",\"range\":null,\"defaultValue\":null}],"
                        + "\"actions\":null,\"formats\":[],\"links\":[7],\"userLastModified\":{}}"));

        assertThat(new String(Json.write(model.fields()), UTF_8))
                .isEqualTo(
                        "{\"urn\":\"urn:x\",\"name\":\"X\",\"system\":false,\"draft\":false,"
                                + "\"attributes\":[{\"name\":\"a\",\"type\":\"URI\",\"writable\":false}],\"actions\":[],\"formats\":[]}");
    }

    @Test
    void makesADraftThatCanBeReadAgain() throws Exception {
        DeviceModel draft = DeviceModel.draft("urn:x", 7);

        assertThat(DeviceModel.read(draft.fields())).isEqualTo(draft);
        assertThat(draft.draft()).isTrue();
    }

    @Test
    void saysADatetimeByDefaultAsMilliseconds() throws Exception {
        DeviceModel model = DeviceModel.read(
                json(
                        "{\"urn\":\"urn:x\",\"name\":\"X\",\"attributes\":[{\"name\":\"a\",\"type\":\"DATETIME\",\"defaultValue\":5}]}"));

        assertThat(model.attributes().get(0).defaultValue()).contains(new Value.DateTime(5));
        assertThat(new String(Json.write(model.fields()), UTF_8)).contains("\"defaultValue\":5}");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        ModelException refused = catchThrowableOfType(
                ModelException.class,
                () -> DeviceModel.read(json("{\"urn\":\"urn x\",\"name\":\"\",\"system\":1,\"attributes\":["
                        + "{\"type\":\"FLOAT\"},{\"name\":\"a\",\"type\":\"STRING\",\"range\":\"0,1\"},"
                        + "{\"name\":\"a\",\"type\":\"INTEGER\",\"range\":\"5,1\",\"writable\":\"no\",\"defaultValue\":\"x\"},"
                        + "{\"name\":\"b\",\"type\":\"INTEGER\",\"range\":\"0,1\",\"defaultValue\":2},7],"
                        + "\"actions\":[{\"argType\":7},{\"name\":\"c\",\"range\":\"0,1\"}],"
                        + "\"formats\":[{\"urn\":\"u\",\"name\":\"n\",\"type\":\"DATA\",\"value\":{\"fields\":[{\"name\":\"f\"}]}},"
                        + "{\"urn\":\"u\",\"type\":\"data\",\"value\":[]}]}")));

        assertThat(refused.problems())
                .containsExactly(
                        "urn holds a space, a slash, ?, # or %, which no path can say",
                        "name is empty",
                        "system is neither true nor false",
                        "attributes[4] is no object",
                        "attributes[0].name is missing",
                        "attributes[0].type is none of [NUMBER, INTEGER, STRING, BOOLEAN, DATETIME, URI]",
                        "attributes[1].range stands where there is neither NUMBER nor INTEGER",
                        "attributes[2].name is the name of another one too",
                        "attributes[2].range is not two numbers with a comma between them, the lower one first: 0,100",
                        "attributes[2].writable is neither true nor false",
                        "attributes[2].defaultValue must be of type INTEGER, and is a string",
                        "attributes[3].defaultValue is not within 0,1",
                        "actions[0].name is missing",
                        "actions[0].argType is no string",
                        "actions[1].range stands where there is neither NUMBER nor INTEGER",
                        "formats[0].value.fields[0].optional is missing",
                        "formats[0].value.fields[0].type is missing",
                        "formats[1].urn is the URN of another format too",
                        "formats[1].name is missing",
                        "formats[1].type is none of [DATA, ALERT]",
                        "formats[1].value is no object");
        assertThat(refused.reason()).startsWith("urn holds a space").contains("; name is empty; ");
    }

    @Test
    void tellsWhatAnEmptyModelLacks() {
        ModelException refused = catchThrowableOfType(
                ModelException.class, () -> DeviceModel.read(json("{\"attributes\":{},\"created\":\"x\"}")));

        assertThat(refused.problems())
                .containsExactly(
                        "urn is missing", "name is missing", "created is no integer", "attributes is no array");
    }

    @Test
    void doesNotListProblemsWithoutEnd() {
        String bad = "{\"urn\":\"urn:x\",\"name\":\"x\",\"attributes\":[" + "7,".repeat(5_000) + "7]}";

        ModelException refused = catchThrowableOfType(ModelException.class, () -> DeviceModel.read(json(bad)));

        assertThat(refused.problems()).hasSize(101).last().isEqualTo("and there is more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,100 | 0 | 100
            -90,90 | -90 | 90
            ' 1.5 , 2e3 ' | 1.5 | 2e3
            7,7 | 7 | 7
            """)
    void readsARange(String text, BigDecimal low, BigDecimal high) {
        assertThat(Range.parse(text)).contains(new Range(low, high));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "1", "1,", ",1", "2,1", "a,b", "1,2,3", "0x1,5", "NaN,1", "1;2", "0,1e9999999999"})
    void readsNoRangeFromAnythingElse(String text) {
        assertThat(Range.parse(text)).isEmpty();
    }

    @Test
    void aRangeHoldsItsEnds() {
        Range range = Range.parse("-0.1,0.1").orElseThrow();

        assertThat(range.holds(Value.of(0.1))).isTrue();
        assertThat(range.holds(Value.of(-0.1))).isTrue();
        assertThat(range.holds(Value.of(Math.nextUp(0.1)))).isFalse();
        assertThat(range.holds(Value.of(0))).isTrue();
        assertThat(range.holds(Value.of(1))).isFalse();
        assertThat(range.holds(Value.of(Double.NaN))).isFalse();
        assertThat(range.holds(Value.of("0"))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(BigDecimal.TEN, BigDecimal.ONE));
    }

    @Test
    void randomModelsComeBackEqual() throws Exception {
        for (int seed = 0; seed < 1_000; seed++) {
            DeviceModel model = random(new Random(seed));
            byte[] body = Json.write(model.fields());
            assertThat(DeviceModel.read(JSON.object(body)))
                    .as("seed %d: %s", seed, new String(body, UTF_8))
                    .isEqualTo(model);
        }
    }

    private static DeviceModel random(Random random) {
        List<Attribute> attributes = new ArrayList<>();
        List<Action> actions = new ArrayList<>();
        List<Format> formats = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            ValueType type = one(random, ValueType.values());
            Optional<Range> range = Optional.of(new Range(
                            BigDecimal.valueOf(-random.nextInt(9)), BigDecimal.valueOf(random.nextDouble() + 7)))
                    .filter(any -> type.numeric() && random.nextBoolean());
            Value value =
                    switch (type) {
                        case NUMBER -> Value.of(random.nextInt(14) / 2.0);
                        case INTEGER -> Value.of(random.nextInt(7));
                        case STRING, URI -> Value.of("\"{\u00e9\n");
                        case BOOLEAN -> Value.of(random.nextBoolean());
                        case DATETIME -> new Value.DateTime(random.nextLong());
                    };
            Optional<Value> byDefault = Optional.of(value).filter(any -> random.nextBoolean());
            attributes.add(new Attribute("a" + i, "b", text(random), type, range, random.nextBoolean(), byDefault));
            actions.add(new Action("x" + i, text(random), "", Optional.of(type), range));
            formats.add(new Format(
                    "urn:f" + i,
                    "f",
                    text(random),
                    one(random, Format.Kind.values()),
                    List.of(new Format.Field("g", text(random), type, random.nextBoolean()))));
        }
        return new DeviceModel(
                "urn:x",
                "\u00fc",
                text(random),
                random.nextBoolean(),
                random.nextBoolean(),
                OptionalLong.of(random.nextLong()),
                OptionalLong.empty(),
                attributes,
                actions,
                formats);
    }

    private static <T> T one(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }

    private static String text(Random random) {
        return random.nextBoolean() ? "" : "text " + random.nextInt();
    }

    private static Fields json(String text) throws Exception {
        return JSON.object(text.getBytes(UTF_8));
    }
}

package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    @Test
    void readsEachKindOfValueAndSaysItAgain() throws Exception {
        String text =
                "{\"s\":\"\\u00e4\\\"\\\\\\n\\u0000\uD83D\uDE80\",\"i\":-9223372036854775808,\"d\":0.5,\"b\":true,\"n\":null,\"l\":[1,[],{}],\"m\":{\"x\":false}}";

        Fields fields = JSON.object(text.getBytes(UTF_8));

        assertThat(fields.get("i")).contains(Value.of(Long.MIN_VALUE));
        assertThat(fields.get("l"))
                .contains(new Value.Sequence(
                        List.of(Value.of(1), new Value.Sequence(List.of()), new Value.Nested(Fields.EMPTY))));
        assertThat(JSON.object(Json.write(fields))).isEqualTo(fields);
        assertThat(new String(Json.write(fields), UTF_8))
                .startsWith("{\"s\":\"\u00e4\\\"\\\\\\n\\u0000\uD83D\uDE80\",\"i\":-9");
    }

    /** Java's library writes integral doubles so ({@code specs/iot.md} 1.7.2). */
    @ParameterizedTest
    @CsvSource({
        "42.0, 42",
        "-3.0, -3",
        "10000000.0, 10000000",
        "9007199254740991.0, 9007199254740991",
        "9007199254740992.0, 9.007199254740992E15",
        "0.0, 0",
        "-0.0, -0.0",
        "0.1, 0.1",
        "1e300, 1.0E300"
    })
    void writesDoubles(double number, String text) throws Exception {
        assertThat(Json.text(Value.of(number))).isEqualTo(text);
        Value again = JSON.read(text);
        double said = again instanceof Value.Int integer ? integer.value() : ((Value.Real) again).value();
        assertThat(said).isEqualTo(number);
    }

    @Test
    void takesAnIntegerBeyond64BitsForADouble() throws Exception {
        assertThat(JSON.read("9223372036854775808")).isEqualTo(Value.of(0x1p63));
        assertThat(JSON.read("9223372036854775807")).isEqualTo(Value.of(Long.MAX_VALUE));
    }

    @Test
    void escapesHalfACharacterAndRefusesItInANameAsTheParserDoes() throws Exception {
        assertThat(Json.text(Value.of("a\ud800"))).isEqualTo("\"a\\ud800\"");
        assertThat(JSON.read("\"a\\ud800\"")).isEqualTo(Value.of("a\ud800"));
        assertThatThrownBy(() -> JSON.read("{\"a\\ud800\":1}")).isInstanceOf(ProtocolException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.text(new Value.Nested(Fields.of("a\udc00", Value.of(1)))));
    }

    @Test
    void hasNoWordForWhatIsNotFinite() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.text(Value.of(Double.NaN)));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.text(Value.of(Double.NEGATIVE_INFINITY)));
    }

    @Test
    void saysBytesInBase64AndTimesInMilliseconds() {
        assertThat(Json.text(new Value.Opaque(new byte[] {1, 2, 3}))).isEqualTo("\"AQID\"");
        assertThat(Json.text(new Value.DateTime(-5))).isEqualTo("-5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "NaN",
                "[NaN]",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                "1.",
                ".5",
                "0x10",
                "1e999",
                "-1e999",
                "'a'",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "[1",
                "{\"a\":1",
                "\"abc",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "{} {}",
                "[]]",
                "1 2",
                "// a\n1",
                "/* a */ 1",
                "# a\n1",
                "\ufeff{}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"b\":{\"c\":1,\"c\":1}}]",
                "True",
                "undefined",
                "{1:2}",
                "{null:1}"
            })
    void refusesWhatIsNotStrictJson(String text) {
        assertThatThrownBy(() -> JSON.read(text.getBytes(UTF_8)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageMatching(".{10,200}");
    }

    /** Overlong, half, beyond Unicode, surrogates, Latin 1, UTF-16. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c0\u00af",
                "\u00e2\u0082",
                "\u00f4\u0090\u0080\u0080",
                "\u00ed\u00a0\u0080",
                "\u00e4",
                "\u00ff\u00fe"
            })
    void refusesWhatIsNotUtf8(String latin1) {
        byte[] bytes = ("\"" + latin1 + "\"").getBytes(ISO_8859_1);

        assertThatThrownBy(() -> JSON.read(bytes)).hasMessage("the body is not valid UTF-8");
    }

    @Test
    void takesAReplacementCharacterThatWasSent() throws Exception {
        assertThat(JSON.read("\"\ufffd\"".getBytes(UTF_8))).isEqualTo(Value.of("\ufffd"));
    }

    /** Each limit holds what it says, and one more is refused. */
    @Test
    void keepsItsLimits() throws Exception {
        Json json = new Json(new IotLimits(400, 1, 5, 10, 30, 25, 1));
        atMost(json, "[[[[[1]]]]]", "[[[[[[1]]]]]]");
        atMost(json, "\"" + "a".repeat(30) + "\"", "\"" + "a".repeat(31) + "\"");
        atMost(json, "{\"" + "a".repeat(10) + "\":1}", "{\"" + "a".repeat(11) + "\":1}");
        atMost(json, "1".repeat(25), "1".repeat(26));
        atMost(json, "[" + " ".repeat(398) + "]", "[" + " ".repeat(399) + "]");
    }

    @Test
    void refusesDepthAtOnce() {
        byte[] deep = "[".repeat(1_000_000).getBytes(UTF_8);

        assertThatThrownBy(() -> JSON.read(deep))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("too deep");
    }

    private static void atMost(Json json, String most, String tooMuch) throws ProtocolException {
        assertThat(json.read(most.getBytes(UTF_8))).isNotNull();
        assertThatThrownBy(() -> json.read(tooMuch.getBytes(UTF_8))).isInstanceOf(ProtocolException.class);
    }
}

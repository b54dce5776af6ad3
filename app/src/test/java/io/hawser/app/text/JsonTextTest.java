package io.hawser.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields to plain JSON and back. */
class JsonTextTest {
    @Test
    void writesEveryKindOfValue() {
        Fields fields = Fields.builder()
                .put("s", "a \"b\" \\ é 😀")
                .put("n", 7)
                .put("d", 3.0)
                .put("nan", Double.NaN)
                .put("b", Value.of(true))
                .put("t", new Value.DateTime(1_500))
                .put("o", new Value.Opaque(new byte[] {1, 2, 3}))
                .put("m", new Value.Nested(Fields.of("x", Value.of(1))))
                .put("l", new Value.Sequence(List.of(Value.of(1), Value.of("a"))))
                .put("null", Value.Null.NULL)
                .build();

        assertThat(JsonText.write(fields))
                .isEqualTo(
                        "{\"s\":\"a \\\"b\\\" \\\\ é 😀\",\"n\":7,\"d\":3.0,\"nan\":\"NaN\",\"b\":true,"
                                + "\"t\":\"1970-01-01T00:00:01.500Z\",\"o\":\"AQID\",\"m\":{\"x\":1},\"l\":[1,\"a\"],\"null\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"s\":\"a\",\"n\":-1,\"d\":1.5,\"b\":false,\"x\":null,\"m\":{\"a\":{\"b\":1}},\"l\":[1,[2],{\"a\":3}]}"
            })
    void writesWhatItReads(String json) {
        assertThat(JsonText.write(JsonText.read(json))).isEqualTo(json);
    }

    @Test
    void readsIntegersBeyond64BitsAsText() {
        assertThat(JsonText.read("{\"n\":9223372036854775808}")).hasToString("{n=\"9223372036854775808\"}");
    }

    @Test
    void sizeCountsBytesNotCharacters() {
        assertThat(JsonText.size(Fields.of("a", Value.of("é")))).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []            | not a JSON object: it must begin with '{'
            7             | not a JSON object: it must begin with '{'
            {             | not a JSON object: Unexpected end-of-input: expected close marker for Object (column 2)
            {} {}         | not a JSON object: something follows its last '}'
            {"a":1,"a":2} | not a JSON object: Duplicate field 'a' (column 11)
            """)
    void saysWhyItIsNoObject(String json, String reason) {
        assertThatThrownBy(() -> JsonText.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"}", "{a:1}", "{\"a\":01}", "{\"a\":\u001b}", "{\"a\":NaN}"})
    void refusesWhatIsMalformed(String json) {
        assertThatThrownBy(() -> JsonText.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a JSON object")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThatThrownBy(() -> JsonText.read("{\"a\":".repeat(100) + "1" + "}".repeat(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64");
    }
}

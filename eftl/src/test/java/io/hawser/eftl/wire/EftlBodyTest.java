package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EftlBodyTest {
    private final EftlBody bodies = new EftlCodec(EftlLimits.DEFAULT).bodies();

    private Body decode(String json) throws ProtocolException {
        return bodies.decode(json.getBytes(UTF_8));
    }

    private String again(String json) throws ProtocolException {
        return new String(decode(json).json(), UTF_8);
    }

    private Value value(String json) throws ProtocolException {
        return decode("{\"v\":" + json + "}").fields().get("v").orElseThrow();
    }

    @Test
    void readsEveryKind() throws Exception {
        assertThat(value("\"é€😀 \\\"q\\\" \\\\ \\n\"")).isEqualTo(Value.of("é€😀 \"q\" \\ \n"));
        assertThat(value("9223372036854775807")).isEqualTo(Value.of(Long.MAX_VALUE));
        assertThat(value("{\"_d_\":1.5}")).isEqualTo(Value.of(1.5));
        assertThat(value("{\"_m_\":1700000000123}")).isEqualTo(new Value.DateTime(1700000000123L));
        assertThat(value("{\"_o_\":\"AAEC/w==\"}")).isEqualTo(new Value.Opaque(new byte[] {0, 1, 2, -1}));
        assertThat(value("{\"inner\":\"x\"}")).isEqualTo(new Value.Nested(Fields.of("inner", Value.of("x"))));
        assertThat(value("[{\"_d_\":1.5},{\"_d_\":\"NaN\"}]"))
                .isEqualTo(new Value.Sequence(List.of(Value.of(1.5), Value.of(Double.NaN))));
        assertThat(value("[]")).isEqualTo(new Value.Sequence(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "Infinity, Infinity",
        "Inf, Infinity",
        "+Inf, Infinity",
        "+Infinity, Infinity",
        "-Infinity, -Infinity",
        "-Inf, -Infinity"
    })
    void readsEverySpellingOfSpecialDoublesAndWritesOne(String spelling, double expected) throws Exception {
        assertThat(value("{\"_d_\":\"" + spelling + "\"}")).isEqualTo(Value.of(expected));
        assertThat(again("{\"v\":{\"_d_\":\"" + spelling + "\"}}")).isEqualTo("{\"v\":{\"_d_\":\"" + expected + "\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "1e+15, 1000000000000000",
        "9.2233720368547758e+18, 9223372036854775807",
        "-9.2233720368547758e+18, -9223372036854775808",
        "1e999, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "-99999999999999999999, -9223372036854775808",
        "2.9, 2",
        "-2.9, -2"
    })
    void longsOfTheCClientBecomePlainIntegers(String spelling, long expected) throws Exception {
        assertThat(value(spelling)).isEqualTo(Value.of(expected));
        assertThat(again("{\"v\":" + spelling + "}")).isEqualTo("{\"v\":" + expected + "}");
    }

    /** Left what came in, right what goes out; `=` is: the same bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"d\":{\"_d_\":3}} {\"d\":{\"_d_\":3.0}}",
                "{\"d\":{\"_d_\":1e999}} {\"d\":{\"_d_\":\"Infinity\"}}",
                "{\"d\":[{\"_d_\":3},{\"_d_\":2.5}]} {\"d\":[{\"_d_\":3.0},{\"_d_\":2.5}]}",
                "{\"t\":{\"_m_\":1.7e12}} {\"t\":{\"_m_\":1700000000000}}",
                "{\"o\":{\"_o_\":\"AAEC/w\"}} {\"o\":{\"_o_\":\"AAEC/w==\"}}",
                "{\"d\":{\"_d_\":1.5,\"x\":1}} {\"d\":{\"_d_\":1.5}}",
                "{\"d\":{\"x\":1,\"_d_\":1.5}} {\"d\":{\"_d_\":1.5}}",
                "{\"d\":{\"_d_\":1.5,\"_m_\":1}} {\"d\":{\"_m_\":1}}",
                "{\"b\":true,\"c\":false} {\"b\":1,\"c\":0}",
                "{\"b\":[true,false]} {\"b\":[1,0]}",
                "{\"a\":null} {}",
                "{\"a\":null,\"b\":1,\"c\":null} {\"b\":1}",
                "{\"a\":[null,null]} {\"a\":[]}",
                "{\"a\":[1,\"x\",{\"_d_\":2.0}]} {\"a\":{\"0\":1,\"1\":\"x\",\"2\":{\"_d_\":2.0}}}",
                "{\"a\":[1,null,2]} {\"a\":{\"0\":1,\"2\":2}}",
                "{\"a\":[[1,2],[3]]} {\"a\":{\"0\":[1,2],\"1\":[3]}}",
                "{\"a\":[[[1]]]} {\"a\":{\"0\":{\"0\":[1]}}}",
                "{\"a\":1,\"b\":2,\"a\":3} {\"a\":3,\"b\":2}",
                "{\"a\":\"\\u2028\",\"b\":true} {\"a\":\"\\u2028\",\"b\":1}",
                "{\"a\":\"\\u00e9\\u0001\\/\",\"b\":true} {\"a\":\"é\\u0001/\",\"b\":1}",
                "{\"a\":\"\\ud83d\\ude00\\ud800\",\"b\":true} {\"a\":\"😀\\ud800\",\"b\":1}",
            })
    void whatNotEveryClientReadsIsWrittenAnew(String row) throws Exception {
        String[] parts = row.split(" ", 2);
        assertThat(again(parts[0])).isEqualTo(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"l\" : 7 , \"s\": \"\\u00e9\" }",
                "{\"d\":{\"_d_\":1.5},\"e\":{\"_d_\": 1.0E-300},\"n\":{\"_d_\":\"NaN\"}}",
                "{\"la\":[1,2],\"sa\":[\"a\",\"b\"],\"ma\":[{\"i\":1},{\"i\":\"x\"}],\"dta\":[{\"_m_\":1},{\"_m_\":2}],\"e\":[]}",
                "{\"o\":{\"_o_\":\"AAEC/w==\"},\"m\":{\"x\":{}}}",
                "{\"lo\":-9223372036854775808,\"hi\":9223372036854775807}",
            })
    void whatEveryClientReadsIsHandedOnAsItIs(String json) throws Exception {
        assertThat(again(json)).isEqualTo(json);
    }

    @Test
    void onlyTheBodyIsCutOutOfAFrame() throws Exception {
        ClientFrame.Publish frame = (ClientFrame.Publish) new EftlCodec(EftlLimits.DEFAULT)
                .readClient("{\"x\":\"é\" , \"body\" :\n {\"a\": \"€\"} ,\"op\":8}".getBytes(UTF_8));

        assertThat(new String(frame.body().json(), UTF_8)).isEqualTo("{\"a\": \"€\"}");
    }

    @Test
    void foreignKindsKeepTheirKindOnTheBus() throws Exception {
        assertThat(value("true")).isEqualTo(Value.Bool.TRUE);
        assertThat(value("null")).isEqualTo(Value.Null.NULL);
        assertThat(value("[1,\"x\"]")).isEqualTo(new Value.Sequence(List.of(Value.of(1), Value.of("x"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_d_", "_m_", "_o_", "a\ud800", "\udc00"})
    void namesThatCannotBeSaidAreNotWritten(String name) {
        assertThatThrownBy(() -> bodies.encode(Fields.of(name, Value.of(1))))
                .isInstanceOfSatisfying(ProtocolException.class, refused -> assertThat(refused.code())
                        .isEqualTo(11));
    }
}

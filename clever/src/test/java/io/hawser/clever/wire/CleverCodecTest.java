package io.hawser.clever.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.bytes.RandomValues;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleverCodecTest {
    private static final CleverCodec CODEC = new CleverCodec(CleverLimits.DEFAULT);

    /** As Python's {@code json.dumps} writes them. */
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "0.1, 0.1",
        "100.0, 100.0",
        "1.2345678901234567E8, 123456789.01234567",
        "1795223540.52162, 1795223540.52162",
        "1E15, 1000000000000000.0",
        "1E16, 1e+16",
        "1.5E300, 1.5e+300",
        "1E-4, 0.0001",
        "1E-5, 1e-05",
        "-2.5E-10, -2.5e-10",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity"
    })
    void numbersAreWrittenAsPythonWritesThem(double number, String text) throws Exception {
        assertThat(json(Value.of(number))).isEqualTo(text);
    }

    @Test
    void textIsWrittenAsPythonWritesIt() throws Exception {
        assertThat(json(Value.of("a\"\\\n\r\t\b\f\u0001\u001f\u007f\u2028\u043a\uD83D\uDE81/")))
                .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u001f\u007f\u2028\u043a\uD83D\uDE81/\"");
        assertThat(json(Value.of("x\uD800y"))).isEqualTo("\"x\\ud800y\"");
        assertThat(json(new Value.DateTime(1_795_223_540_521L))).isEqualTo("1795223540.521");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "123456789012345678901234567890123456789012345678901234567890"
            })
    void integersOfAnySizeSurvive(String digits) throws Exception {
        Value big = BigIntegers.of(new BigInteger(digits));
        assertThat(json(big)).isEqualTo(digits);
        assertThat(arg(digits)).isEqualTo(big);
        assertThat(BigIntegers.in(big)).contains(new BigInteger(digits));
    }

    @Test
    void aLongIsNoBigInteger() throws Exception {
        assertThat(BigIntegers.of(BigInteger.valueOf(Long.MIN_VALUE))).isEqualTo(Value.of(Long.MIN_VALUE));
        Value alike = new Value.Nested(Fields.of("_int_", Value.of("5")));
        assertThat(json(alike)).isEqualTo("{\"_int_\": \"5\"}");
        assertThat(BigIntegers.in(alike)).isEmpty();
        assertThat(arg("1e400")).isEqualTo(Value.of(Double.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INF",
                "-INF",
                "+Infinity",
                "nan",
                "01",
                "1.",
                ".5",
                "+1",
                "'a'",
                "[1,]",
                "{\"a\":1,}",
                "undefined",
                "\"\t\""
            })
    void whatPythonDoesNotReadIsRefused(String json) {
        assertThatThrownBy(() -> arg(json)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void randomFramesComeBackAsTheyWent() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RandomValues values = new RandomValues(random);
        for (int i = 0; i < 2_000; i++) {
            CleverFrame frame = frame(random, values);
            byte[] bytes;
            try {
                bytes = CODEC.write(frame);
            } catch (ProtocolException unsayable) {
                assertThat(unsayable.reason())
                        .as("seed %d", seed)
                        .matches("(bytes cannot be said|a name holds half).*");
                continue;
            }
            CleverFrame read = GoldenFramesTest.read(bytes);
            assertThat(CODEC.write(read)).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    private static CleverFrame frame(Random random, RandomValues values) {
        List<Value> args = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            args.add(values.value(3));
        }
        Optional<String> extra = random.nextBoolean() ? Optional.of("x" + values.text()) : Optional.empty();
        return switch (random.nextInt(4)) {
            case 0 -> new CleverFrame.Action("a" + values.text(), args, values.fields(3), extra);
            case 1 -> new CleverFrame.Request(values.text(), values.value(2), args, values.fields(3), extra);
            case 2 -> new CleverFrame.Response(values.text(), values.value(2), values.value(3), extra);
            default ->
                new CleverFrame.Extra(
                        List.of(ExtraKind.values()).get(random.nextInt(ExtraKind.values().length)),
                        values.text(),
                        values.fields(2));
        };
    }

    @Test
    void streamsAreHeadersAlone() throws Exception {
        for (CleverFrame.Stream frame : List.of(
                new CleverFrame.Push("a/b", 1L << 33),
                new CleverFrame.FileAnswer(Value.of(7), 0),
                new CleverFrame.Chunk("0f", 5, 6))) {
            byte[] bytes = CODEC.write(frame);
            CleverHead head = CODEC.head(java.util.Arrays.copyOfRange(bytes, 2, bytes.length));
            assertThat(head.stream()).contains(frame);
            assertThat(head.length()).isEqualTo(frame.length());
        }
    }

    @Test
    void limitsHoldAtTheLimitAndNotBeyond() throws Exception {
        CleverCodec small = new CleverCodec(new CleverLimits(100, 1_000, 5, 10));
        assertThat(small.head(header("message", "json", 100)).length()).isEqualTo(100);
        refuses(small, header("message", "json", 101), "longer than the limit of 100");
        assertThat(small.head(header("message", "binary", 1_000)).length()).isEqualTo(1_000);
        refuses(small, header("message", "binary", 1_001), "longer than the limit of 1000");
        CleverHead head = small.head(header("message", "json", 50, "x"));
        assertThat(small.read(head, bytes("{\"args\": [[[[]]]], \"kwargs\": {}}")))
                .isNotNull();
        assertThatThrownBy(() -> small.read(head, bytes("{\"args\": [[[[[]]]]], \"kwargs\": {}}")))
                .hasMessageContaining("nested too deep");
        assertThat(small.read(head, bytes("{\"args\": [1234567890], \"kwargs\": {}}")))
                .isNotNull();
        assertThatThrownBy(() -> small.read(head, bytes("{\"args\": [12345678901], \"kwargs\": {}}")))
                .hasMessageContaining("too long a number");
    }

    private static void refuses(CleverCodec codec, byte[] header, String why) {
        assertThatThrownBy(() -> codec.head(header)).hasMessageContaining(why);
    }

    private static byte[] header(String type, String content, long length) {
        return header(type, content, length, "filetransfer".substring(content.equals("json") ? 1 : 0));
    }

    private static byte[] header(String type, String content, long length, String action) {
        return bytes("{\"byteorder\": 1, \"content-type\": \"" + content + "\", \"content-encoding\": \"utf-8\","
                + "\"message-type\": \"" + type + "\", \"action\": \"" + action + "\", \"filepath\": \"f\","
                + "\"content-length\": " + length + "}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** How {@code value} is written. */
    private static String json(Value value) throws ProtocolException {
        byte[] frame = CODEC.write(new CleverFrame.Action("x", List.of(value), Fields.EMPTY, Optional.empty()));
        String text = new String(frame, UTF_8);
        return text.substring(text.indexOf("{\"args\": [") + 10, text.length() - "], \"kwargs\": {}}".length());
    }

    /** How {@code json} is read. */
    private static Value arg(String json) throws ProtocolException {
        CleverFrame frame = CODEC.read(
                CODEC.head(header("message", "json", 1, "x")), bytes("{\"args\": [" + json + "], \"kwargs\": {}}"));
        return ((CleverFrame.Action) frame).args().get(0);
    }
}

package io.hawser.clever.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The frames of both Pythons in {@code vectors/frames.json}: understood, and those of Python 3 written byte for byte. */
class GoldenFramesTest {
    private static final CleverCodec CODEC = new CleverCodec(CleverLimits.DEFAULT);

    @Test
    void bothPythonsSayTheSame() throws Exception {
        Map<String, Map<String, byte[]>> all = vectors();
        assertThat(all).hasSize(16);
        for (Map.Entry<String, Map<String, byte[]>> vector : all.entrySet()) {
            Map<String, byte[]> pythons = vector.getValue();
            assertThat(pythons).as(vector.getKey()).containsOnlyKeys("py3", "py27");
            CleverFrame frame = read(Objects.requireNonNull(pythons.get("py3")));
            assertThat(frame).as(vector.getKey()).isNotInstanceOf(CleverFrame.Ignored.class);
            assertThat(read(Objects.requireNonNull(pythons.get("py27"))))
                    .as(vector.getKey())
                    .isEqualTo(frame);
        }
    }

    @Test
    void weWriteWhatPython3Writes() throws Exception {
        for (Map.Entry<String, Map<String, byte[]>> vector : vectors().entrySet()) {
            byte[] python = Objects.requireNonNull(vector.getValue().get("py3"));
            byte[] written = CODEC.write(read(python));
            boolean resent = vector.getKey().equals("request_resent_bug");
            byte[] expected = Arrays.copyOf(python, resent ? python.length : written.length);
            if (resent) {
                assertThat(new String(written, java.nio.charset.StandardCharsets.UTF_8))
                        .contains("\"args\": [], \"kwargs\": {}");
            } else {
                assertThat(written).as(vector.getKey()).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsInThemIsUnderstood() throws Exception {
        Map<String, Map<String, byte[]>> all = vectors();
        assertThat(read(py3(all, "action_start")))
                .isEqualTo(new CleverFrame.Action(
                        "start", List.of(), Fields.of("time", Value.of("1700000123.5")), Optional.empty()));
        assertThat(read(py3(all, "request_resent_bug"))).isInstanceOfSatisfying(CleverFrame.Request.class, request -> {
            assertThat(request.args()).isEmpty();
            assertThat(request.kwargs().isEmpty()).isTrue();
        });
        assertThat(read(py3(all, "send_file"))).isEqualTo(new CleverFrame.Push("animation.csv", 23));
        assertThat(read(py3(all, "response_empty_file"))).isEqualTo(new CleverFrame.FileAnswer(Value.of("0123"), 0));
        assertThat(read(py3(all, "response_null")))
                .isEqualTo(new CleverFrame.Response("x", Value.of("0007"), Value.Null.NULL, Optional.empty()));
        CleverFrame.Action telemetry = (CleverFrame.Action) read(py3(all, "action_telemetry_nan"));
        assertThat(telemetry.kwargs()).hasToString("{value={battery=[NaN, Infinity]}}");
    }

    private static byte[] py3(Map<String, Map<String, byte[]>> all, String name) {
        return Objects.requireNonNull(Objects.requireNonNull(all.get(name)).get("py3"));
    }

    static CleverFrame read(byte[] frame) throws ProtocolException {
        int length = ((frame[0] & 0xff) << 8) | (frame[1] & 0xff);
        CleverHead head = CODEC.head(Arrays.copyOfRange(frame, 2, 2 + length));
        byte[] content = Arrays.copyOfRange(frame, 2 + length, frame.length);
        assertThat(head.length()).isEqualTo(content.length);
        return head.stream().isPresent() ? head.stream().get() : CODEC.read(head, content);
    }

    private static Map<String, Map<String, byte[]>> vectors() throws IOException {
        Map<String, Map<String, byte[]>> all = new LinkedHashMap<>();
        try (InputStream in =
                        Objects.requireNonNull(GoldenFramesTest.class.getResourceAsStream("/vectors/frames.json"));
                JsonParser parser = new JsonFactory().createParser(in)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                Map<String, byte[]> pythons = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String python = parser.currentName();
                    parser.nextToken();
                    pythons.put(python, HexFormat.of().parseHex(parser.getText()));
                }
                all.put(name, pythons);
            }
        }
        return all;
    }
}

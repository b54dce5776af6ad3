package io.hawser.iot.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ModelFileTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String ONE = "{\"urn\":\"urn:a\",\"name\":\"A\"}";
    private static final String TWO = "{\"urn\":\"urn:b\",\"name\":\"B\"}";

    @Test
    void readsOneModelSeveralAndAPageOfThem() throws Exception {
        assertThat(urns(ONE.getBytes(UTF_8))).containsExactly("urn:a");
        assertThat(urns(("[" + ONE + "," + TWO + "]").getBytes(UTF_8))).containsExactly("urn:a", "urn:b");
        assertThat(urns(("{\"items\":[" + TWO + "],\"hasMore\":false}").getBytes(UTF_8)))
                .containsExactly("urn:b");
    }

    /** The shape of exports of the original server 18.3.5: a zip file in a zip file. */
    @Test
    void readsAnExport() throws Exception {
        byte[] application = zip(Map.of(
                "META-INF/MANIFEST.MF", "Manifest-Version: 1.0".getBytes(UTF_8),
                "content/application.json",
                        ("{\"application\":{\"id\":\"47D3\"},\"deviceModels\":[" + ONE
                                        + "],\"referencedDeviceModels\":[" + TWO + "]}")
                                .getBytes(UTF_8),
                "content/settings.json", "not json".getBytes(UTF_8)));
        byte[] export = zip(Map.of("META-INF/IOT.SF", new byte[9], "content/applications/47D3.iot", application));

        assertThat(urns(export)).containsExactly("urn:a", "urn:b");
        assertThat(urns(application)).containsExactly("urn:a", "urn:b");
    }

    @Test
    void tellsAFileWithoutModels() throws Exception {
        for (byte[] file : List.of(
                "[]".getBytes(UTF_8),
                "7".getBytes(UTF_8),
                zip(Map.of("a", new byte[1])),
                zip(Map.of("content/application.json", "{}".getBytes(UTF_8))))) {
            assertThatThrownBy(() -> ModelFile.read(file, JSON)).hasMessage("there is no device model in the file");
        }
    }

    @Test
    void tellsADamagedExport() throws Exception {
        byte[] export = zip(Map.of("content/application.json", ("{\"deviceModels\":[" + ONE + "]}").getBytes(UTF_8)));

        for (int cut = 30; cut < 90; cut += 7) {
            byte[] damaged = Arrays.copyOf(export, cut);
            assertThatThrownBy(() -> ModelFile.read(damaged, JSON)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void unpacksNoMoreThanItMay() throws Exception {
        byte[] bomb = zip(Map.of("a", new byte[20 << 20], "b", new byte[20 << 20]));
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i <= 1_000; i++) {
            many.put("entry-" + i, new byte[0]);
        }
        byte[] crowd = zip(many);

        assertThatThrownBy(() -> ModelFile.read(bomb, JSON))
                .hasMessage("the export has more than 33554432 bytes when unpacked");
        assertThatThrownBy(() -> ModelFile.read(crowd, JSON)).hasMessage("the export has more than 1000 entries");
    }

    @Test
    void unpacksZipFilesInZipFilesOnceOnly() throws Exception {
        byte[] deep = zip(Map.of("content/application.json", ("{\"deviceModels\":[" + ONE + "]}").getBytes(UTF_8)));
        for (int i = 0; i < 3; i++) {
            deep = zip(Map.of("x.iot", deep));
        }
        byte[] file = deep;

        assertThatThrownBy(() -> ModelFile.read(file, JSON)).hasMessage("there is no device model in the file");
    }

    private static List<String> urns(byte[] file) throws ProtocolException {
        return ModelFile.read(file, JSON).stream()
                .map((Fields model) -> model.string("urn").orElseThrow())
                .toList();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}

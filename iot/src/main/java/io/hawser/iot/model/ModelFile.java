package io.hawser.iot.model;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Device models in a file: one model as JSON, several in an array or as {@code items}, or an export of an application by the
 * original server ({@code *.iot}).
 *
 * <pre>
 *   export      a zip file with   content/applications/*.iot   one a application, zip files again, each with
 *                                 content/application.json     whose members deviceModels and referencedDeviceModels are arrays of models
 * </pre>
 */
public final class ModelFile {
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_BYTES = 32 << 20;
    private static final int ZIP_IN_ZIP = 2;
    private static final String APPLICATION = "content/application.json";

    private final Json json;
    private final List<Fields> models = new ArrayList<>();
    private int entries;
    private long bytes;

    private ModelFile(Json json) {
        this.json = json;
    }

    /**
     * The models in {@code file}, as they stand there; {@link DeviceModel#read} then tells what is wrong with each.
     *
     * @throws ProtocolException if there is no model in it, or it cannot be read
     */
    public static List<Fields> read(byte[] file, Json json) throws ProtocolException {
        ModelFile reader = new ModelFile(json);
        if (file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 && file[3] == 4) {
            try {
                reader.unzip(file, ZIP_IN_ZIP);
            } catch (IOException | IllegalArgumentException damaged) {
                throw ProtocolException.of("the export is damaged; export it again");
            }
        } else {
            reader.take(json.read(file));
        }
        if (reader.models.isEmpty()) {
            throw ProtocolException.of("there is no device model in the file");
        }
        return List.copyOf(reader.models);
    }

    private void unzip(byte[] zip, int deep) throws IOException, ProtocolException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw ProtocolException.of("the export has more than " + MOST_ENTRIES + " entries");
                }
                String name = entry.getName();
                byte[] content = in.readNBytes(MOST_BYTES + 1);
                bytes += content.length;
                if (bytes > MOST_BYTES) {
                    throw ProtocolException.of("the export has more than " + MOST_BYTES + " bytes when unpacked");
                }
                if (name.endsWith(".iot") && deep > 1) {
                    unzip(content, deep - 1);
                } else if (name.equals(APPLICATION)) {
                    Fields application = json.object(content);
                    application.get("deviceModels").ifPresent(this::takeAll);
                    application.get("referencedDeviceModels").ifPresent(this::takeAll);
                }
            }
        }
    }

    private void take(Value value) {
        if (value instanceof Value.Nested nested) {
            Fields fields = nested.fields();
            if (fields.has("items")) {
                takeAll(fields.get("items").orElseThrow());
            } else if (fields.has("deviceModels")) {
                takeAll(fields.get("deviceModels").orElseThrow());
            } else {
                models.add(fields);
            }
        } else {
            takeAll(value);
        }
    }

    private void takeAll(Value value) {
        if (value instanceof Value.Sequence list) {
            for (Value each : list.values()) {
                if (each instanceof Value.Nested nested) {
                    models.add(nested.fields());
                }
            }
        }
    }
}

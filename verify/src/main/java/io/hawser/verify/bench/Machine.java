package io.hawser.verify.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Says in the JSON of every benchmark what it ran on. */
public final class Machine {
    private Machine() {}

    /** Writes the fields {@code machine} and {@code versions}: Java's, and those of every system that took part. */
    public static void write(JsonGenerator json, Map<String, String> versions) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeNumberField("cores", Runtime.getRuntime().availableProcessors());
        json.writeStringField("memory", memory());
        json.writeStringField("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.writeEndObject();
        json.writeObjectFieldStart("versions");
        json.writeStringField("java", Runtime.version().toString());
        for (Map.Entry<String, String> version : versions.entrySet()) {
            json.writeStringField(version.getKey(), version.getValue());
        }
        json.writeEndObject();
    }

    /** What Linux says of its memory, for example {@code MemTotal: 24689764 kB}. */
    private static String memory() throws IOException {
        Path linux = Path.of("/proc/meminfo");
        return Files.exists(linux) ? Files.readAllLines(linux).get(0).replaceAll(" +", " ") : "unknown";
    }
}

package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The captured conversations under {@code vectors/}. */
final class Vectors {
    static final List<String> FILES = List.of(
            "java.jsonl",
            "js-auth.jsonl",
            "js-dup.jsonl",
            "js-noresume.jsonl",
            "js-proto0.jsonl",
            "js-timeout.jsonl",
            "js.jsonl",
            "python.jsonl");

    private Vectors() {}

    /** What the original clients sent, in all files. */
    static Stream<String> clientLines() {
        return FILES.stream().flatMap(file -> clientLines(file).stream());
    }

    private static List<String> clientLines(String file) {
        List<String> found = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file))) {
            for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                if (member(line, "d").equals("C>S")) {
                    found.add(member(line, "m"));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
        return found;
    }

    private static String member(String line, String wanted) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals(wanted) && token == JsonToken.VALUE_STRING) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
        }
        return "";
    }
}

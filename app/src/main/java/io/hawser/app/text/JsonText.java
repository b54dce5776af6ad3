package io.hawser.app.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Fields as the plain JSON that people type and read: on one line, and fit for a terminal ({@link SafeText}).
 *
 * <p>Written, a datetime is an ISO 8601 string, opaque bytes are a base64 string, and a double that is no number is a
 * string. Read, an integer beyond 64 bits is a string.
 */
public final class JsonText {
    /** Objects in objects: deeper is refused. */
    private static final int DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();

    private JsonText() {}

    /** How many bytes {@code fields} take as JSON in UTF-8. */
    public static int size(Fields fields) {
        return write(fields).getBytes(StandardCharsets.UTF_8).length;
    }

    /** {@code fields} as a JSON object. */
    public static String write(Fields fields) {
        StringBuilder json = new StringBuilder();
        object(json, fields);
        return json.toString();
    }

    /** The field {@code name}: a string as it is, anything else as JSON, nothing if it is not there. */
    public static String shown(Fields fields, String name) {
        Value value = fields.find(name);
        if (value == null || value instanceof Value.Str) {
            return SafeText.of(fields.string(name).orElse(""));
        }
        StringBuilder json = new StringBuilder();
        value(json, value);
        return json.toString();
    }

    /** {@code text} as a JSON string, with its quotation marks. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        string(json, text);
        return json.toString();
    }

    /**
     * The fields of a JSON object.
     *
     * @throws IllegalArgumentException with a text for the user if {@code json} is no JSON object
     */
    public static Fields read(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object: it must begin with '{'");
            }
            Fields fields = fields(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("not a JSON object: something follows its last '}'");
            }
            return fields;
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not a JSON object: " + reason(malformed), malformed);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("not a JSON object: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String reason(JsonProcessingException malformed) {
        JsonLocation at = malformed.getLocation();
        String what = malformed.getOriginalMessage().replaceFirst(" \\(start marker.*", "");
        return SafeText.of(what) + (at == null ? "" : " (column " + at.getColumnNr() + ")");
    }

    private static Fields fields(JsonParser parser) throws IOException {
        Fields.Builder fields = Fields.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields.put(name, value(parser, parser.nextToken()));
        }
        return fields.build();
    }

    private static Value value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? Value.of(parser.getText())
                        : Value.of(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> Value.of(parser.getDoubleValue());
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case START_OBJECT -> new Value.Nested(fields(parser));
            case START_ARRAY -> list(parser);
            default -> Value.Null.NULL;
        };
    }

    private static Value list(JsonParser parser) throws IOException {
        List<Value> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return new Value.Sequence(values);
    }

    private static void object(StringBuilder json, Fields fields) {
        json.append('{');
        for (int i = 0; i < fields.size(); i++) {
            json.append(i == 0 ? "" : ",");
            string(json, fields.name(i));
            json.append(':');
            value(json, fields.value(i));
        }
        json.append('}');
    }

    private static void value(StringBuilder json, Value value) {
        if (value instanceof Value.Str text) {
            string(json, text.value());
        } else if (value instanceof Value.Int number) {
            json.append(number.value());
        } else if (value instanceof Value.Real number) {
            json.append(Double.isFinite(number.value()) ? number.toString() : '"' + number.toString() + '"');
        } else if (value instanceof Value.Bool bool) {
            json.append(bool.value());
        } else if (value instanceof Value.DateTime time) {
            string(json, Instant.ofEpochMilli(time.epochMillis()).toString());
        } else if (value instanceof Value.Opaque bytes) {
            string(json, Base64.getEncoder().encodeToString(bytes.bytes()));
        } else if (value instanceof Value.Nested message) {
            object(json, message.fields());
        } else if (value instanceof Value.Sequence list) {
            list(json, list.values());
        } else {
            json.append("null");
        }
    }

    private static void list(StringBuilder json, List<Value> values) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            json.append(i == 0 ? "" : ",");
            value(json, values.get(i));
        }
        json.append(']');
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            SafeText.append(json, text, i);
        }
        json.append('"');
    }
}

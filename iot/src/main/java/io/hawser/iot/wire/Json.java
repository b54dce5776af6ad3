package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON to values and back, strictly: UTF-8 without a byte order mark, nothing behind the end, no name twice in one object (the
 * original Java library cannot read that either). Thread-safe.
 *
 * <p>An integer of 64 bits is a long; every other number is a double, a longer integer too, as the originals have none. What no
 * double can hold is refused.
 */
public final class Json {
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char REPLACEMENT = '\ufffd';

    private final JsonFactory factory;
    private final int maxBytes;

    /** Reads no more than {@code limits} allow. */
    public Json(IotLimits limits) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxNumberLength(limits.maxNumberDigits())
                .maxStringLength(limits.maxTextChars())
                .maxNameLength(limits.maxNameChars())
                .build();
        // Names come from strangers: they must not end up in the JVM's table of interned strings.
        this.factory = new JsonFactoryBuilder()
                .streamReadConstraints(constraints)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .build();
        this.maxBytes = limits.maxBodyBytes();
    }

    /** The one value that {@code bytes} say. */
    public Value read(byte[] bytes) throws ProtocolException {
        if (bytes.length > maxBytes) {
            throw ProtocolException.of("the body has " + bytes.length + " bytes; at most " + maxBytes + " are taken");
        }
        return read(text(bytes));
    }

    /** The one value that {@code text} says, whose length the caller has limited. */
    public Value read(String text) throws ProtocolException {
        try (JsonParser parser = factory.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw ProtocolException.of("the body is empty; JSON is expected");
            }
            Value value = value(parser, first);
            if (parser.nextToken() != null) {
                throw ProtocolException.of("the body goes on behind its JSON");
            }
            return value;
        } catch (StreamConstraintsException tooMuch) {
            throw ProtocolException.of(
                    "the JSON is nested too deep, or holds too long a name, string or number" + near(tooMuch));
        } catch (IOException malformed) {
            throw ProtocolException.of("not valid JSON" + near(malformed));
        }
    }

    /** The object that {@code bytes} say. */
    public Fields object(byte[] bytes) throws ProtocolException {
        if (read(bytes) instanceof Value.Nested nested) {
            return nested.fields();
        }
        throw ProtocolException.of("a JSON object is expected");
    }

    /**
     * {@code value} as JSON: an integral double has no fraction, a datetime is its milliseconds, bytes are base64.
     *
     * @throws IllegalArgumentException for a number that is not finite, or a name with half a character
     */
    public static byte[] write(Value value) {
        return text(value).getBytes(UTF_8);
    }

    /** As {@link #write(Value)}. */
    public static byte[] write(Fields fields) {
        return write(new Value.Nested(fields));
    }

    /** As {@link #write(Value)}, as text. */
    public static String text(Value value) {
        return new JsonText(false).value(value).toString();
    }

    private static String text(byte[] bytes) throws ProtocolException {
        String text = new String(bytes, UTF_8);
        try {
            if (text.indexOf(REPLACEMENT) >= 0) {
                text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            }
        } catch (CharacterCodingException malformed) {
            throw ProtocolException.of("the body is not valid UTF-8");
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            throw ProtocolException.of("the body begins with a byte order mark; leave it out");
        }
        return text;
    }

    private static Value value(JsonParser parser, JsonToken token) throws IOException, ProtocolException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case VALUE_NULL -> Value.Null.NULL;
            default -> throw ProtocolException.of("a JSON value is expected");
        };
    }

    private static Value object(JsonParser parser) throws IOException, ProtocolException {
        Fields.Builder fields = Fields.builder();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (fields.has(name)) {
                throw ProtocolException.of(ProtocolException.shown(name) + " stands twice in one object");
            }
            fields.put(name, value(parser, parser.nextToken()));
        }
        return new Value.Nested(fields.build());
    }

    private static Value list(JsonParser parser) throws IOException, ProtocolException {
        List<Value> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return new Value.Sequence(values);
    }

    private static Value number(JsonParser parser) throws IOException, ProtocolException {
        NumberType type = parser.getNumberType();
        if (type == NumberType.INT || type == NumberType.LONG) {
            return Value.of(parser.getLongValue());
        }
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw ProtocolException.of("a number is too large for 64 bits" + near(parser));
        }
        return Value.of(number);
    }

    private static String near(IOException failure) {
        return failure instanceof JsonProcessingException at && at.getLocation() != null
                ? near(at.getLocation().getCharOffset())
                : "";
    }

    private static String near(JsonParser parser) {
        return near(parser.currentTokenLocation().getCharOffset());
    }

    private static String near(long offset) {
        return offset < 0 ? "" : " near character " + offset;
    }
}

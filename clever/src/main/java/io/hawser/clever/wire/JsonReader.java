package io.hawser.clever.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads JSON as Python does ({@code specs/clever.md} 1.3): the bare words NaN, Infinity and -Infinity are numbers, integers
 * may be of any size, the last of equal names wins and names keep their order. Thread-safe.
 */
final class JsonReader {
    private static final Set<String> WORDS = Set.of("NaN", "Infinity", "-Infinity");
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char REPLACEMENT = '\ufffd';

    private final JsonFactory factory;

    JsonReader(CleverLimits limits) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxNumberLength(limits.maxNumberDigits())
                .maxStringLength(limits.maxJsonBytes())
                .build();
        // Names come from strangers: they must not end up in the JVM's table of interned strings.
        this.factory = new JsonFactoryBuilder()
                .streamReadConstraints(constraints)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .build();
    }

    /** The object that {@code bytes} say; {@code what} is what they are called if they do not. */
    Fields object(byte[] bytes, Charset charset, String what) throws ProtocolException {
        if (read(text(bytes, charset, what), what) instanceof Value.Nested nested) {
            return nested.fields();
        }
        throw ProtocolException.of("the " + what + " is not a JSON object");
    }

    private static String text(byte[] bytes, Charset charset, String what) throws ProtocolException {
        String text = new String(bytes, charset);
        try {
            if (text.indexOf(REPLACEMENT) >= 0) {
                text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            }
        } catch (CharacterCodingException malformed) {
            throw ProtocolException.of("the " + what + " is not valid " + charset);
        }
        if (charset.equals(UTF_8) && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            throw ProtocolException.of("the " + what + " begins with a byte order mark");
        }
        return text;
    }

    private Value read(String text, String what) throws ProtocolException {
        try (JsonParser parser = factory.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw ProtocolException.of("the " + what + " is empty");
            }
            Value value = value(parser, first);
            if (parser.nextToken() != null) {
                throw ProtocolException.of("the " + what + " goes on behind its JSON");
            }
            return value;
        } catch (StreamConstraintsException tooMuch) {
            throw ProtocolException.of("the " + what + " is nested too deep or holds too long a number");
        } catch (IOException malformed) {
            throw ProtocolException.of("the " + what + " is not valid JSON");
        }
    }

    private static Value value(JsonParser parser, JsonToken token) throws IOException, ProtocolException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> real(parser);
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case VALUE_NULL -> Value.Null.NULL;
            default -> throw ProtocolException.of("a JSON value is expected");
        };
    }

    private static Value object(JsonParser parser) throws IOException, ProtocolException {
        Fields.Builder fields = Fields.builder();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
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

    private static Value integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == NumberType.BIG_INTEGER
                ? BigIntegers.of(new BigInteger(parser.getText()))
                : Value.of(parser.getLongValue());
    }

    /** Jackson knows more words than Python does. */
    private static Value real(JsonParser parser) throws IOException, ProtocolException {
        double number = parser.getDoubleValue();
        if (parser.isNaN() && !WORDS.contains(parser.getText()) && Character.isLetter(last(parser.getText()))) {
            throw ProtocolException.of("a JSON number is expected");
        }
        return Value.of(number);
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }
}

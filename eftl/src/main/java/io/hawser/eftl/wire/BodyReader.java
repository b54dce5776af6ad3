package io.hawser.eftl.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message body from a parser, with every trap of {@code specs/eftl.md} 1.8, and notes on the way whether its
 * text may be handed on as it is. One instance a body; the flag belongs to the reading thread.
 */
final class BodyReader {
    private static final String DOUBLE = "_d_";
    private static final String TIME = "_m_";
    private static final String OPAQUE = "_o_";

    private final JsonParser parser;
    private final EftlLimits limits;
    private boolean canonical = true;

    BodyReader(JsonParser parser, EftlLimits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /**
     * Reads the message whose opening brace is the parser's current token. If it fails, the parser stands somewhere
     * inside.
     */
    Fields message() throws IOException, ProtocolException {
        if (object(1) instanceof Value.Nested nested) {
            return nested.fields();
        }
        throw failed("a message cannot be a single value");
    }

    /** True if what was read is text that every client reads the same way. */
    boolean canonical() {
        return canonical;
    }

    /** An object with {@code _d_}, {@code _m_} or {@code _o_} is a scalar whatever else it holds. */
    private Value object(int depth) throws IOException, ProtocolException {
        check(depth);
        Fields.@Nullable Builder builder = null;
        @Nullable Value scalar = null;
        int members = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            members++;
            if (isWrapper(name)) {
                scalar = scalar(name, token);
                continue;
            }
            checkName(name, limits);
            if (builder == null) {
                builder = Fields.builder();
            }
            builder.put(name, value(token, depth));
        }
        if (scalar != null) {
            canonical &= members == 1;
            return scalar;
        }
        Fields fields = builder == null ? Fields.EMPTY : builder.build();
        canonical &= members == fields.size();
        return new Value.Nested(fields);
    }

    private Value value(JsonToken token, int depth) throws IOException, ProtocolException {
        return switch (token) {
            case VALUE_STRING -> new Value.Str(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Int(integer(token));
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> list(depth + 1);
            case VALUE_TRUE -> foreign(Value.Bool.TRUE);
            case VALUE_FALSE -> foreign(Value.Bool.FALSE);
            case VALUE_NULL -> foreign(Value.Null.NULL);
            default -> throw failed("a value is expected");
        };
    }

    private Value foreign(Value value) {
        canonical = false;
        return value;
    }

    private Value list(int depth) throws IOException, ProtocolException {
        check(depth);
        List<Value> values = new ArrayList<>();
        Value.@Nullable Kind kind = null;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Value value = value(token, depth);
            canonical &= value.kind() != Value.Kind.LIST && (kind == null || kind == value.kind());
            kind = value.kind();
            values.add(value);
        }
        return new Value.Sequence(values);
    }

    private Value scalar(String name, JsonToken token) throws IOException, ProtocolException {
        if (name.equals(DOUBLE)) {
            return new Value.Real(real(token));
        }
        if (name.equals(TIME)) {
            if (!token.isNumeric()) {
                throw failed("_m_ must be a number of milliseconds");
            }
            return new Value.DateTime(integer(token));
        }
        if (token != JsonToken.VALUE_STRING) {
            throw failed("_o_ must be a string");
        }
        String text = parser.getText();
        canonical &= text.length() % 4 == 0;
        try {
            return new Value.Opaque(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            throw failed("_o_ is not base64");
        }
    }

    /** The C client writes longs with fraction and exponent; what is out of range becomes the nearest long. */
    private long integer(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        canonical = false;
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return (long) parser.getDoubleValue();
        }
        return parser.getText().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Doubles without a point and Go's infinities are understood but not handed on: others cannot read them. */
    private double real(JsonToken token) throws IOException, ProtocolException {
        if (token.isNumeric()) {
            double value = parser.getDoubleValue();
            canonical &= token == JsonToken.VALUE_NUMBER_FLOAT && Double.isFinite(value);
            return value;
        }
        String word = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        canonical &= !word.endsWith("Inf") && !word.startsWith("+");
        return switch (word) {
            case "NaN" -> Double.NaN;
            case "Infinity", "+Infinity", "Inf", "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> throw failed("_d_ must be a number, NaN, Infinity or -Infinity");
        };
    }

    static boolean isWrapper(String name) {
        return name.length() == 3 && (name.equals(DOUBLE) || name.equals(TIME) || name.equals(OPAQUE));
    }

    static void checkName(String name, EftlLimits limits) throws ProtocolException {
        if (name.isEmpty()) {
            throw failed("a field name is empty");
        }
        if (!Utf8.fits(name, limits.maxNameBytes())) {
            throw failed("a field name is longer than " + limits.maxNameBytes() + " bytes");
        }
    }

    private void check(int depth) throws ProtocolException {
        if (depth > limits.maxDepth()) {
            throw failed("the message is nested deeper than " + limits.maxDepth());
        }
    }

    private static ProtocolException failed(String reason) {
        return ProtocolException.refusal(EftlError.PUBLISH_FAILED, reason);
    }
}

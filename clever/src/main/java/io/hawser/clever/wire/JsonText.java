package io.hawser.clever.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * JSON being written as Python writes it ({@code specs/clever.md} 1.3): ", " and ": " between things, text as it is, the bare
 * words NaN, Infinity and -Infinity. Lone surrogates are escaped, in names refused: not every parser takes them there. Owned by one writer.
 */
final class JsonText {
    private static final double MILLIS = 1000;
    /** Python writes an exponent from here on. */
    private static final int DIGITS_WITHOUT_EXPONENT = 16;

    private static final int ZEROS_WITHOUT_EXPONENT = 4;

    /** Most headers have some 200 characters. */
    private static final int USUAL_CHARS = 256;

    private final StringBuilder out = new StringBuilder(USUAL_CHARS);
    private boolean first = true;

    /** Opens an object. */
    JsonText open() {
        out.append('{');
        first = true;
        return this;
    }

    /** Closes an object. */
    JsonText close() {
        out.append('}');
        first = false;
        return this;
    }

    JsonText name(String name) {
        if (!first) {
            out.append(", ");
        }
        first = false;
        text(name);
        out.append(": ");
        return this;
    }

    JsonText put(String name, String text) {
        return name(name).text(text);
    }

    JsonText put(String name, long number) {
        name(name).out.append(number);
        return this;
    }

    JsonText put(String name, Value value) throws ProtocolException {
        for (int i = plain(name, 0); i < name.length(); i = plain(name, i + 1)) {
            if (Character.isSurrogate(name.charAt(i)) && !isPair(name, i++)) {
                throw ProtocolException.of("a name holds half a character");
            }
        }
        return name(name).value(value);
    }

    JsonText put(String name, List<Value> values) throws ProtocolException {
        return name(name).list(values);
    }

    JsonText put(String name, Fields fields) throws ProtocolException {
        return name(name).object(fields);
    }

    byte[] bytes() {
        return out.toString().getBytes(UTF_8);
    }

    private JsonText object(Fields fields) throws ProtocolException {
        open();
        for (int i = 0; i < fields.size(); i++) {
            put(fields.name(i), fields.value(i));
        }
        return close();
    }

    private JsonText list(List<Value> values) throws ProtocolException {
        out.append('[');
        String separator = "";
        for (Value value : values) {
            out.append(separator);
            value(value);
            separator = ", ";
        }
        out.append(']');
        return this;
    }

    private JsonText value(Value value) throws ProtocolException {
        switch (value.kind()) {
            case STRING -> text(((Value.Str) value).value());
            case LONG -> out.append(((Value.Int) value).value());
            case DOUBLE -> real(((Value.Real) value).value());
            case BOOL -> out.append(((Value.Bool) value).value());
            case DATETIME -> real(((Value.DateTime) value).epochMillis() / MILLIS);
            case OPAQUE -> throw ProtocolException.of("bytes cannot be said in JSON; send a file, or text");
            case MESSAGE -> nested(((Value.Nested) value).fields());
            case LIST -> list(((Value.Sequence) value).values());
            case NULL -> out.append("null");
        }
        return this;
    }

    private void nested(Fields fields) throws ProtocolException {
        Optional<String> integer = BigIntegers.digits(fields);
        if (integer.isPresent()) {
            out.append(integer.get());
        } else {
            object(fields);
        }
    }

    /** As Python's repr: 1.5, 1e+16, 1e-05. */
    private void real(double number) {
        if (!Double.isFinite(number)) {
            out.append(number);
            return;
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (number == 0) {
            out.append(number);
        } else if (exponent >= DIGITS_WITHOUT_EXPONENT || exponent < -ZEROS_WITHOUT_EXPONENT) {
            out.append(decimal.scaleByPowerOfTen(-exponent).toPlainString());
            out.append(exponent < 0 ? "e-" : "e+");
            out.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent));
        } else {
            out.append(decimal.toPlainString()).append(decimal.scale() <= 0 ? ".0" : "");
        }
    }

    private JsonText text(String text) {
        out.append('"');
        for (int from = 0; from < text.length(); ) {
            int to = plain(text, from);
            out.append(text, from, to);
            from = to;
            if (to < text.length()) {
                if (isPair(text, to)) {
                    out.append(text.charAt(from++));
                    out.append(text.charAt(from++));
                } else {
                    escape(text.charAt(from++));
                }
            }
        }
        out.append('"');
        return this;
    }

    /** Where the first character of {@code text} is, from {@code from} on, that cannot be said as it is; its length if there is none. */
    private static int plain(String text, int from) {
        int at = from;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    /** True if a character of two halves begins at {@code at}. */
    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
        }
    }
}

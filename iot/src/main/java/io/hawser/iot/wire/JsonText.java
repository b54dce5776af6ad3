package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * JSON being written without spaces, as the originals write it. Half a character (a lone surrogate) is escaped, as it has no
 * UTF-8; in names it is refused, as not every parser takes it there. Owned by one writer.
 */
final class JsonText {
    /** Below this a double holds each integer. */
    private static final double EXACT = 1L << 53;

    private final StringBuilder out = new StringBuilder(256);
    private final boolean bracesEscaped;
    private boolean first = true;

    /**
     * An empty text.
     *
     * @param bracesEscaped whether braces within strings are escaped, for a client that finds the end of a request by counting them
     */
    JsonText(boolean bracesEscaped) {
        this.bracesEscaped = bracesEscaped;
    }

    JsonText open() {
        out.append('{');
        first = true;
        return this;
    }

    JsonText close() {
        out.append('}');
        first = false;
        return this;
    }

    JsonText name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        if (!whole(name)) {
            throw new IllegalArgumentException("a name holds half a character");
        }
        string(name);
        out.append(':');
        return this;
    }

    JsonText put(String name, String text) {
        return name(name).string(text);
    }

    JsonText put(String name, long number) {
        name(name).out.append(number);
        return this;
    }

    JsonText put(String name, boolean truth) {
        name(name).out.append(truth);
        return this;
    }

    JsonText put(String name, Value value) {
        return name(name).value(value);
    }

    JsonText put(String name, Fields fields) {
        return name(name).object(fields);
    }

    JsonText put(String name, List<String> texts) {
        return name(name).list(texts.stream().map(text -> Value.of(text)).toList());
    }

    /** Names with several texts each: properties, headers. */
    JsonText put(String name, Map<String, List<String>> texts) {
        name(name).open();
        texts.forEach(this::put);
        return close();
    }

    JsonText objects(String name, List<Fields> objects) {
        return name(name)
                .list(objects.stream()
                        .map(each -> (Value) new Value.Nested(each))
                        .toList());
    }

    JsonText object(Fields fields) {
        open();
        for (int i = 0; i < fields.size(); i++) {
            put(fields.name(i), fields.value(i));
        }
        return close();
    }

    JsonText value(Value value) {
        switch (value.kind()) {
            case STRING -> string(((Value.Str) value).value());
            case LONG -> out.append(((Value.Int) value).value());
            case DOUBLE -> real(((Value.Real) value).value());
            case BOOL -> out.append(((Value.Bool) value).value());
            case DATETIME -> out.append(((Value.DateTime) value).epochMillis());
            case OPAQUE -> string(Base64.getEncoder().encodeToString(((Value.Opaque) value).bytes()));
            case MESSAGE -> object(((Value.Nested) value).fields());
            case LIST -> list(((Value.Sequence) value).values());
            case NULL -> out.append("null");
        }
        return this;
    }

    byte[] bytes() {
        return toString().getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private JsonText list(List<Value> values) {
        out.append('[');
        String separator = "";
        for (Value value : values) {
            out.append(separator);
            value(value);
            separator = ",";
        }
        out.append(']');
        first = false;
        return this;
    }

    /** Integral doubles without fraction ({@code specs/iot.md} 1.7.2); minus zero is none. */
    private void real(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no word for " + number);
        }
        boolean minusZero = number == 0 && Double.doubleToRawLongBits(number) != 0;
        if (number == Math.rint(number) && Math.abs(number) < EXACT && !minusZero) {
            out.append((long) number);
        } else {
            out.append(number);
        }
    }

    private JsonText string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (plain(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                escape(c);
            }
        }
        out.append('"');
        return this;
    }

    /** True if {@code text} holds no half of a character. */
    private static boolean whole(String text) {
        // No stream: this is asked of each name of each message.
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
                return false;
            }
        }
        return true;
    }

    private boolean plain(char c) {
        return c >= ' '
                && c != '"'
                && c != '\\'
                && !Character.isSurrogate(c)
                && !(bracesEscaped && (c == '{' || c == '}'));
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

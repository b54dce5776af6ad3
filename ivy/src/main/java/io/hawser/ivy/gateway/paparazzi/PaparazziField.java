package io.hawser.ivy.gateway.paparazzi;

import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One value of a message.
 *
 * @param name its name
 * @param type of the value, or of each if there are several
 * @param several whether it is an array, {@code float[3]} or {@code uint8[]}; {@code char[]} is a string
 */
record PaparazziField(String name, Type type, boolean several) {
    private static final Pattern TYPE = Pattern.compile("(u?int(?:8|16|32|64)|float|double|string|char)(\\[[0-9]*])?");
    /** What a text of Paparazzi can hold in quotation marks, whichever of its parsers reads it. */
    private static final Pattern QUOTABLE = Pattern.compile("[^\"|\\p{Cntrl}]*");

    private static final Pattern WORD = Pattern.compile("[^\\s\",|]+");

    /** What values are. */
    enum Type {
        /** A whole number. */
        WHOLE,
        /** A number with a fraction, whatever it looks like. */
        REAL,
        /** A text. */
        TEXT
    }

    /**
     * A field as {@code messages.xml} writes it.
     *
     * @throws IllegalArgumentException with a text for the user if there is no such type
     */
    static PaparazziField of(String name, String written) {
        var parts = TYPE.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("field '" + name + "' has the type '" + written
                    + "'; there are int8 to uint64, float, double, string and char, each also as an array: float[3]");
        }
        String each = parts.group(1);
        Type type = each.contains("int")
                ? Type.WHOLE
                : each.equals("string") || each.equals("char") ? Type.TEXT : Type.REAL;
        return new PaparazziField(name, type, parts.group(2) != null && !each.equals("char"));
    }

    /** What {@code word} of a text says; what is not of the type stays a string. */
    Value read(PaparazziWords.Word word) {
        if (several) {
            List<Value> values = new ArrayList<>();
            for (String one : word.items()) {
                values.add(one(one));
            }
            return new Value.Sequence(values);
        }
        return one(type == Type.TEXT ? word.text() : word.raw());
    }

    private Value one(String text) {
        try {
            return switch (type) {
                case WHOLE -> Value.of(Long.parseLong(text));
                case REAL -> Value.of(real(text));
                case TEXT -> Value.of(text);
            };
        } catch (NumberFormatException none) {
            return Value.of(text);
        }
    }

    /** What C and OCaml print, {@code nan} and {@code -inf} too. */
    private static double real(String text) {
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** {@code value} in a text; empty if it cannot be said. */
    Optional<String> write(Value value) {
        if (!several) {
            return type == Type.TEXT ? quoted(value) : number(value);
        }
        if (!(value instanceof Value.Sequence list) || list.values().isEmpty()) {
            return Optional.empty();
        }
        List<Optional<String>> items = list.values().stream().map(this::number).toList();
        return items.stream().allMatch(Optional::isPresent)
                ? Optional.of(items.stream().map(Optional::orElseThrow).collect(Collectors.joining(",")))
                : Optional.empty();
    }

    /** A whole number that came as a double, as numbers do from web pages, is one. */
    private Optional<String> number(Value value) {
        boolean whole =
                type == Type.WHOLE && value instanceof Value.Real real && real.value() == Math.rint(real.value());
        return plain(whole ? Value.of((long) ((Value.Real) value).value()) : value);
    }

    private static Optional<String> quoted(Value value) {
        Optional<String> plain = plain(value);
        return plain.isPresent() || !(value instanceof Value.Str text)
                ? plain
                : Optional.of(text.value())
                        .filter(each -> QUOTABLE.matcher(each).matches())
                        .map(each -> '"' + each + '"');
    }

    /** As one word. */
    private static Optional<String> plain(Value value) {
        return switch (value.kind()) {
            case LONG, DOUBLE -> Optional.of(value.toString());
            case BOOL -> Optional.of(((Value.Bool) value).value() ? "1" : "0");
            case STRING ->
                Optional.of(((Value.Str) value).value())
                        .filter(text -> WORD.matcher(text).matches());
            case DATETIME, OPAQUE, MESSAGE, LIST, NULL -> Optional.empty();
        };
    }
}

package io.hawser.app.text;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.regex.Pattern;

/**
 * Reads the body that a person types: {@code name=value} pairs are typed fields, anything else is the field
 * {@code text}.
 *
 * <p>A value is a long ({@code 7}), a double ({@code 1.5}, {@code 2e3}) or else a string; in quotation marks it is a
 * string, may hold spaces, and a backslash takes the next character as it is.
 */
public final class BodyText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?(\\d+\\.\\d*|\\.\\d+|\\d+(?=[eE]))([eE][+-]?\\d+)?");

    private final String text;
    private final Fields.Builder fields = Fields.builder();
    private int at;

    private BodyText(String text) {
        this.text = text;
    }

    /**
     * The fields that {@code body} says.
     *
     * @throws IllegalArgumentException with a text for the user if a name is reserved or stands twice
     */
    public static Fields read(String body) {
        BodyText reader = new BodyText(body);
        return reader.pairs() ? reader.fields.build() : Fields.of("text", Value.of(body));
    }

    /** Reads pairs up to the end of the text; false if there is none, or something else. */
    private boolean pairs() {
        skipSpace();
        if (at == text.length()) {
            return false;
        }
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0 || !NAME.matcher(text).region(at, equals).matches()) {
                return false;
            }
            String name = text.substring(at, equals);
            at = equals + 1;
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            if (quoted ? !quoted(name) : !bare(name)) {
                return false;
            }
            skipSpace();
        }
        fields.build().names().forEach(BodyText::checkName);
        return true;
    }

    private boolean quoted(String name) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        at++;
        boolean closed = at <= text.length() && (at == text.length() || Character.isWhitespace(text.charAt(at)));
        return closed && put(name, Value.of(value.toString()));
    }

    private boolean bare(String name) {
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return put(name, typed(text.substring(start, at)));
    }

    private boolean put(String name, Value value) {
        if (fields.has(name)) {
            throw new IllegalArgumentException("the field " + name + " stands twice");
        }
        fields.put(name, value);
        return true;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static void checkName(String name) {
        if (name.startsWith("_")) {
            throw new IllegalArgumentException("the field name " + name + " is reserved: it begins with '_'");
        }
    }

    private static Value typed(String value) {
        if (INTEGER.matcher(value).matches()) {
            try {
                return Value.of(Long.parseLong(value));
            } catch (NumberFormatException beyond64Bits) {
                return Value.of(value);
            }
        }
        return DECIMAL.matcher(value).matches() ? Value.of(Double.parseDouble(value)) : Value.of(value);
    }
}

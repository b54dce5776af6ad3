package io.hawser.core.message;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.regex.Pattern;

/** What can be said in one line of a message that has no text: its topic, and {@code name=value} for each field. Pure. */
final class Spoken {
    /** What can be read again as one word. */
    private static final Pattern WORD = Pattern.compile("[^\\s\"\\\\]+");

    private Spoken() {}

    /** {@code robot/7 x=1.5 mode="on ground"}: what would make other values of a string stands in quotation marks. */
    static String line(Topic topic, Fields fields) {
        StringBuilder line = new StringBuilder(topic.text());
        for (int i = 0; i < fields.size(); i++) {
            if (fields.value(i).kind() != Value.Kind.NULL) {
                line.append(' ').append(fields.name(i)).append('=').append(quoted(fields.value(i)));
            }
        }
        return line.toString();
    }

    /** A value alone: a string as it is, a date as its milliseconds. */
    static String plain(Value value) {
        return switch (value.kind()) {
            case STRING -> ((Value.Str) value).value();
            case DATETIME -> Long.toString(((Value.DateTime) value).epochMillis());
            case BOOL -> Boolean.toString(((Value.Bool) value).value());
            case NULL -> "";
            case LONG, DOUBLE, OPAQUE, MESSAGE, LIST -> value.toString();
        };
    }

    private static String quoted(Value value) {
        String plain = plain(value);
        boolean itself = value.kind() != Value.Kind.STRING
                || (WORD.matcher(plain).matches() && Value.infer(plain).kind() == Value.Kind.STRING);
        return itself ? plain : '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

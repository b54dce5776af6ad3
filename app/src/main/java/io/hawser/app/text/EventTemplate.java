package io.hawser.app.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * A line that somebody puts together, of each message another one; always fit for a terminal. Immutable.
 *
 * <pre>
 *   %t topic   %s source   %p text, else the fields as JSON   %x the same as hex bytes   %j the whole message as JSON
 *   %c number  %i time     %b bytes   %{name} a field   %% a percent sign   \t a tab   \n a line end
 * </pre>
 */
public final class EventTemplate {
    private final List<Function<Event, String>> parts;

    private EventTemplate(List<Function<Event, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException with a text for the user if it makes no sense
     */
    public static EventTemplate parse(String text) {
        List<Function<Event, String>> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (c == '\\' && (next == 't' || next == 'n')) {
                plain.append(next == 't' ? '\t' : '\n');
                i++;
            } else if (c != '%') {
                plain.append(c);
            } else if (next == '%') {
                plain.append('%');
                i++;
            } else {
                String said = plain.toString();
                plain.setLength(0);
                parts.add(event -> said);
                int end = next == '{' ? text.indexOf('}', i) : i + 1;
                if (end < 0) {
                    throw new IllegalArgumentException("%{ lacks its }");
                }
                parts.add(part(next, next == '{' ? text.substring(i + 2, end) : ""));
                i = end;
            }
        }
        String rest = plain.toString();
        parts.add(event -> rest);
        return new EventTemplate(parts);
    }

    private static Function<Event, String> part(char letter, String name) {
        return switch (letter) {
            case 't' -> event -> SafeText.of(event.topic());
            case 's' -> event -> SafeText.of(event.from());
            case 'p' -> event -> EventFormat.RAW.line(event, ZoneOffset.UTC);
            case 'x' ->
                event -> HexFormat.of()
                        .formatHex(event.fields()
                                .string("text")
                                .orElseGet(() -> JsonText.write(event.fields()))
                                .getBytes(UTF_8));
            case 'j' -> event -> EventFormat.JSON.line(event, ZoneOffset.UTC);
            case 'c' -> event -> Long.toString(event.number());
            case 'i' -> event -> event.time().toString();
            case 'b' -> event -> Integer.toString(JsonText.size(event.fields()));
            case '{' -> event -> JsonText.shown(event.fields(), name);
            default ->
                throw new IllegalArgumentException("%" + letter
                        + " is nothing; there is %t topic, %s source, %p payload, %x payload in hex, %j JSON,"
                        + " %c number, %i time, %b bytes, %{name} a field, %%");
        };
    }

    /** The line for {@code event}, without its end. */
    public String line(Event event) {
        StringBuilder line = new StringBuilder();
        parts.forEach(part -> line.append(part.apply(event)));
        return line.toString();
    }
}

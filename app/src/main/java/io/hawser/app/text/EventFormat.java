package io.hawser.app.text;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How a message is shown: always on one line, always fit for a terminal. */
public enum EventFormat {
    /** For people: time of day, number, topic, source, size, fields. */
    TEXT {
        @Override
        public String line(Event event, ZoneId zone) {
            return head(event, timeOfDay(event, zone)) + "  " + JsonText.write(event.fields());
        }
    },
    /** For programs: one JSON object. */
    JSON {
        @Override
        public String line(Event event, ZoneId zone) {
            return "{\"n\":" + event.number() + ",\"time\":\"" + event.time() + "\",\"topic\":"
                    + JsonText.quote(event.topic()) + ",\"from\":" + JsonText.quote(event.from()) + ",\"bytes\":"
                    + JsonText.size(event.fields()) + ",\"fields\":" + JsonText.write(event.fields()) + "}";
        }
    },
    /** The field {@code text} alone, or all fields as JSON if there is none. */
    RAW {
        @Override
        public String line(Event event, ZoneId zone) {
            return event.fields().string("text").map(SafeText::of).orElseGet(() -> JsonText.write(event.fields()));
        }
    },
    /** For spreadsheets (RFC 4180): what {@link #COLUMNS} names. */
    CSV {
        @Override
        public String line(Event event, ZoneId zone) {
            return CsvText.line(List.of(
                    Long.toString(event.number()),
                    event.time().toString(),
                    event.topic(),
                    event.from(),
                    Integer.toString(JsonText.size(event.fields())),
                    JsonText.write(event.fields())));
        }
    };

    /** What stands in a line of {@link #CSV}. */
    public static final List<String> COLUMNS = List.of("n", "time", "topic", "from", "bytes", "fields");

    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** The line for {@code event}, without its end; a time of day is shown in {@code zone}. */
    public abstract String line(Event event, ZoneId zone);

    /** What {@link #TEXT} says of {@code event} before its fields; {@code stamp} says when. */
    public static String head(Event event, String stamp) {
        return stamp + " [#" + event.number() + "] " + SafeText.of(event.topic()) + "  " + SafeText.of(event.from())
                + "  " + JsonText.size(event.fields()) + " B";
    }

    /** When it was, as {@link #TEXT} says it. */
    public static String timeOfDay(Event event, ZoneId zone) {
        return TIME_OF_DAY.format(event.time().atZone(zone));
    }
}

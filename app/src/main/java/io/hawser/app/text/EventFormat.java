package io.hawser.app.text;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a message is shown: always on one line, always fit for a terminal. */
public enum EventFormat {
    /** For people: time of day, number, topic, source, size, fields. */
    TEXT {
        @Override
        public String line(Event event, ZoneId zone) {
            String fields = JsonText.write(event.fields());
            return TIME_OF_DAY.format(event.time().atZone(zone)) + " [#" + event.number() + "] "
                    + SafeText.of(event.topic()) + "  " + SafeText.of(event.from()) + "  "
                    + JsonText.size(event.fields()) + " B  " + fields;
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
    };

    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** The line for {@code event}, without its end; a time of day is shown in {@code zone}. */
    public abstract String line(Event event, ZoneId zone);
}

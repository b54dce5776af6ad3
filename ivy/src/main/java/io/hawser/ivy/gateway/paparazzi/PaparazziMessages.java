package io.hawser.ivy.gateway.paparazzi;

import io.hawser.core.message.Message;
import io.hawser.core.message.Wording;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Between the texts of Paparazzi UAV and fields. Pure.
 *
 * <pre>
 *   7 GPS 3 1.5 ...                      pprz_sender, pprz_message, ac_id = 7 (telemetry), and each value by its name
 *   gcs 4711_3 CONFIG_REQ 7              the same with pprz_request, for a request
 *   4711_3 server CONFIG 7 ...           and for what answers it
 * </pre>
 *
 * @param byName the messages
 */
public record PaparazziMessages(Map<String, PaparazziMessage> byName) implements Wording {
    /** The field that names the message. */
    public static final String MESSAGE = "pprz_message";

    private static final String SENDER = "pprz_sender";
    private static final String REQUEST = "pprz_request";
    private static final String AIRCRAFT = "ac_id";
    private static final String TELEMETRY = "telemetry";
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9]+_[0-9]+");
    private static final Pattern AIRCRAFT_SENDER = Pattern.compile("(?:replay)?([0-9]{1,18})");
    private static final Pattern WORD = Pattern.compile("[^\\s\"|]+");

    /** With a copy of the map. */
    public PaparazziMessages {
        byName = Map.copyOf(byName);
    }

    /** What a value is called on the bus: {@code text} is the whole text already. */
    static String outward(String name) {
        return name.equals(Message.TEXT) ? "pprz_text" : name;
    }

    /** The fields of {@code text}, itself included; empty if it is none of the messages. */
    public Optional<Fields> fields(String text) {
        PaparazziWords words = new PaparazziWords(text);
        String sender = words.next().raw();
        String request = "";
        String name = words.next().raw();
        if (REQUEST_ID.matcher(sender).matches()) {
            request = sender;
            sender = name;
            name = words.next().raw();
        } else if (REQUEST_ID.matcher(name).matches()) {
            request = name;
            name = words.next().raw();
        }
        PaparazziMessage message = byName.get(name);
        if (message == null) {
            return Optional.empty();
        }
        Fields.Builder fields =
                Fields.builder().put(Message.TEXT, text).put(SENDER, sender).put(MESSAGE, name);
        if (!request.isEmpty()) {
            fields.put(REQUEST, request);
        }
        var aircraft = AIRCRAFT_SENDER.matcher(sender);
        if (message.kind().equals(TELEMETRY) && !message.has(AIRCRAFT) && aircraft.matches()) {
            fields.put(AIRCRAFT, Long.parseLong(aircraft.group(1)));
        }
        return message.read(words, fields) ? Optional.of(fields.build()) : Optional.empty();
    }

    /**
     * The text of a message whose fields name one of these messages and hold all its values. It is said by {@code pprz_sender},
     * else telemetry by {@code ac_id}, else by the message's class, as Paparazzi's own programs do.
     */
    @Override
    public Optional<String> text(Message said) {
        Fields fields = said.fields();
        PaparazziMessage message = fields.string(MESSAGE).map(byName::get).orElse(null);
        if (message == null) {
            return Optional.empty();
        }
        Optional<String> values = message.write(fields);
        Optional<String> sender = sender(message, fields);
        Optional<String> request =
                fields.string(REQUEST).filter(id -> REQUEST_ID.matcher(id).matches());
        if (values.isEmpty() || sender.isEmpty()) {
            return Optional.empty();
        }
        String from = request.isEmpty()
                ? sender.get()
                : message.name().endsWith("_REQ")
                        ? sender.get() + " " + request.get()
                        : request.get() + " " + sender.get();
        return Optional.of(from + " " + message.name() + values.get());
    }

    private static Optional<String> sender(PaparazziMessage message, Fields fields) {
        Optional<String> said = fields.get(SENDER).map(PaparazziMessages::word);
        if (said.isPresent()) {
            return said.filter(name -> WORD.matcher(name).matches());
        }
        return message.kind().equals(TELEMETRY)
                ? fields.get(AIRCRAFT).map(PaparazziMessages::word).filter(name -> WORD.matcher(name)
                        .matches())
                : Optional.of(message.kind());
    }

    private static String word(Value value) {
        return value instanceof Value.Str text ? text.value() : value.toString();
    }
}

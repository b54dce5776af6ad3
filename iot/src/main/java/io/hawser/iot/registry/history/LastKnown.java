package io.hawser.iot.registry.history;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.kept.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one device by one of its models: the table {@code iot-state}.
 *
 * <pre>
 *   state   text device, model, count, (text name, value, number eventTime, received)..., count, (text format, count, place...)...
 *   place   number chunk, count index
 * </pre>
 *
 * @param device its endpoint id
 * @param model the URN of the model
 * @param attributes by name, in alphabetical order
 * @param formats by the URN of each format where its newest messages are, the newest first
 */
public record LastKnown(
        String device, String model, Map<String, KnownValue> attributes, Map<String, List<Place>> formats) {
    /** How many messages of a format are remembered: what the original's library asks for. */
    public static final int NEWEST = 10;

    static final Schema<LastKnown> STATES =
            new Schema<>("iot-state", known -> key(known.device(), known.model()), LastKnown::write, LastKnown::read);
    private static final ValueBytes VALUES = new ValueBytes(BytesLimits.DEFAULT);

    /** With copies. */
    public LastKnown {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        formats = Collections.unmodifiableMap(new TreeMap<>(formats));
    }

    static String key(String device, String model) {
        return device + "/" + model;
    }

    /** With {@code message}, which came at {@code received} and is kept at {@code place}. */
    LastKnown with(DeviceMessage message, long received, Place place) {
        if (message.attributes()) {
            Map<String, KnownValue> more = new TreeMap<>(attributes);
            for (int i = 0; i < message.data().size(); i++) {
                KnownValue value = new KnownValue(message.data().value(i), message.eventTime(), received);
                more.merge(message.data().name(i), value, KnownValue::or);
            }
            return new LastKnown(device, model, more, formats);
        }
        List<Place> places = new ArrayList<>(List.of(place));
        places.addAll(formats.getOrDefault(message.format(), List.of()));
        Map<String, List<Place>> more = new TreeMap<>(formats);
        more.put(message.format(), List.copyOf(places.subList(0, Math.min(NEWEST, places.size()))));
        return new LastKnown(device, model, attributes, more);
    }

    private static void write(ByteWriter out, LastKnown known) {
        out.text(known.device()).text(known.model()).count(known.attributes().size());
        known.attributes().forEach((name, value) -> value(out.text(name), value));
        out.count(known.formats().size());
        known.formats().forEach((format, places) -> {
            out.text(format).count(places.size());
            places.forEach(place -> out.number(place.chunk()).count(place.index()));
        });
    }

    private static void value(ByteWriter out, KnownValue known) {
        try {
            VALUES.write(out, known.value());
        } catch (BytesException tooDeep) {
            throw RegistryException.invalid("a value goes " + tooDeep.getMessage());
        }
        out.number(known.eventTime()).number(known.received());
    }

    private static LastKnown read(ByteReader in) throws BytesException {
        String device = in.text();
        String model = in.text();
        Map<String, KnownValue> attributes = new TreeMap<>();
        for (int left = in.things(18); left > 0; left--) {
            attributes.put(in.text(), new KnownValue(VALUES.value(in), in.number(), in.number()));
        }
        Map<String, List<Place>> formats = new TreeMap<>();
        for (int left = in.things(2); left > 0; left--) {
            formats.put(in.text(), places(in));
        }
        return new LastKnown(device, model, attributes, formats);
    }

    private static List<Place> places(ByteReader in) throws BytesException {
        List<Place> places = new ArrayList<>();
        for (int left = in.things(9); left > 0; left--) {
            places.add(new Place(in.number(), (int) in.count()));
        }
        return List.copyOf(places);
    }
}

package io.hawser.ivy.gateway.paparazzi;

import io.hawser.core.value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message of a {@code messages.xml}.
 *
 * @param kind its class, such as {@code telemetry} or {@code ground}
 * @param name its name
 * @param fields its values, in the order of its text
 */
record PaparazziMessage(String kind, String name, List<PaparazziField> fields) {
    /** With a copy of the fields. */
    PaparazziMessage {
        fields = List.copyOf(fields);
    }

    /** True if one of its values is called {@code name}. */
    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    /** Adds the values that {@code words} say to {@code to}; false if there are more or less of them. */
    boolean read(PaparazziWords words, Fields.Builder to) {
        List<PaparazziWords.Word> values = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            PaparazziField field = fields.get(i);
            boolean last = i == fields.size() - 1;
            if (words.end()) {
                // nothing is written of an empty array, which can be told at the end alone
                if (!last || !field.several()) {
                    return false;
                }
                values.add(new PaparazziWords.Word("", ' '));
            } else {
                PaparazziWords.Word word = words.next();
                boolean open = last && field.type() == PaparazziField.Type.TEXT && !field.several() && !words.end();
                values.add(
                        open
                                ? new PaparazziWords.Word(
                                        word.text() + " " + words.rest().raw(), ' ')
                                : word);
            }
        }
        if (!words.end()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            PaparazziField field = fields.get(i);
            to.put(PaparazziMessages.outward(field.name()), field.read(values.get(i)));
        }
        return true;
    }

    /** The values in a text, with a space before each; empty if one is missing or cannot be said. */
    Optional<String> write(Fields from) {
        StringBuilder text = new StringBuilder();
        for (PaparazziField field : fields) {
            Optional<String> value =
                    from.get(PaparazziMessages.outward(field.name())).flatMap(field::write);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            text.append(' ').append(value.get());
        }
        return Optional.of(text.toString());
    }
}

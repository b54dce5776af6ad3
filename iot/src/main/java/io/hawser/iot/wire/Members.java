package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, read by type. What is wrong names the place: {@code message 3: payload.format is missing}. A
 * member that is null is a member that is not there ({@code specs/iot.md} 1.6).
 */
public final class Members {
    private final Fields fields;
    private final String place;

    /** The members of {@code fields}; {@code place} ends so that a name can follow: {@code "message 3: "}. */
    public Members(Fields fields, String place) {
        this.fields = fields;
        this.place = place;
    }

    /** All of them, as they are. */
    public Fields fields() {
        return fields;
    }

    boolean has(String name) {
        return find(name) != null;
    }

    /** The refusal of member {@code name}. */
    public ProtocolException wrong(String name, String why) {
        return ProtocolException.of(place + ProtocolException.shown(name) + " " + why);
    }

    /** A text; nothing if it is not there. */
    public Optional<String> text(String name) throws ProtocolException {
        Value value = find(name);
        if (value != null && !(value instanceof Value.Str)) {
            throw wrong(name, "is no string");
        }
        return value instanceof Value.Str text ? Optional.of(text.value()) : Optional.empty();
    }

    /** A text that must be there and hold something. */
    public String required(String name) throws ProtocolException {
        String text = text(name).orElseThrow(() -> wrong(name, "is missing"));
        if (text.isEmpty()) {
            throw wrong(name, "is empty");
        }
        return text;
    }

    /** A number without fraction; nothing if it is not there. */
    public OptionalLong integer(String name) throws ProtocolException {
        Value value = find(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Value.Int number) {
            return OptionalLong.of(number.value());
        }
        if (value instanceof Value.Real real
                && real.value() == Math.rint(real.value())
                && Math.abs(real.value()) < Long.MAX_VALUE) {
            return OptionalLong.of((long) real.value());
        }
        throw wrong(name, "is no integer");
    }

    /** A number without fraction that must be there. */
    public long requiredInteger(String name) throws ProtocolException {
        OptionalLong number = integer(name);
        if (number.isEmpty()) {
            throw wrong(name, "is missing");
        }
        return number.getAsLong();
    }

    /** True or false; {@code otherwise} if it is not there. */
    public boolean truth(String name, boolean otherwise) throws ProtocolException {
        Value value = find(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Value.Bool truth) {
            return truth.value();
        }
        throw wrong(name, "is neither true nor false");
    }

    /** One of the words of an enum. */
    <E extends Enum<E>> Optional<E> word(String name, Class<E> words) throws ProtocolException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text.get())) {
                return Optional.of(word);
            }
        }
        throw wrong(name, "is none of " + Arrays.toString(words.getEnumConstants()));
    }

    /** The members of the object {@code name}; none if it is not there. */
    public Members object(String name) throws ProtocolException {
        Value value = find(name);
        if (value == null) {
            return new Members(Fields.EMPTY, place + name + ".");
        }
        if (value instanceof Value.Nested nested) {
            return new Members(nested.fields(), place + ProtocolException.shown(name) + ".");
        }
        throw wrong(name, "is no object");
    }

    Members requiredObject(String name) throws ProtocolException {
        if (!has(name)) {
            throw wrong(name, "is missing");
        }
        return object(name);
    }

    /** The objects of the array {@code name}; none if it is not there. */
    public List<Members> objects(String name) throws ProtocolException {
        List<Members> objects = new ArrayList<>();
        for (Value value : list(name)) {
            if (!(value instanceof Value.Nested nested)) {
                throw wrong(name + "[" + objects.size() + "]", "is no object");
            }
            objects.add(new Members(nested.fields(), place + name + "[" + objects.size() + "]."));
        }
        return objects;
    }

    /** The strings of the array {@code name}, none if it is not there. */
    List<String> texts(String name) throws ProtocolException {
        List<String> texts = new ArrayList<>();
        for (Value value : list(name)) {
            if (!(value instanceof Value.Str text)) {
                throw wrong(name + "[" + texts.size() + "]", "is no string");
            }
            texts.add(text.value());
        }
        return texts;
    }

    /** An object of names with a string or several each; in order. */
    Map<String, List<String>> lists(String name) throws ProtocolException {
        Members object = object(name);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String each : object.fields.names()) {
            if (object.find(each) instanceof Value.Str text) {
                lists.put(each, List.of(text.value()));
            } else {
                lists.put(each, object.texts(each));
            }
        }
        return lists;
    }

    /** Base64 of the standard alphabet, with or without line breaks and padding ({@code specs/iot.md} 1.4). */
    public Optional<Value.Opaque> bytes(String name) throws ProtocolException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Value.Opaque(Base64.getDecoder().decode(text.get().replaceAll("[\r\n]", ""))));
        } catch (IllegalArgumentException notBase64) {
            throw wrong(name, "is no base64");
        }
    }

    Value.Opaque requiredBytes(String name) throws ProtocolException {
        return bytes(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    private List<Value> list(String name) throws ProtocolException {
        Value value = find(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Value.Sequence sequence) {
            return sequence.values();
        }
        throw wrong(name, "is no array");
    }

    private @Nullable Value find(String name) {
        Value value = fields.find(name);
        return value == Value.Null.NULL ? null : value;
    }
}

package io.hawser.eftl;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Collects the fields of a message; a name that is set again keeps its place and takes the new type and value. Names that
 * begin with {@code _} are reserved, but for {@code _dest}, the destination ({@code specs/eftl.md} 1.8). Not thread-safe.
 */
public final class EftlMessageBuilder {
    private final Map<String, Value> values = new LinkedHashMap<>();

    EftlMessageBuilder(Fields start) {
        for (int i = 0; i < start.size(); i++) {
            values.put(start.name(i), start.value(i));
        }
    }

    /** Sets a string. */
    public EftlMessageBuilder setString(String name, String value) {
        return set(name, Value.of(value));
    }

    /** Sets a long. */
    public EftlMessageBuilder setLong(String name, long value) {
        return set(name, Value.of(value));
    }

    /** Sets a double. */
    public EftlMessageBuilder setDouble(String name, double value) {
        return set(name, Value.of(value));
    }

    /** Sets a point in time, kept to the millisecond. */
    public EftlMessageBuilder setDateTime(String name, Instant value) {
        return set(name, dateTime(value));
    }

    /** Sets a message inside this one. */
    public EftlMessageBuilder setMessage(String name, EftlMessage value) {
        return set(name, nested(value));
    }

    /** Sets bytes that nobody on the way looks into; they are copied. */
    public EftlMessageBuilder setOpaque(String name, byte[] value) {
        return set(name, new Value.Opaque(value));
    }

    /** Sets an array of strings. */
    public EftlMessageBuilder setStringArray(String name, List<String> value) {
        return setArray(name, value, Value::of);
    }

    /** Sets an array of longs. */
    public EftlMessageBuilder setLongArray(String name, List<Long> value) {
        return setArray(name, value, Value::of);
    }

    /** Sets an array of doubles. */
    public EftlMessageBuilder setDoubleArray(String name, List<Double> value) {
        return setArray(name, value, Value::of);
    }

    /** Sets an array of points in time. */
    public EftlMessageBuilder setDateTimeArray(String name, List<Instant> value) {
        return setArray(name, value, EftlMessageBuilder::dateTime);
    }

    /** Sets an array of messages. */
    public EftlMessageBuilder setMessageArray(String name, List<EftlMessage> value) {
        return setArray(name, value, EftlMessageBuilder::nested);
    }

    /** Takes the field {@code name} away, if it is there. */
    public EftlMessageBuilder clearField(String name) {
        values.remove(name);
        return this;
    }

    /** Takes all fields away. */
    public EftlMessageBuilder clearAllFields() {
        values.clear();
        return this;
    }

    /** The message with the fields so far. */
    public EftlMessage build() {
        Fields.Builder fields = Fields.builder();
        values.forEach(fields::put);
        return EftlMessage.of(fields.build());
    }

    private EftlMessageBuilder set(String name, Value value) {
        values.put(name, value);
        return this;
    }

    private <T> EftlMessageBuilder setArray(String name, List<T> list, Function<T, Value> convert) {
        return set(name, new Value.Sequence(list.stream().map(convert).toList()));
    }

    private static Value dateTime(Instant value) {
        return new Value.DateTime(value.toEpochMilli());
    }

    private static Value nested(EftlMessage value) {
        return new Value.Nested(value.fields());
    }
}

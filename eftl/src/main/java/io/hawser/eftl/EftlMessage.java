package io.hawser.eftl;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.engine.Delivery;
import io.hawser.eftl.wire.ReplyAddress;
import io.hawser.eftl.wire.ServerFrame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message: typed fields, and for one that came from the server what it said about it. Immutable; made by a
 * {@link EftlMessageBuilder}, or of {@link Fields}.
 *
 * <pre>{@code
 * EftlMessage message = EftlMessage.builder().setString("type", "hello").setDouble("x", 1.5).build();
 * message.getDouble("x");   // 1.5
 * }</pre>
 *
 * <p>A getter gives nothing if there is no such field, and throws a {@link ClassCastException} that names both types if the
 * field has another type: {@link #getFieldType} tells before. An empty array is an array of every type, as the wire does not
 * say which ({@code specs/eftl.md} 1.8).
 */
public final class EftlMessage {
    /** What types a field can have on the wire ({@code specs/eftl.md} 1.8). */
    public enum FieldType {
        STRING("a string"),
        LONG("a long"),
        DOUBLE("a double"),
        DATETIME("a datetime"),
        MESSAGE("a message"),
        OPAQUE("opaque"),
        STRING_ARRAY("an array of strings"),
        LONG_ARRAY("an array of longs"),
        DOUBLE_ARRAY("an array of doubles"),
        DATETIME_ARRAY("an array of datetimes"),
        MESSAGE_ARRAY("an array of messages"),
        /** There is no such field, or it is an empty array, or of a kind that eFTL does not have. */
        UNKNOWN("of no eFTL type");

        private final String words;

        FieldType(String words) {
            this.words = words;
        }
    }

    private final Fields fields;
    private final @Nullable Delivery delivery;
    private final ServerFrame.@Nullable Event event;

    private EftlMessage(Fields fields, @Nullable Delivery delivery) {
        this.fields = fields;
        this.delivery = delivery;
        this.event = delivery == null ? null : delivery.event();
    }

    /** A message with these fields. */
    public static EftlMessage of(Fields fields) {
        return new EftlMessage(fields, null);
    }

    /** A message with one field {@code text}. */
    public static EftlMessage ofText(String text) {
        return of(Fields.builder().put("text", text).build());
    }

    /** A builder without fields. */
    public static EftlMessageBuilder builder() {
        return new EftlMessageBuilder(Fields.EMPTY);
    }

    static EftlMessage received(Delivery delivery) {
        return new EftlMessage(delivery.event().body().fields(), delivery);
    }

    /** A builder that starts with these fields. */
    public EftlMessageBuilder toBuilder() {
        return new EftlMessageBuilder(fields);
    }

    // ---- fields ----

    /** The fields. */
    public Fields fields() {
        return fields;
    }

    /** The names of the fields, in order. */
    public List<String> getFieldNames() {
        return fields.names();
    }

    /** True if there is a field {@code name}. */
    public boolean isFieldSet(String name) {
        return fields.has(name);
    }

    /** The type of the field {@code name}. */
    public FieldType getFieldType(String name) {
        return fields.get(name).map(EftlMessage::typeOf).orElse(FieldType.UNKNOWN);
    }

    /** The string {@code name}. */
    public Optional<String> getString(String name) {
        return get(name, FieldType.STRING, value -> ((Value.Str) value).value());
    }

    /** The long {@code name}. */
    public OptionalLong getLong(String name) {
        return get(name, FieldType.LONG, value -> OptionalLong.of(((Value.Int) value).value()))
                .orElse(OptionalLong.empty());
    }

    /** The double {@code name}. */
    public OptionalDouble getDouble(String name) {
        return get(name, FieldType.DOUBLE, value -> OptionalDouble.of(((Value.Real) value).value()))
                .orElse(OptionalDouble.empty());
    }

    /** The point in time {@code name}, to the millisecond. */
    public Optional<Instant> getDateTime(String name) {
        return get(name, FieldType.DATETIME, EftlMessage::instant);
    }

    /** The message {@code name}. */
    public Optional<EftlMessage> getMessage(String name) {
        return get(name, FieldType.MESSAGE, EftlMessage::nested);
    }

    /** A copy of the bytes {@code name}. */
    public Optional<byte[]> getOpaque(String name) {
        return get(name, FieldType.OPAQUE, value -> ((Value.Opaque) value).bytes());
    }

    /** The strings {@code name}. */
    public Optional<List<String>> getStringArray(String name) {
        return getArray(name, FieldType.STRING_ARRAY, value -> ((Value.Str) value).value());
    }

    /** The longs {@code name}. */
    public Optional<List<Long>> getLongArray(String name) {
        return getArray(name, FieldType.LONG_ARRAY, value -> ((Value.Int) value).value());
    }

    /** The doubles {@code name}. */
    public Optional<List<Double>> getDoubleArray(String name) {
        return getArray(name, FieldType.DOUBLE_ARRAY, value -> ((Value.Real) value).value());
    }

    /** The points in time {@code name}. */
    public Optional<List<Instant>> getDateTimeArray(String name) {
        return getArray(name, FieldType.DATETIME_ARRAY, EftlMessage::instant);
    }

    /** The messages {@code name}. */
    public Optional<List<EftlMessage>> getMessageArray(String name) {
        return getArray(name, FieldType.MESSAGE_ARRAY, EftlMessage::nested);
    }

    // ---- what the server said about it ----

    /** The message's number in its durable, growing; 0 if it did not come from one. */
    public long storeMessageId() {
        return event == null ? 0 : event.storeId();
    }

    /** How often the durable has delivered the message, this time included; 0 if it did not come from one. */
    public long deliveryCount() {
        return event == null ? 0 : event.deliveryCount();
    }

    /** True if somebody waits for an answer: {@link EftlConnection#sendReply}. */
    public boolean isRequest() {
        return replyAddress().isPresent();
    }

    /** The topic on the bus; only Hawser's own hub tells. */
    public Optional<String> topic() {
        return event == null ? Optional.empty() : event.origin().topic();
    }

    /** Who published it, as {@code protocol:party}; only Hawser's own hub tells. */
    public Optional<String> from() {
        return event == null ? Optional.empty() : event.origin().from();
    }

    /** When it came onto the bus; only Hawser's own hub tells. */
    public Optional<Instant> time() {
        return event == null || event.origin().time().isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(event.origin().time().getAsLong()));
    }

    Optional<Delivery> delivery() {
        return Optional.ofNullable(delivery);
    }

    Optional<ReplyAddress> replyAddress() {
        return event == null ? Optional.empty() : event.replyTo();
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    private <T> Optional<T> get(String name, FieldType wanted, Function<Value, T> convert) {
        Value value = fields.find(name);
        if (value == null) {
            return Optional.empty();
        }
        check(name, typeOf(value), wanted);
        return Optional.of(convert.apply(value));
    }

    private <T> Optional<List<T>> getArray(String name, FieldType wanted, Function<Value, T> convert) {
        Value value = fields.find(name);
        if (value == null) {
            return Optional.empty();
        }
        List<Value> values = value instanceof Value.Sequence sequence ? sequence.values() : List.of();
        if (!(value instanceof Value.Sequence) || !values.isEmpty()) {
            check(name, typeOf(value), wanted);
        }
        return Optional.of(values.stream().map(convert).toList());
    }

    private static void check(String name, FieldType type, FieldType wanted) {
        if (type != wanted) {
            throw new ClassCastException("the field '" + name + "' is " + type.words + ", not " + wanted.words);
        }
    }

    private static FieldType typeOf(Value value) {
        return switch (value.kind()) {
            case STRING -> FieldType.STRING;
            case LONG -> FieldType.LONG;
            case DOUBLE -> FieldType.DOUBLE;
            case DATETIME -> FieldType.DATETIME;
            case MESSAGE -> FieldType.MESSAGE;
            case OPAQUE -> FieldType.OPAQUE;
            case LIST -> arrayTypeOf((Value.Sequence) value);
            case BOOL, NULL -> FieldType.UNKNOWN;
        };
    }

    private static FieldType arrayTypeOf(Value.Sequence sequence) {
        if (sequence.values().isEmpty() || !sequence.uniform()) {
            return FieldType.UNKNOWN;
        }
        return switch (sequence.values().get(0).kind()) {
            case STRING -> FieldType.STRING_ARRAY;
            case LONG -> FieldType.LONG_ARRAY;
            case DOUBLE -> FieldType.DOUBLE_ARRAY;
            case DATETIME -> FieldType.DATETIME_ARRAY;
            case MESSAGE -> FieldType.MESSAGE_ARRAY;
            case OPAQUE, LIST, BOOL, NULL -> FieldType.UNKNOWN;
        };
    }

    private static Instant instant(Value value) {
        return Instant.ofEpochMilli(((Value.DateTime) value).epochMillis());
    }

    private static EftlMessage nested(Value value) {
        return of(((Value.Nested) value).fields());
    }
}

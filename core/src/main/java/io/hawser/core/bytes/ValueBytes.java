package io.hawser.core.bytes;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Between fields with values of every kind and bytes. Pure.
 *
 * <pre>
 *   fields  count, then for each: text name, value
 *   value   1 text | 2 number | 3 number, the bits of a double | 4 yes | 5 number, milliseconds | 6 bytes | 7 fields
 *           | 8 count, values | 9 nothing
 * </pre>
 */
public final class ValueBytes {
    private final BytesLimits limits;

    /** Writes and reads what {@code limits} allow. */
    public ValueBytes(BytesLimits limits) {
        this.limits = limits;
    }

    /**
     * Writes {@code fields}.
     *
     * @throws BytesException if they go deeper than the limit
     */
    public void write(ByteWriter out, Fields fields) throws BytesException {
        write(out, fields, 0);
    }

    /**
     * Writes {@code value}.
     *
     * @throws BytesException if it goes deeper than the limit
     */
    public void write(ByteWriter out, Value value) throws BytesException {
        write(out, value, 0);
    }

    /** Reads fields. */
    public Fields fields(ByteReader in) throws BytesException {
        return fields(in, 0);
    }

    /** Reads a value. */
    public Value value(ByteReader in) throws BytesException {
        return value(in, 0);
    }

    private void write(ByteWriter out, Fields fields, int depth) throws BytesException {
        checkDepth(depth);
        out.count(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            write(out.text(fields.name(i)), fields.value(i), depth);
        }
    }

    private void write(ByteWriter out, Value value, int depth) throws BytesException {
        if (value instanceof Value.Str text) {
            out.octet(1).text(text.value());
        } else if (value instanceof Value.Int number) {
            out.octet(2).number(number.value());
        } else if (value instanceof Value.Real number) {
            out.octet(3).number(Double.doubleToRawLongBits(number.value()));
        } else if (value instanceof Value.Bool bool) {
            out.octet(4).octet(bool.value() ? 1 : 0);
        } else if (value instanceof Value.DateTime time) {
            out.octet(5).number(time.epochMillis());
        } else if (value instanceof Value.Opaque opaque) {
            out.octet(6).bytes(opaque.bytes());
        } else if (value instanceof Value.Nested nested) {
            write(out.octet(7), nested.fields(), depth + 1);
        } else if (value instanceof Value.Sequence list) {
            checkDepth(depth + 1);
            out.octet(8).count(list.values().size());
            for (Value each : list.values()) {
                write(out, each, depth + 1);
            }
        } else {
            out.octet(9);
        }
    }

    private Fields fields(ByteReader in, int depth) throws BytesException {
        checkDepth(depth);
        int count = in.things(2);
        Fields.Builder fields = Fields.builder();
        for (int i = 0; i < count; i++) {
            String name = in.text();
            if (fields.has(name)) {
                throw new BytesException("the field " + name + " stands twice");
            }
            fields.put(name, value(in, depth));
        }
        return fields.build();
    }

    private Value value(ByteReader in, int depth) throws BytesException {
        int kind = in.octet();
        return switch (kind) {
            case 1 -> Value.of(in.text());
            case 2 -> Value.of(in.number());
            case 3 -> Value.of(Double.longBitsToDouble(in.number()));
            case 4 -> Value.of(in.yes());
            case 5 -> new Value.DateTime(in.number());
            case 6 -> new Value.Opaque(in.bytes());
            case 7 -> new Value.Nested(fields(in, depth + 1));
            case 8 -> list(in, depth + 1);
            case 9 -> Value.Null.NULL;
            default -> throw new BytesException("there is no kind of value " + kind);
        };
    }

    private Value list(ByteReader in, int depth) throws BytesException {
        checkDepth(depth);
        int count = in.things(1);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(in, depth));
        }
        return new Value.Sequence(values);
    }

    private void checkDepth(int depth) throws BytesException {
        if (depth > limits.maxDepth()) {
            throw new BytesException("deeper than " + limits.maxDepth() + " messages and lists");
        }
    }
}

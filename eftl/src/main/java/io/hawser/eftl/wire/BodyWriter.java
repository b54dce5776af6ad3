package io.hawser.eftl.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Base64;
import java.util.List;

/**
 * Writes fields as a body that all clients read ({@code specs/eftl.md} 1.8). What eFTL has no kind for becomes what comes
 * nearest: bool a long 0 or 1, null an absent field, a list of several kinds or of lists a message with the names "0",
 * "1", ... Not thread-safe; the output belongs to the caller.
 */
final class BodyWriter {
    private final JsonBytes out;
    private final EftlLimits limits;

    BodyWriter(JsonBytes out, EftlLimits limits) {
        this.out = out;
        this.limits = limits;
    }

    /** Writes a message that is the {@code depth}-th from outside. */
    void message(Fields fields, int depth) throws ProtocolException {
        check(depth);
        out.raw('{');
        boolean first = true;
        for (int i = 0; i < fields.size(); i++) {
            first = field(first, fields.name(i), fields.value(i), depth);
        }
        out.raw('}');
    }

    /** Writes one field if it has a value and returns whether the next field is the first. */
    private boolean field(boolean first, String name, Value value, int depth) throws ProtocolException {
        BodyReader.checkName(name, limits);
        if (BodyReader.isWrapper(name)) {
            throw failed("the name " + name + " is reserved");
        }
        if (!Utf8.wellFormed(name)) {
            throw failed("a field name holds half a character");
        }
        if (value.kind() == Value.Kind.NULL) {
            return first;
        }
        if (!first) {
            out.raw(',');
        }
        out.text(name).raw(':');
        value(value, depth);
        return false;
    }

    private void value(Value value, int depth) throws ProtocolException {
        if (value instanceof Value.Str text) {
            out.text(text.value());
        } else if (value instanceof Value.Int number) {
            out.number(number.value());
        } else if (value instanceof Value.Bool bool) {
            out.raw(bool.value() ? '1' : '0');
        } else if (value instanceof Value.Nested nested) {
            message(nested.fields(), depth + 1);
        } else if (value instanceof Value.Sequence list) {
            list(list, depth + 1);
        } else {
            wrapper(value, depth + 1);
        }
    }

    private void wrapper(Value value, int depth) throws ProtocolException {
        check(depth);
        if (value instanceof Value.Real number) {
            out.raw("{\"_d_\":");
            real(number.value());
        } else if (value instanceof Value.DateTime time) {
            out.raw("{\"_m_\":").number(time.epochMillis());
        } else if (value instanceof Value.Opaque opaque) {
            out.raw("{\"_o_\":\"")
                    .raw(Base64.getEncoder().encode(opaque.bytes()))
                    .raw('"');
        } else {
            throw new IllegalStateException("no wrapper for " + value.kind());
        }
        out.raw('}');
    }

    /** {@link Double#toString} always has a point: Python and .NET read nothing else as a double. */
    private void real(double value) {
        if (Double.isFinite(value)) {
            out.raw(Double.toString(value));
        } else {
            out.raw('"').raw(Double.toString(value)).raw('"');
        }
    }

    private void list(Value.Sequence list, int depth) throws ProtocolException {
        check(depth);
        List<Value> values = list.values();
        Value.Kind kind = values.isEmpty() ? Value.Kind.NULL : values.get(0).kind();
        if (kind == Value.Kind.LIST || !list.uniform()) {
            numbered(values, depth);
            return;
        }
        out.raw('[');
        for (int i = 0; kind != Value.Kind.NULL && i < values.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            value(values.get(i), depth);
        }
        out.raw(']');
    }

    private void numbered(List<Value> values, int depth) throws ProtocolException {
        out.raw('{');
        boolean first = true;
        for (int i = 0; i < values.size(); i++) {
            first = field(first, Integer.toString(i), values.get(i), depth);
        }
        out.raw('}');
    }

    private void check(int depth) throws ProtocolException {
        if (depth > limits.maxDepth()) {
            throw failed("the message is nested deeper than " + limits.maxDepth());
        }
    }

    private static ProtocolException failed(String reason) {
        return ProtocolException.refusal(EftlError.PUBLISH_FAILED, reason);
    }
}

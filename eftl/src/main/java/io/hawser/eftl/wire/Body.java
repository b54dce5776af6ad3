package io.hawser.eftl.wire;

import io.hawser.core.value.Fields;

/**
 * A message body: its fields and, made once, the JSON that says them to any client ({@code specs/eftl.md} 1.8).
 *
 * <p>Made by {@link EftlBody}. Two bodies are equal when their fields are. Immutable: nobody writes to the array.
 */
public final class Body {
    private final Fields fields;
    private final byte[] json;

    Body(Fields fields, byte[] json) {
        this.fields = fields;
        this.json = json;
    }

    /** The fields. */
    public Fields fields() {
        return fields;
    }

    /** The canonical JSON in UTF-8; the array itself, to be read only. */
    public byte[] json() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}

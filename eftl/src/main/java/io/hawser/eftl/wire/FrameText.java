package io.hawser.eftl.wire;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The envelope of one frame being written: {@code op} first and then member by member. Owned by one writer. */
final class FrameText {
    private final JsonBytes out;

    FrameText(int op, int room) {
        out = new JsonBytes(room).raw("{\"op\":").number(op);
    }

    /** Starts behind an event's head, at its body. */
    FrameText(Body body, int room) {
        out = new JsonBytes(body.json().length + room).raw(body.json());
    }

    FrameText text(String name, String value) {
        name(name).text(value);
        return this;
    }

    FrameText textUnlessEmpty(String name, String value) {
        return value.isEmpty() ? this : text(name, value);
    }

    FrameText text(String name, Optional<String> value) {
        value.ifPresent(text -> text(name, text));
        return this;
    }

    FrameText number(String name, long value) {
        name(name).number(value);
        return this;
    }

    FrameText number(String name, OptionalLong value) {
        return value.isPresent() ? number(name, value.getAsLong()) : this;
    }

    FrameText numberUnlessZero(String name, long value) {
        return value == 0 ? this : number(name, value);
    }

    FrameText flag(String name, boolean value) {
        name(name).raw(value ? "true" : "false");
        return this;
    }

    FrameText body(String name, Body body) {
        name(name).raw(body.json());
        return this;
    }

    /** An object of texts. */
    FrameText texts(String name, Map<String, String> entries) {
        name(name).raw('{');
        boolean first = true;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            if (!first) {
                out.raw(',');
            }
            first = false;
            out.text(entry.getKey()).raw(':').text(entry.getValue());
        }
        out.raw('}');
        return this;
    }

    byte[] end() {
        return out.raw('}').take();
    }

    private JsonBytes name(String name) {
        return out.raw(",\"").raw(name).raw("\":");
    }
}

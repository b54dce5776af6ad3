package io.hawser.clever.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON content of a frame. What the original takes is taken, in the way it takes it: no arguments at all are none
 * (its resent requests have them, {@code specs/clever.md} 1.13), a text is spread into characters, an object into its names.
 */
final class FrameReader {
    private static final String CONTENT = "content";

    private final JsonReader json;

    FrameReader(JsonReader json) {
        this.json = json;
    }

    CleverFrame read(CleverHead head, byte[] content) throws ProtocolException {
        Fields said = json.object(content, head.charset(), CONTENT);
        return switch (head.type()) {
            case Keys.MESSAGE -> action(head, said);
            case Keys.REQUEST -> request(head, said);
            case Keys.RESPONSE -> response(head, said);
            default -> extra(head, said);
        };
    }

    private static CleverFrame action(CleverHead head, Fields said) throws ProtocolException {
        Arguments arguments = arguments(said);
        if (!(head.require(Keys.ACTION) instanceof Value.Str name)) {
            return new CleverFrame.Ignored("the name of an action is no text");
        }
        if (arguments.args == null || arguments.kwargs == null) {
            return new CleverFrame.Ignored("the arguments of the action " + name.value() + " are none");
        }
        return new CleverFrame.Action(name.value(), arguments.args, arguments.kwargs, head.text(Keys.EXTRA_ID));
    }

    private static CleverFrame request(CleverHead head, Fields said) throws ProtocolException {
        Value requested = CleverHead.require(said, Keys.REQUESTED_VALUE, CONTENT);
        Value id = CleverHead.require(said, Keys.REQUEST_ID, CONTENT);
        Arguments arguments = arguments(said);
        if (!(requested instanceof Value.Str name)) {
            return new CleverFrame.Ignored("the name of a request is no text");
        }
        if (arguments.args == null || arguments.kwargs == null) {
            return new CleverFrame.Ignored("the arguments of the request " + name.value() + " are none");
        }
        return new CleverFrame.Request(name.value(), id, arguments.args, arguments.kwargs, head.text(Keys.EXTRA_ID));
    }

    private static CleverFrame response(CleverHead head, Fields said) throws ProtocolException {
        Value value = CleverHead.require(said, Keys.VALUE, CONTENT);
        String name = head.require(Keys.REQUESTED_VALUE) instanceof Value.Str text ? text.value() : "";
        return new CleverFrame.Response(name, head.require(Keys.REQUEST_ID), value, head.text(Keys.ERROR));
    }

    private static CleverFrame extra(CleverHead head, Fields said) {
        Optional<ExtraKind> kind = head.text(Keys.EXTRA_KIND).flatMap(ExtraKind::of);
        return kind.isPresent()
                ? new CleverFrame.Extra(kind.get(), head.text(Keys.EXTRA_ID).orElse(""), said)
                : new CleverFrame.Ignored("an extra of a later version");
    }

    private static Arguments arguments(Fields said) throws ProtocolException {
        Value args = CleverHead.require(said, Keys.ARGS, CONTENT);
        Value kwargs = CleverHead.require(said, Keys.KWARGS, CONTENT);
        return new Arguments(list(args), kwargs instanceof Value.Nested named ? named.fields() : null);
    }

    private static @Nullable List<Value> list(Value args) {
        if (args instanceof Value.Sequence list) {
            return list.values();
        }
        if (args instanceof Value.Nested object) {
            return object.fields().names().stream().map(Value::of).toList();
        }
        if (args instanceof Value.Str text) {
            return text.value()
                    .codePoints()
                    .mapToObj(code -> Value.of(Character.toString(code)))
                    .toList();
        }
        return args == Value.Null.NULL ? List.of() : null;
    }

    /** What a callback gets; null what the original cannot call one with. */
    private record Arguments(
            @Nullable List<Value> args, @Nullable Fields kwargs) {}
}

package io.hawser.iot.model;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.function.Function;

/** Says a device model in the order of the original server; what is absent is left out ({@code specs/iot.md} 1.6). */
final class ModelWriter {
    private ModelWriter() {}

    static Fields fields(DeviceModel model) {
        Fields.Builder out = Fields.builder().put("urn", model.urn()).put("name", model.name());
        text(out, "description", model.description());
        out.put("system", Value.of(model.system())).put("draft", Value.of(model.draft()));
        model.created().ifPresent(time -> out.put("created", time));
        model.lastModified().ifPresent(time -> out.put("lastModified", time));
        out.put("attributes", list(model.attributes(), ModelWriter::attribute));
        out.put("actions", list(model.actions(), ModelWriter::action));
        out.put("formats", list(model.formats(), format -> format(format, model.urn())));
        return out.build();
    }

    private static Fields attribute(Attribute attribute) {
        Fields.Builder out = Fields.builder().put("name", attribute.name());
        text(out, "description", attribute.description());
        text(out, "alias", attribute.alias());
        out.put("type", attribute.type().name());
        attribute.range().ifPresent(range -> out.put("range", range.toString()));
        out.put("writable", Value.of(attribute.writable()));
        attribute.defaultValue().ifPresent(value -> out.put("defaultValue", value));
        return out.build();
    }

    private static Fields action(Action action) {
        Fields.Builder out = Fields.builder().put("name", action.name());
        text(out, "description", action.description());
        text(out, "alias", action.alias());
        action.argType().ifPresent(type -> out.put("argType", type.name()));
        action.range().ifPresent(range -> out.put("range", range.toString()));
        return out.build();
    }

    private static Fields format(Format format, String model) {
        Fields.Builder out = Fields.builder().put("urn", format.urn()).put("name", format.name());
        text(out, "description", format.description());
        Fields value = Fields.of("fields", list(format.fields(), ModelWriter::field));
        return out.put("type", format.kind().name())
                .put("deviceModel", model)
                .put("value", new Value.Nested(value))
                .build();
    }

    private static Fields field(Format.Field field) {
        Fields.Builder out = Fields.builder().put("name", field.name());
        text(out, "description", field.description());
        return out.put("type", field.type().name())
                .put("optional", Value.of(field.optional()))
                .build();
    }

    private static void text(Fields.Builder out, String name, String text) {
        if (!text.isEmpty()) {
            out.put(name, text);
        }
    }

    private static <T> Value list(List<T> things, Function<T, Fields> one) {
        return new Value.Sequence(things.stream()
                .<Value>map(thing -> new Value.Nested(one.apply(thing)))
                .toList());
    }
}

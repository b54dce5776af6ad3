package io.hawser.iot.model;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a device model, as strictly as the original Java library, which refuses a whole model for one mistake ({@code specs/iot.md}
 * 1.6): whoever imports it learns all that is wrong at once.
 */
final class ModelReader {
    /** Clients put URNs into paths as they are. */
    private static final Pattern NO_URN = Pattern.compile(".*[\\s\\p{Cntrl}/?#%].*", Pattern.DOTALL);

    private ModelReader() {}

    static DeviceModel read(Fields fields) throws ModelException {
        Problems model = new Problems(fields);
        String urn = urn(model);
        DeviceModel read = new DeviceModel(
                urn,
                model.required("name"),
                model.text("description"),
                model.truth("system"),
                model.truth("draft"),
                model.integer("created"),
                model.integer("lastModified"),
                attributes(model),
                actions(model),
                formats(model));
        if (!model.found().isEmpty()) {
            throw ModelException.of(model.found());
        }
        return read;
    }

    private static List<Attribute> attributes(Problems model) {
        List<Attribute> attributes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Problems each : model.objects("attributes")) {
            String name = name(each, names);
            Optional<ValueType> type = type(each);
            Optional<Range> range = range(each, type);
            boolean writable = each.truth("writable");
            Optional<Value> defaultValue = defaultValue(each, type, range);
            type.ifPresent(known -> attributes.add(new Attribute(
                    name, each.text("alias"), each.text("description"), known, range, writable, defaultValue)));
        }
        return attributes;
    }

    private static List<Action> actions(Problems model) {
        List<Action> actions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Problems each : model.objects("actions")) {
            String name = name(each, names);
            Optional<ValueType> argType = each.word("argType", ValueType.class);
            actions.add(new Action(name, each.text("alias"), each.text("description"), argType, range(each, argType)));
        }
        return actions;
    }

    private static List<Format> formats(Problems model) {
        List<Format> formats = new ArrayList<>();
        Set<String> urns = new HashSet<>();
        for (Problems each : model.objects("formats")) {
            String urn = urn(each);
            if (!urn.isEmpty() && !urns.add(urn)) {
                each.note("urn", "is the URN of another format too");
            }
            String name = each.required("name");
            if (!each.has("type")) {
                each.note("type", "is missing");
            }
            Optional<Format.Kind> kind = each.word("type", Format.Kind.class);
            List<Format.Field> fields = fields(each.object("value"));
            kind.ifPresent(known -> formats.add(new Format(urn, name, each.text("description"), known, fields)));
        }
        return formats;
    }

    private static List<Format.Field> fields(Problems value) {
        List<Format.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Problems each : value.objects("fields")) {
            String name = name(each, names);
            if (!each.has("optional")) {
                each.note("optional", "is missing");
            }
            boolean optional = each.truth("optional");
            type(each).ifPresent(type -> fields.add(new Format.Field(name, each.text("description"), type, optional)));
        }
        return fields;
    }

    private static String urn(Problems named) {
        String urn = named.required("urn");
        if (NO_URN.matcher(urn).matches()) {
            named.note("urn", "holds a space, a slash, ?, # or %, which no path can say");
        }
        return urn;
    }

    private static String name(Problems named, Set<String> names) {
        String name = named.required("name");
        if (!name.isEmpty() && !names.add(name)) {
            named.note("name", "is the name of another one too");
        }
        return name;
    }

    private static Optional<ValueType> type(Problems typed) {
        if (!typed.has("type")) {
            typed.note("type", "is missing");
        }
        return typed.word("type", ValueType.class);
    }

    private static Optional<Range> range(Problems ranged, Optional<ValueType> type) {
        String text = ranged.text("range");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Range> range = Range.parse(text);
        if (range.isEmpty()) {
            ranged.note("range", "is not two numbers with a comma between them, the lower one first: 0,100");
        } else if (type.filter(ValueType::numeric).isEmpty()) {
            ranged.note("range", "stands where there is neither NUMBER nor INTEGER");
        }
        return range;
    }

    private static Optional<Value> defaultValue(Problems attribute, Optional<ValueType> type, Optional<Range> range) {
        Optional<Value> value = attribute.value("defaultValue");
        if (value.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        try {
            Value fit = type.get().fit(value.get());
            if (range.isPresent() && type.get().numeric() && !range.get().holds(fit)) {
                attribute.note("defaultValue", "is not within " + range.get());
            }
            return Optional.of(fit);
        } catch (ModelException misfit) {
            attribute.note("defaultValue", misfit.reason());
            return Optional.empty();
        }
    }
}

package io.hawser.iot.model;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether values fit a device model, both ways: what a device says becomes typed values for the bus, and what comes from the bus
 * or from an operator becomes what the device's model expects; JSON says each of them as the originals do. What does not fit is
 * refused with all reasons. Pure, thread-safe.
 */
public record ModelCheck(DeviceModel model) {
    /** {@code value} as the attribute {@code name} has it, whoever sets it. */
    public Value attribute(String name, Value value) throws ModelException {
        Attribute attribute = known(name);
        return fit(attribute.name(), attribute.type(), attribute.range(), value);
    }

    /** As {@link #attribute}, for an operator, who may set but those that are writable. */
    public Value write(String name, Value value) throws ModelException {
        Attribute attribute = known(name);
        if (!attribute.writable()) {
            throw ModelException.of(attribute.name() + " is not writable");
        }
        return attribute(name, value);
    }

    /** As {@link #write}, for several attributes; they are called by their names then, not by their aliases. */
    public Fields write(Fields values) throws ModelException {
        return all(values, (name, value) -> Fields.of(known(name).name(), write(name, value)));
    }

    /** The argument of the action {@code name}; none, or null, if it takes none. */
    public Optional<Value> argument(String name, Optional<Value> value) throws ModelException {
        Action action = model.action(name)
                .orElseThrow(() -> ModelException.of(
                        "the model " + model.urn() + " has no action " + ProtocolException.shown(name)));
        Optional<Value> given = value.filter(each -> each != Value.Null.NULL);
        if (action.argType().isEmpty()) {
            if (given.isPresent()) {
                throw ModelException.of(action.name() + " takes no argument");
            }
            return Optional.empty();
        }
        ValueType type = action.argType().get();
        if (given.isEmpty()) {
            throw ModelException.of(action.name() + " takes an argument of type " + type);
        }
        return Optional.of(fit(action.name(), type, action.range(), given.get()));
    }

    /** The items of DATA in {@code format}: the attributes of this model, or one of its formats. */
    public Fields data(String format, Fields items) throws ModelException {
        if (format.equals(model.urn() + IotMessage.ATTRIBUTES)) {
            return all(items, (name, value) -> Fields.of(known(name).name(), attribute(name, value)));
        }
        return items(known(format, Format.Kind.DATA), items);
    }

    /** The items of an ALERT in {@code format}. */
    public Fields alert(String format, Fields items) throws ModelException {
        return items(known(format, Format.Kind.ALERT), items);
    }

    private Fields items(Format format, Fields items) throws ModelException {
        List<String> problems = new ArrayList<>();
        for (Format.Field field : format.fields()) {
            if (!field.optional()
                    && items.get(field.name())
                            .filter(value -> value != Value.Null.NULL)
                            .isEmpty()) {
                problems.add(field.name() + " is missing");
            }
        }
        return all(items, problems, (name, value) -> {
            Format.Field field = format.field(name)
                    .orElseThrow(() -> ModelException.of(
                            "the format " + format.urn() + " has no field " + ProtocolException.shown(name)));
            return Fields.of(name, fit(name, field.type(), Optional.empty(), value));
        });
    }

    /** One name and value as the model has them. */
    private interface Fit {
        Fields fit(String name, Value value) throws ModelException;
    }

    private Fields all(Fields values, Fit fit) throws ModelException {
        return all(values, new ArrayList<>(), fit);
    }

    /** Each value made to fit; all the reasons why some do not. A null is no value, and left out. */
    private Fields all(Fields values, List<String> problems, Fit fit) throws ModelException {
        Fields.Builder fits = Fields.builder();
        for (int i = 0; i < values.size(); i++) {
            String name = values.name(i);
            if (values.value(i) == Value.Null.NULL) {
                continue;
            }
            try {
                Fields one = fit.fit(name, values.value(i));
                fits.put(one.name(0), one.value(0));
            } catch (ModelException misfit) {
                problems.addAll(misfit.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw ModelException.of(problems);
        }
        return fits.build();
    }

    private Attribute known(String name) throws ModelException {
        return model.attribute(name)
                .orElseThrow(() -> ModelException.of(
                        "the model " + model.urn() + " has no attribute " + ProtocolException.shown(name)));
    }

    private Format known(String format, Format.Kind kind) throws ModelException {
        Format found = model.format(format)
                .orElseThrow(() -> ModelException.of(
                        "the model " + model.urn() + " has no format " + ProtocolException.shown(format)));
        if (found.kind() != kind) {
            throw ModelException.of("the format " + format + " is one of " + found.kind() + ", not of " + kind);
        }
        return found;
    }

    private static Value fit(String name, ValueType type, Optional<Range> range, Value value) throws ModelException {
        Value fit;
        try {
            fit = type.fit(value);
        } catch (ModelException misfit) {
            throw ModelException.of(name + " " + misfit.reason());
        }
        if (range.isPresent() && type.numeric() && !range.get().holds(fit)) {
            throw ModelException.of(name + " must be within " + range.get() + ", and is " + fit);
        }
        return fit;
    }
}

package io.hawser.iot.model;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the attributes of one virtual device are, and whether they may be that. Callable from any thread. */
public final class AttributeValues {
    private final DeviceModel model;
    private final ModelCheck check;
    private final Map<String, Value> current = new ConcurrentHashMap<>();

    /** Of a device of {@code model}, of which nothing is known yet. */
    public AttributeValues(DeviceModel model) {
        this.model = model;
        this.check = new ModelCheck(model);
    }

    /**
     * The attribute with this name or alias.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Attribute known(String nameOrAlias) {
        return model.attribute(nameOrAlias)
                .orElseThrow(() ->
                        new IllegalArgumentException("the model " + model.urn() + " has no attribute " + nameOrAlias));
    }

    /** What it is now: what was set last, else the default of the model. */
    public Optional<Value> get(Attribute attribute) {
        return last(attribute).or(attribute::defaultValue);
    }

    /** What was set last; nothing if it never was. */
    public Optional<Value> last(Attribute attribute) {
        return Optional.ofNullable(current.get(attribute.name()));
    }

    /**
     * {@code given} under the name of the attribute, as the model has it; nothing for NaN.
     *
     * @throws IllegalArgumentException if there is no such attribute, or it is of another type or out of range
     */
    public Fields fit(String nameOrAlias, Object given) {
        Attribute attribute = known(nameOrAlias);
        Optional<Value> value = JavaValues.from(attribute.name(), attribute.type(), given);
        try {
            return value.isEmpty()
                    ? Fields.EMPTY
                    : Fields.of(attribute.name(), check.attribute(attribute.name(), value.get()));
        } catch (ModelException misfit) {
            throw new IllegalArgumentException(misfit.reason(), misfit);
        }
    }

    /** What the other side says of attributes, by their names; all of it, or all reasons why not. */
    public Fields fit(Fields said) throws ModelException {
        return check.data(model.urn() + IotMessage.ATTRIBUTES, said);
    }

    /** The attributes are {@code values}, which fit, from now on. */
    public void put(Fields values) {
        for (int i = 0; i < values.size(); i++) {
            current.put(values.name(i), values.value(i));
        }
    }
}

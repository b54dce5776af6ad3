package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.wire.IotMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the attributes of one virtual device are, and whether they may be that. Callable from any thread. */
final class AttributeValues {
    private final DeviceModel model;
    private final ModelCheck check;
    private final Map<String, Value> current = new ConcurrentHashMap<>();

    AttributeValues(DeviceModel model) {
        this.model = model;
        this.check = new ModelCheck(model);
    }

    /** The attribute with this name or alias. */
    Attribute known(String nameOrAlias) {
        return model.attribute(nameOrAlias)
                .orElseThrow(() ->
                        new IllegalArgumentException("the model " + model.urn() + " has no attribute " + nameOrAlias));
    }

    /** What it is now: what was set last, else the default of the model. */
    Optional<Value> get(Attribute attribute) {
        return Optional.ofNullable(current.get(attribute.name())).or(attribute::defaultValue);
    }

    /** {@code given} under the name of the attribute, as the model has it; nothing for NaN. */
    Fields fit(String nameOrAlias, Object given) {
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

    /** What the server says of attributes, by their names; all of it, or all reasons why not. */
    Fields fit(Fields said) throws ModelException {
        return check.data(model.urn() + IotMessage.ATTRIBUTES, said);
    }

    void put(Fields values) {
        for (int i = 0; i < values.size(); i++) {
            current.put(values.name(i), values.value(i));
        }
    }
}

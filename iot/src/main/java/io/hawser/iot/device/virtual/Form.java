package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.Format;
import io.hawser.iot.model.JavaValues;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.storage.StorageObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a format while they are filled. Any thread. */
final class Form {
    private final Format format;
    private final ModelCheck check;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private Form(DeviceModel model, String urn, Format.Kind kind) {
        this.check = new ModelCheck(model);
        this.format = model.format(urn)
                .filter(each -> each.kind() == kind)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the model " + model.urn() + " has no format " + urn + " for " + kind));
    }

    static Form alert(DeviceModel model, String urn) {
        return new Form(model, urn, Format.Kind.ALERT);
    }

    static Form data(DeviceModel model, String urn) {
        return new Form(model, urn, Format.Kind.DATA);
    }

    Format format() {
        return format;
    }

    synchronized void set(String field, Object given) {
        Format.Field known = format.field(field)
                .orElseThrow(
                        () -> new IllegalArgumentException("the format " + format.urn() + " has no field " + field));
        Optional<Value> value = JavaValues.from(field, known.type(), StorageObject.uriOf(given));
        value.ifPresent(fit -> values.put(field, fit));
    }

    /** What was filled in, checked as a whole; the form is empty then. */
    synchronized Fields take() {
        Fields.Builder filled = Fields.builder();
        values.forEach(filled::put);
        try {
            Fields fit = format.kind() == Format.Kind.ALERT
                    ? check.alert(format.urn(), filled.build())
                    : check.data(format.urn(), filled.build());
            values.clear();
            return fit;
        } catch (ModelException incomplete) {
            throw new IllegalStateException(format.urn() + ": " + incomplete.reason(), incomplete);
        }
    }
}

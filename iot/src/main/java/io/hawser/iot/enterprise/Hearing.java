package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.AttributeChange;
import io.hawser.iot.model.AttributeValues;
import io.hawser.iot.model.Format;
import io.hawser.iot.model.JavaValues;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.model.ValueType;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.operator.Latest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of what is learnt of one device. Owner: the loop; whoever hears them is set on any thread. */
final class Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualDevice.class);

    private final VirtualDevice device;
    private final AttributeValues values;
    final Listeners<ChangeEvent> changes;
    final Listeners<AlertEvent> alerts;
    final Listeners<DataEvent> data;

    Hearing(VirtualDevice device, AttributeValues values, Executor callbacks) {
        this.device = device;
        this.values = values;
        this.changes = new Listeners<>(callbacks);
        this.alerts = new Listeners<>(callbacks);
        this.data = new Listeners<>(callbacks);
    }

    /** Attributes are {@code said}, which is no event. */
    void learn(Fields said) {
        for (int i = 0; i < said.size(); i++) {
            known(said.name(i), said.value(i)).ifPresent(this::put);
        }
    }

    /** Tells what is other than before, and what was said in formats. */
    void hear(Latest.News news) {
        attributes(news.attributes());
        news.formats().forEach((format, messages) -> messages.forEach(each -> message(format, each)));
    }

    /** What an attribute is, for the model and for a program. */
    private record Known(Attribute attribute, Value value, Object told) {}

    private void attributes(Fields said) {
        List<AttributeChange> changed = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            known(said.name(i), said.value(i)).flatMap(this::change).ifPresent(changed::add);
        }
        for (AttributeChange change : changed) {
            changes.tell(change.name(), new ChangeEvent(device, List.of(change)));
        }
        if (!changed.isEmpty()) {
            changes.tell(new ChangeEvent(device, changed));
        }
    }

    /** What is said again, as the server may, is no change. */
    private Optional<AttributeChange> change(Known now) {
        Attribute attribute = now.attribute();
        if (values.last(attribute).equals(Optional.of(now.value()))) {
            return Optional.empty();
        }
        Optional<Object> before = values.get(attribute).map(value -> JavaValues.to(attribute.type(), value));
        put(now);
        return Optional.of(new AttributeChange(attribute.name(), now.told(), before));
    }

    private void put(Known now) {
        values.put(Fields.of(now.attribute().name(), now.value()));
    }

    /** Nothing if it is not what the model says; that is logged. */
    private Optional<Known> known(String name, Value value) {
        try {
            Fields fit = values.fit(Fields.of(name, value));
            if (fit.isEmpty()) {
                return Optional.empty();
            }
            Attribute attribute = values.known(name);
            return Optional.of(new Known(attribute, fit.value(0), JavaValues.to(attribute.type(), fit.value(0))));
        } catch (ModelException | IllegalArgumentException misfit) {
            LOG.warn("iot[{}] the server says of {} what is none: {}", device, name, misfit.getMessage());
            return Optional.empty();
        }
    }

    private void message(String urn, Latest.Said said) {
        Optional<Format> format = device.getDeviceModel().format(urn);
        Map<String, Object> fields = fields(format, said.fields());
        Instant time = Instant.ofEpochMilli(said.eventTime());
        boolean alert = format.map(known -> known.kind() == Format.Kind.ALERT)
                .orElse(!said.severity().isEmpty());
        if (alert) {
            AlertEvent event = new AlertEvent(device, urn, time, severity(said.severity()), fields);
            alerts.tell(urn, event);
            alerts.tell(event);
        } else {
            DataEvent event = new DataEvent(device, urn, time, fields);
            data.tell(urn, event);
            data.tell(event);
        }
    }

    private static IotMessage.Severity severity(String word) {
        return Stream.of(IotMessage.Severity.values())
                .filter(each -> each.name().equals(word))
                .findFirst()
                .orElse(IotMessage.Severity.SIGNIFICANT);
    }

    /** As the format has them, where it does; else as JSON does. */
    private static Map<String, Object> fields(Optional<Format> format, Fields said) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < said.size(); i++) {
            String name = said.name(i);
            ValueType type = format.flatMap(known -> known.field(name))
                    .map(Format.Field::type)
                    .orElse(ValueType.STRING);
            java(type, said.value(i)).ifPresent(value -> fields.put(name, value));
        }
        return fields;
    }

    private static Optional<Object> java(ValueType type, Value value) {
        Value fit;
        try {
            fit = type.fit(value);
        } catch (ModelException misfit) {
            LOG.debug("iot: a field is taken as it is: {}", misfit.reason());
            fit = value;
        }
        return switch (fit.kind()) {
            case STRING, LONG, DOUBLE, BOOL, DATETIME -> Optional.of(said(type, fit));
            case OPAQUE, MESSAGE, LIST, NULL -> Optional.empty();
        };
    }

    private static Object said(ValueType type, Value value) {
        try {
            return JavaValues.to(type, value);
        } catch (IllegalArgumentException noUri) {
            LOG.debug("iot: a URI is taken as the text that it is: {}", noUri.getMessage());
            return JavaValues.to(ValueType.STRING, value);
        }
    }
}

package io.hawser.iot.registry.history;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;

/** Messages as devices of tests say them. */
final class Said {
    static final String MODEL = "urn:test:sensor";
    static final String HOT = MODEL + ":too_hot";

    private Said() {}

    static DeviceMessage attribute(String device, String id, String name, long value, long eventTime) {
        return new DeviceMessage(
                id,
                device,
                MessageKind.DATA,
                MODEL,
                MODEL + DeviceMessage.ATTRIBUTES,
                "",
                "",
                "LOW",
                "BEST_EFFORT",
                eventTime,
                Fields.of(name, Value.of(value)));
    }

    static DeviceMessage alert(String device, String id, long value) {
        return new DeviceMessage(
                id,
                device,
                MessageKind.ALERT,
                MODEL,
                HOT,
                "CRITICAL",
                "too hot",
                "HIGHEST",
                "GUARANTEED_DELIVERY",
                value,
                Fields.of("temperature", Value.of(value)));
    }
}

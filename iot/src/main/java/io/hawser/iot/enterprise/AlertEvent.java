package io.hawser.iot.enterprise;

import io.hawser.iot.wire.IotMessage;
import java.time.Instant;
import java.util.Map;

/**
 * A device has raised an alert.
 *
 * @param format the URN of its format
 * @param time when that was, by the device's clock
 * @param fields what it says, each a Double, Long, String, Boolean, Instant or URI, as the model has it
 */
public record AlertEvent(
        VirtualDevice virtualDevice,
        String format,
        Instant time,
        IotMessage.Severity severity,
        Map<String, Object> fields) {
    /** An alert with a copy of the fields. */
    public AlertEvent {
        fields = Map.copyOf(fields);
    }
}

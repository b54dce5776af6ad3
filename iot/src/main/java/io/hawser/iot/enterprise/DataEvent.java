package io.hawser.iot.enterprise;

import java.time.Instant;
import java.util.Map;

/**
 * A device has said something in a format of its own.
 *
 * @param format the URN of its format
 * @param time when that was, by the device's clock
 * @param fields what it says, as {@link AlertEvent#fields}
 */
public record DataEvent(VirtualDevice virtualDevice, String format, Instant time, Map<String, Object> fields) {
    /** Data with a copy of the fields. */
    public DataEvent {
        fields = Map.copyOf(fields);
    }
}

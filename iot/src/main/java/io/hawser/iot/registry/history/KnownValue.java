package io.hawser.iot.registry.history;

import io.hawser.core.value.Value;

/**
 * The last value of an attribute.
 *
 * @param value the value
 * @param eventTime when it was so by the device's clock, in milliseconds since the epoch
 * @param received when the hub heard of it
 */
public record KnownValue(Value value, long eventTime, long received) {
    /** The later of both in time. A device whose clock is ahead is believed until now only. */
    KnownValue or(KnownValue other) {
        return Math.min(other.eventTime(), other.received()) >= Math.min(eventTime, received) ? other : this;
    }
}

package io.hawser.clever.gateway;

import io.hawser.core.value.Value;

/**
 * What became of something at one copter.
 *
 * @param copter its id
 * @param done whether it was done, or handed to the network if copters do not say so
 * @param reason why not; empty if it was done
 * @param value what it answered; null if nothing
 */
public record FleetResult(String copter, boolean done, String reason, Value value) {
    static FleetResult done(String copter, Value value) {
        return new FleetResult(copter, true, "", value);
    }

    static FleetResult failed(String copter, String reason) {
        return new FleetResult(copter, false, reason, Value.Null.NULL);
    }
}

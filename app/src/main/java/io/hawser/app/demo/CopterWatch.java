package io.hawser.app.demo;

import io.hawser.core.value.Fields;

/** Hears what simulated copters do, on a thread of each. */
public interface CopterWatch {
    /** {@code copter} is told {@code action}, with {@code how}, and does it. */
    void obeyed(String copter, String action, Fields how);

    /** {@code copter} is about to say {@code telemetry} of itself. */
    default void reported(String copter, Fields telemetry) {}

    /** The ground station has asked {@code copter} who it is. */
    default void met(String copter) {}
}

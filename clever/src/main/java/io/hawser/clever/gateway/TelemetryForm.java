package io.hawser.clever.gateway;

/** How the telemetry of copters looks on the bus. */
public enum TelemetryForm {
    /** The one field {@code value}, as the copter says it. */
    AS_SENT,
    /** A field for each thing that it holds, by a name of its own and of one type. */
    FIELDS
}

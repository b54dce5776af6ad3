package io.hawser.iot.registry;

/** What may be done with a device ({@code specs/iot.md} 1.9, {@code state}). */
public enum DeviceState {
    /** The hub knows it; it has to activate itself. */
    REGISTERED,
    /** It takes part. */
    ACTIVATED,
    /** It is shut out until the operator enables it. */
    DISABLED,
    /** It is shut out for ever; only its record and its history are left. */
    DECOMMISSIONED
}

package io.hawser.iot.registry;

/** How a device reaches the hub ({@code specs/iot.md} 1.9, {@code type}). */
public enum DeviceKind {
    /** By itself. */
    DIRECTLY_CONNECTED_DEVICE,
    /** By itself, and others through it. */
    GATEWAY,
    /** Through a gateway. */
    INDIRECTLY_CONNECTED_DEVICE
}

package io.hawser.iot.registry.history;

/**
 * A message as the hub has it.
 *
 * @param place where it is
 * @param received when the hub had it, in milliseconds since the epoch; of a device it never goes back
 * @param message what the device said
 */
public record KeptMessage(Place place, long received, DeviceMessage message) {
    /** Its id, unique in the hub. */
    public String id() {
        return Long.toHexString(place.chunk()) + "-" + place.index();
    }
}

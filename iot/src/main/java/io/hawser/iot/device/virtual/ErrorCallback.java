package io.hawser.iot.device.virtual;

/** Hears what was not delivered. Called on the device's callback executor, one at a time. */
@FunctionalInterface
public interface ErrorCallback {
    /** The values of {@code event} were not delivered. */
    void onError(ErrorEvent event);
}

package io.hawser.iot.device.virtual;

/** Hears what the server sets. Called on a thread for requests, where it may block. */
@FunctionalInterface
public interface ChangeCallback {
    /**
     * Does what {@code event} wants. The attributes have the new values, and the server hears so, when this returns.
     *
     * @throws Exception refuses it: nothing is changed, and the server reads the message
     */
    void onChange(ChangeEvent event) throws Exception;
}

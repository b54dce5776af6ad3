package io.hawser.iot.device.virtual;

import java.util.Optional;

/** An action of a virtual device. Called on a thread for requests, where it may block. */
@FunctionalInterface
public interface Callable {
    /**
     * Does it.
     *
     * @param argument of the type and within the range that the model says; none if the action takes none
     * @throws Exception tells the server that it was not done, and why
     */
    void call(Optional<Object> argument) throws Exception;
}

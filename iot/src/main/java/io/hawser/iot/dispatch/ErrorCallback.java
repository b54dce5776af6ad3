package io.hawser.iot.dispatch;

import io.hawser.iot.wire.IotMessage;
import java.util.List;

/** Hears what could not be delivered. Called on the callback executor, never twice at a time. */
@FunctionalInterface
public interface ErrorCallback {
    /**
     * {@code messages} are not queued any more, and nobody will send them.
     *
     * @param cause an {@link io.hawser.iot.link.LinkException} if the server did not take them, a {@link DispatchException} if they
     *     were given up here, or whatever a {@link MessageFilter} failed with
     */
    void failed(List<IotMessage> messages, Throwable cause);
}

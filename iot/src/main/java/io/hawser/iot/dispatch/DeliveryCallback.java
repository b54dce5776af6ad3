package io.hawser.iot.dispatch;

import io.hawser.iot.wire.IotMessage;
import java.util.List;

/** Hears what the server has accepted. Called on the callback executor, never twice at a time. */
@FunctionalInterface
public interface DeliveryCallback {
    /** The server has accepted {@code messages}, in the order of sending; they are not queued any more. */
    void delivered(List<IotMessage> messages);
}

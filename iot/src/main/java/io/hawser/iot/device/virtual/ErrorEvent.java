package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;

/**
 * Values of a virtual device did not reach the server, and nobody will send them again.
 *
 * @param values the attributes, or the fields of the alert or the data, that were not delivered
 * @param cause why: an {@link io.hawser.iot.link.LinkException} if the server did not take them, a {@link
 *     io.hawser.iot.dispatch.QueueFullException} if there was no room, a {@link io.hawser.iot.dispatch.DispatchException} if they
 *     were given up
 */
public record ErrorEvent(VirtualDevice virtualDevice, Fields values, Throwable cause) {
    /** Why, in words. */
    public String message() {
        String said = cause.getMessage();
        return said == null ? cause.toString() : said;
    }
}

package io.hawser.iot.registry.history;

import io.hawser.core.value.Fields;

/**
 * What a device said ({@code specs/iot.md} 1.7.1).
 *
 * @param clientId the id that the device gave it, by which it is known if it comes again; may be empty
 * @param device the endpoint id of whose message it is, also if a gateway sent it
 * @param kind data or alert
 * @param model the URN of the device model that its format belongs to
 * @param format the URN of its format; {@link #ATTRIBUTES} at its end says that it is the model's attributes
 * @param severity of an alert; else empty
 * @param description of an alert; else empty
 * @param priority as the device said it
 * @param reliability as the device said it
 * @param eventTime when it happened by the device's clock, in milliseconds since the epoch
 * @param data its items
 */
public record DeviceMessage(
        String clientId,
        String device,
        MessageKind kind,
        String model,
        String format,
        String severity,
        String description,
        String priority,
        String reliability,
        long eventTime,
        Fields data) {
    /** How the format of attribute data ends ({@code specs/iot.md} 1.7.2). */
    public static final String ATTRIBUTES = ":attributes";

    /** Whether its items are attributes of the device. */
    public boolean attributes() {
        return kind == MessageKind.DATA && format.endsWith(ATTRIBUTES);
    }
}

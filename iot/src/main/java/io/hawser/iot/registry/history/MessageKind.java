package io.hawser.iot.registry.history;

/** What kind of message a device sent ({@code specs/iot.md} 1.7.2). */
public enum MessageKind {
    /** Values. */
    DATA,
    /** Something that somebody should look at. */
    ALERT
}

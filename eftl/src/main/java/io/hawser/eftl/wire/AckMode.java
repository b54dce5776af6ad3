package io.hawser.eftl.wire;

/** Who acknowledges the events of a subscription ({@code specs/eftl.md} 1.4). */
public enum AckMode {
    /** The client library does, after its program saw the event. */
    AUTO("auto"),
    /** The program does. */
    CLIENT("client"),
    /** Nobody does. */
    NONE("none");

    private final String wire;

    AckMode(String wire) {
        this.wire = wire;
    }

    /** The word on the wire. */
    public String wire() {
        return wire;
    }
}

package io.hawser.eftl.wire;

/** What a durable keeps and for whom ({@code specs/eftl.md} 1.4 and 4). */
public enum DurableType {
    /** Every message, for one client id. */
    STANDARD("standard"),
    /** Every message, each for one of its subscribers. */
    SHARED("shared"),
    /** The newest message for each value of the key field. */
    LAST_VALUE("last-value");

    private final String wire;

    DurableType(String wire) {
        this.wire = wire;
    }

    /** The word on the wire. */
    public String wire() {
        return wire;
    }
}

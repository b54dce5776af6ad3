package io.hawser.eftl.wire;

/** The codes a request can be refused with, member {@code err} ({@code specs/eftl.md} 1.11). */
public enum EftlError {
    /** The message could not be published. */
    PUBLISH_FAILED(11),
    /** The user may not publish here. */
    PUBLISH_DISALLOWED(12),
    /** The user may not subscribe here. */
    SUBSCRIPTION_DISALLOWED(13),
    /** The user may not use this map. */
    MAP_REQUEST_DISALLOWED(14),
    /** No subscription has this id. */
    BAD_SUBSCRIPTION_ID(20),
    /** The subscription could not be made now; the client tries again after its next reconnect. */
    SUBSCRIPTION_FAILED(21),
    /** The subscription can never be made: bad matcher, or another durable has that name. The client drops it. */
    SUBSCRIPTION_INVALID(22),
    /** The map did not carry out the request. */
    MAP_REQUEST_FAILED(30),
    /** The key has another revision than the one that was asked for. Only our own clients ask so. */
    MAP_CONFLICT(31),
    /** The user may not send requests. */
    REQUEST_DISALLOWED(40),
    /** The request could not be delivered or answered. */
    REQUEST_FAILED(41),
    /** Nobody is there who could answer the request. Only our own clients hear it; others, 41. */
    REQUEST_UNHEARD(42),
    /** The subscription could not be stopped. */
    STOP_FAILED(50),
    /** The subscription could not be started. */
    START_FAILED(51),
    /** No reply came in time. Clients say this to their own program; the hub to our own clients alone, to others 41. */
    REQUEST_TIMEOUT(99);

    private final int code;

    EftlError(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}

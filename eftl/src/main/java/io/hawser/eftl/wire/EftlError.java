package io.hawser.eftl.wire;

/** The codes a request can be refused with, member {@code err} ({@code specs/eftl.md} 1.11). */
public enum EftlError {
    /** The message could not be published. */
    PUBLISH_FAILED(11, "The message could not be published."),
    /** The user may not publish here. */
    PUBLISH_DISALLOWED(12, "The user may not publish here."),
    /** The user may not subscribe here. */
    SUBSCRIPTION_DISALLOWED(13, "The user may not subscribe here."),
    /** The user may not use this map. */
    MAP_REQUEST_DISALLOWED(14, "The user may not use this map."),
    /** No subscription has this id. */
    BAD_SUBSCRIPTION_ID(20, "No subscription has this id."),
    /** The subscription could not be made now; the client tries again after its next reconnect. */
    SUBSCRIPTION_FAILED(21, "The subscription could not be made now."),
    /** The subscription can never be made: bad matcher, or another durable has that name. The client drops it. */
    SUBSCRIPTION_INVALID(22, "The matcher, the durable's name or its type is not valid."),
    /** The map did not carry out the request. */
    MAP_REQUEST_FAILED(30, "The map did not carry out the request."),
    /** The user may not send requests. */
    REQUEST_DISALLOWED(40, "The user may not send requests."),
    /** The request could not be delivered or answered. */
    REQUEST_FAILED(41, "The request could not be delivered or answered."),
    /** The subscription could not be stopped. */
    STOP_FAILED(50, "The subscription could not be stopped."),
    /** The subscription could not be started. */
    START_FAILED(51, "The subscription could not be started."),
    /** No reply came in time. Only clients say this, to their own program. */
    REQUEST_TIMEOUT(99, "No reply came in time.");

    private final int code;
    private final String sentence;

    EftlError(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** What it means, in one sentence for people. */
    public String sentence() {
        return sentence;
    }
}

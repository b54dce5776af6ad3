package io.hawser.core.access;

/** What somebody wants to do. */
public enum Action {
    /** Bring a message onto the bus. */
    PUBLISH,
    /** Be told of messages. */
    SUBSCRIBE
}

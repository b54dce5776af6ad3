package io.hawser.iot.registry.command;

/** How far a command is. */
public enum CommandState {
    /** It waits for a poll. */
    QUEUED,
    /** It has been handed to a poll, or was about to be when the hub ended; it is never handed out again. */
    DELIVERED,
    /** The device answered that it did it, or will. */
    COMPLETED,
    /** The device refused, or did not answer in time, or is gone. */
    FAILED,
    /** No poll came in time. */
    EXPIRED,
    /** The operator took it back before a poll came. */
    CANCELLED;

    /** Whether nothing more will become of it. */
    public boolean ended() {
        return this != QUEUED && this != DELIVERED;
    }
}

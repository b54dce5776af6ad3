package io.hawser.clever.engine;

/** What a party counts. */
public enum CleverCount {
    /** Frames that came in and were understood. */
    FRAMES_IN,
    /** Frames handed to a connection. */
    FRAMES_OUT,
    /** Frames that came in and changed nothing. */
    IGNORED,
    /** Connections that ended because nobody could understand what came. */
    BAD_FRAMES,
    /** Parcels that were not sent in time, and actions that were but did not come in time as far as is known. */
    EXPIRED,
    /** Parcels refused because too many waited. */
    OVERFLOWED,
    /** Requests that were not answered in time. */
    UNANSWERED,
    /** Files of the peer that were not taken or not given. */
    FILES_REFUSED
}
